# Something is not right, the rules of a contact, and cases at the desk.

not-right-link = Something is not right
not-right-back = Back to { $name }
not-right-h1 = Something is not right
not-right-what = Send this and contact with { $name } stops at once, in both directions. { $name } reads only that it is on hold. Not why, and not what you write here.
not-right-is = What is it, about?
not-right-is-unsafe = I felt unsafe
not-right-is-personal = They asked me out, or made it personal
not-right-is-money = They asked for money, or for something else
not-right-is-pushed = They pushed me
not-right-is-hurtful = They wrote something hurtful
not-right-is-young = They may be under 18
not-right-is-other = Something else
not-right-words = In your own words, if you like
not-right-words-hint = One coordinator reads this. You can leave it empty.
not-right-pasted = Lines from a letter, if you want to show some
not-right-pasted-hint = We keep no letters, so nobody can look. Copy only what you want to be read.
not-right-named = Is somebody from the desk part of this?
not-right-named-hint = If so, this does not go to them.
not-right-named-nobody = No, or I do not know
not-right-send = Send, and stop contact
not-right-pick = Pick the closest, or write it in your words.
not-right-long = That is very long. Send the most important part.
not-right-many = Contact is stopped. You sent a lot today, so please write the rest tomorrow.
not-right-sent-h1 = Contact has stopped
not-right-sent = A coordinator reads this today. Nothing of { $name } reaches you any more. You do not have to do anything.
not-right-young = If one of you is under 18: the people on these lines talk with young people too, and do not ask for your name.
not-right-help = If you need somebody right now, these numbers are open.
not-right-gone = Nothing about this contact is kept here any more, so nobody can look it up.
not-right-gone-tell = If something was not right, tell a coordinator at your meeting. They can still act.
pair-held = This contact is on hold. Nothing goes either way for now.
mine-row-held = On hold for now.
hand-pair-held = Your contact with { $name } is on hold.

rules-h2 = Between the two of you
rules-none = No money, no romance, no place to live, no orders.
rules-two = You may write with more than one person. Two are normal.
rules-stop = Write STOP, or press it here, and it ends. Nobody asks why.

cases-h1 = Cases
cases-none = Nothing is here for you. That is good.
cases-link = { $n ->
    [one] 1 case needs you
   *[other] { $n } cases need you
}
cases-all = Cases
cases-on-hold-since = On hold since { $when }
cases-look = Look
cases-back = Back to the cases
case-h1 = { $accused }, said by { $reporter }
case-left = Someone who left
case-hold = Contact is already on hold. Nobody has been told why.
case-reporters = { $n ->
    [one] One person has said something about them.
   *[other] { $n } people have said something about them.
}
case-hand-off = Their hand is down until the desk lifts that.
case-open-h2 = What was written
case-open-what = It opens for you alone. That you opened it is written down.
case-open = Open it
case-words = In their own words
case-pasted = Lines from a letter
case-empty = Nothing was written.
case-decide-h2 = What now?
case-decide-what = Each of these ends the contact. Both read only this:
case-ended = End the contact, no more
case-rested = End it, and rest the hand for a while
case-ban = End it, and propose a lasting ban
case-ban-what = A ban needs a second coordinator. Until then the hand rests.
case-done = Done. Both will read that the contact has ended.
bans-h2 = A second word is needed
bans-what = { $by } proposes that somebody does not come back for a long time. Reason: { $reason }.
bans-what-left = Somebody who left the desk proposes that somebody does not come back for a long time. Reason: { $reason }.
bans-yes = Yes, confirm
bans-no = No, let it be
suspended-h2 = Hands that the desk took down
suspended-until = Down until { $day }, unless somebody says more.
suspended-for-now = Down until somebody lifts it.
suspended-lift = Let the hand up again
suspended-keep = Keep it down
