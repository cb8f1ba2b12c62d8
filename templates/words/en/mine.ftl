# English: a member's own pages, signing in, one mailed question.

## Sign in
in-h1 = What is your email?
in-hint = We send you 8 numbers. There is no password.
in-new = Never been here?
in-not-yet = We do not know this address yet.
in-not-yet-ask = Ask here.
in-elsewhere = The numbers work only where you asked for them. Ask for new ones here.

## Your page
mine-h1 = Hello, { $name }
mine-word = Your word is
mine-word-more = Every email from us starts with it.
mine-where = Where it is
mine-now = Now
mine-event-placed = Your email works. Your request is in.
mine-event-placed-again = We look for someone new. You keep your place.
mine-event-asked = We asked sponsors who have time.
mine-event-desk = A coordinator is looking for you now.
mine-event-yes = { $name } said yes.
mine-event-for-now-asked = We also asked people who can write with you for now.
mine-event-for-now = { $name } writes with you for now. We keep looking.
mine-looks-for-now = We look for someone to write with you while your sponsor is away.
mine-next-asking = We are asking sponsors who have time.
mine-next-postponed = We ask on then. A coordinator chose this day. You keep your place.
mine-ask-now = Ask at once
mine-ask-now-what = You do not have to wait until then.
mine-next-night = We ask first thing, from { $clock }.
mine-next-by = Next, by { $when }
mine-next-desk = Nobody said yes by then? A coordinator looks for someone. You do not have to ask again. You are not forgotten.
mine-next-keep = We keep asking too. You are not forgotten.
mine-next-nobody = A coordinator is looking for you now. When a new hand goes up, we ask by ourselves.
mine-scarce-h2 = Your wishes right now
mine-scarce = Nobody who has time today meets all you asked for. We keep your request open, and ask as soon as someone does.
mine-scarce-who = You asked only for: { $who }. If others are OK too, we could ask { $more }.
mine-scarce-times = You asked for these times: { $times }. If any time is OK, we could ask { $more }.
mine-scarce-medicine = You asked only for sponsors who are OK with prescribed medicine. If others may be asked too, we could ask { $more }.
mine-scarce-together = You asked for this: { $wishes }. If all of that is open, we could ask { $more }.
mine-wished-who = only { $who }
mine-wished-times = these times: { $times }
mine-wished-medicine = only sponsors who are OK with prescribed medicine
mine-more-few = a few more people
mine-more-five = 5 or more people
mine-widen-who = Others are OK too
mine-widen-times = Any time is OK
mine-widen-medicine = Others may be asked too
mine-widen-together = All of that is open
mine-scarce-yours = This is up to you. Nothing changes by itself, and you keep your place.
mine-mail-stopped = Mail to you came back or was marked as unwanted, so we send you none right now. Sign out and in again, or change your email below, and it goes again.
mine-mail-again = Mail to you came back or was marked as unwanted, so we sent you nothing for a while. From now on it goes again. Is your inbox full, or do you read mail elsewhere? You can change your email below.
mine-clock = Clocks changed here. Is it { $clock } for you?
mine-clock-set = No, set my clock
mine-row-open = Write to { $name }
mine-row-writes-first = { $name } said yes, and writes first.
mine-row-waits-for-you = You said yes. { $name } waits for a first line from you.
mine-row-live = You write to each other.
mine-row-for-now = { $name } writes with you for now.
mine-row-rests = { $name } is away for a while. You can still write.
mine-nothing = You are not looking for anyone right now.
mine-again = You are not looking for anyone right now. If you want someone new, you keep your place.
mine-change = Change my request
change-keep = You keep your place. What you change counts from now on.
change-save = Save
mine-stop = Stop looking
mine-delete = Delete everything
mine-out = Sign out

## Name, language, clock, word
me-h1 = Your name and settings
me-saved = It is saved.
me-new-word = You have a new word. It starts every email from us from now on.
me-name-full = That looks like a full name. First name is enough. You can change it, or press Save to keep it.
me-lang = The language of our emails
me-lang-hint = On these pages you can switch below.
me-offset-hint = Is it { $clock } for you? Then leave it as it is.
me-word-h2 = Your word
me-word-why = You can have another one, for example when someone saw it.
me-word-press = Give me a new word
me-device-h2 = Is this your own device?
me-device-why = Then you can stay signed in here, for 30 days at most. Does anybody else use it? Then leave this as it is: we sign you out after 30 minutes.
me-device-press = Stay signed in here
me-device-kept = You stay signed in here for now. You can sign out on your page any time.
me-out-h2 = Your other browsers
me-out-why = It closes your pages in every browser, here too. Your request and your contacts stay.
me-out-press = Sign out everywhere
me-email = Your email is not shown, not even here.
me-new-address = Your new email works. Our mails go there from now on.
address-link = Write to another email
address-h1 = Where do we write to you now?
address-hint = We send 8 numbers there, to see that it works. Until you type them, nothing changes. The old mailbox gets one short note.
address-keep = Keep the old one
address-taken = This email is with us already. Sign in with it instead.

## What we keep about you
kept-h1 = What we keep about you
kept-email = Email
kept-email-how = Kept sealed. Only the part that sends mail can open it. No page shows it.
kept-clock = Your clock
kept-since = Here since
kept-last = Last here
kept-agreed = You said you are 18 or over
kept-requests = { $n ->
    [one] Your request: wishes, times, note, and when you asked.
   *[other] { $n } requests: wishes, times, notes, and when you asked.
}
kept-hand = { $n ->
    [one] Your hand: what you ticked, and until when it is up.
   *[other] Your hands: what you ticked, and until when they are up.
}
kept-vouched = Someone gave their word for your hand in { $month }.
kept-vouches = { $n ->
    [one] You gave your word for one other person.
   *[other] You gave your word for { $n } other people.
}
kept-offers = { $n ->
    [one] We asked you once to help: when, and what you said.
   *[other] We asked you { $n } times to help: when, and what you said.
}
kept-pairs = Your contacts: { $names }. When each began, the day of the last letter, and when it ended.
kept-questions = { $n ->
    [one] One question we mailed you, and when you answered.
   *[other] { $n } questions we mailed you, and when you answered.
}
kept-invitations = { $n ->
    [one] One invitation you made: when, and when it was used.
   *[other] { $n } invitations you made: when, and when each was used.
}
kept-desk = { $n ->
    [one] Your key to the desk: the passphrase as a hash, the authenticator sealed.
   *[other] Your keys to the desk: the passphrases as hashes, the authenticators sealed.
}
kept-sessions = { $n ->
    [one] That you are signed in in one browser, and since when.
   *[other] That you are signed in in { $n } browsers, and since when.
}
kept-mail = Mail to you waits here sealed until it has gone. Numbers you asked for go within 24 hours, and so does an email you used before.
kept-never-h2 = What we never keep
kept-never = What you write, once it has gone. Last names, phone numbers, dates of birth. Where you connect from, what you connect with, which pages you look at.
kept-copy-h2 = Take a copy
kept-copy-what = A small file, copy.json, with all of this in it. It has names in it, and your note. Keep it where only you look.
kept-copy-press = Get my copy

## While waiting
while-h1 = While you wait
while-link = Meetings, and something to read
while-soon = { $n ->
    [one] One meeting starts in the next { $hours } hours.
    [2] Two meetings start in the next { $hours } hours.
    [3] Three meetings start in the next { $hours } hours.
    [4] Four meetings start in the next { $hours } hours.
    [5] Five meetings start in the next { $hours } hours.
    [6] Six meetings start in the next { $hours } hours.
   *[other] { $n } meetings start in the next { $hours } hours.
}
while-meetings = You can just listen at a meeting. Nobody keeps a list of who came. You can keep your camera off.
while-checked = This list was checked { $when }. Something may have changed since.
while-online-h2 = Online
while-open = Open
while-open-how = It opens another site. Any first name will do there.
while-rooms-h2 = In a room
while-all = See where there are meetings
while-read-h2 = Something to read

## Stop looking
stop-h1 = Stop looking?
stop-text = We stop asking for you. You do not have to say why. You can ask again any time.
stop-keep = Keep looking

## The two of you
pair-back = Back to your page
pair-else = Find me someone else
pair-ended = This contact has ended.
pair-writes-first = { $name } will write first. You can write too.
pair-waits-for-you = { $name } waits for a first line from you. One sentence is enough.
pair-live = You write to each other by email. You can write here too.
pair-for-now = { $name } writes with you for now. This is not your sponsor: it ends by itself after a while.
pair-for-now-yours = You write with { $name } for now. It ends by itself after a while.
pair-rests = { $name } means to be back on { $day }. You can still write.
pair-rests-yours = You stepped back until { $day }. One press brings you back earlier.
pair-hands-over = We look for someone new. Until somebody says yes, { $name } stays.
pair-walked-with = { $name } has walked with: { $who }.
pair-rhythm-daily = { $name } means to answer about every day.
pair-rhythm-few = { $name } means to answer a few times a week.
pair-rhythm-weekly = { $name } means to answer about once a week.
pair-write = Write to { $name }
pair-write-hint = { $name } sees your first name only. We keep no copy of what you write.
pair-answers = The answer comes to your email. Nothing can be read here.
pair-empty = Write something first. One line is enough.
pair-not-reachable = The other side is not reachable at the moment. Keep your words and try once more in a day or two.
pair-long = That is very long. Send it in two parts.
pair-many = That is a lot of notes in a short time. Wait a while, then send this one.
pair-holds-number = There is a phone number in your note. Do you mean to give it to { $name }?
pair-holds-address = An email address never goes. We leave it out, so that it stays yours.
pair-numbers-send = Yes, send the number too
pair-numbers-out = Leave it out and send
pair-sent = On its way to { $name }.
pair-other-mailbox = A letter came from another mailbox and did not go. Write from the one you signed up with, or here.
pair-end-link = This is not a fit, or I want to stop
pair-end-link-sponsor = End this contact

## The end
end-h1 = This is not a fit. That happens.
end-h1-sponsor = End this contact?
end-sponsor = You do not have to say why. They keep their place, and we look for someone new if they wish.
end-keep-place = You do not have to say why. You keep your place.
end-reads = What { $name } will read
end-just-stop = Just stop
end-contact = End the contact
end-for-good = Stop contact for good
end-for-good-what = Stop for good: nothing of { $name } reaches you any more. We never bring you two together again, even if one of you leaves and comes back. { $name } reads the same as above.
end-ended-h1 = This contact has ended
end-ended-what = Nothing goes either way any more. You do not have to do anything.

## Stepping back
back-h1 = I need to step back
back-what = Nobody asks why. We ask you nothing new, and what we asked you goes on to others. Each person you sponsor is asked alone what would help, and nobody loses their place. One press brings you back.
back-that-day = the day you choose
back-press = Step back
back-for-good = Is it for good? You can end a contact on its own page, and take your hand down on the page of your hand.

## One question
question-h1 = What would help now?
question-wait = Wait a little more
question-wait-for = I wait
question-for-now = Someone to write with for now
question-new = Someone new
question-leave = Leave it at that
question-still-there = { $name } wrote to you. You owe nobody anything.
question-going-ok = Is it going OK with { $name }? Only you see this question. If you end it, { $name } reads only that it has ended.
question-go-on = You and { $name } have known each other for a while. Do you want to go on?
question-still-up = Your hand is up. Are you still up for this?
question-go-on-button = Go on
question-stop = Just stop
question-end-contact = End this contact
question-clear = We have not seen you for a year. We clear what we keep about you soon: name, email, contacts. Would you like to keep it?
question-clear-keep = Keep it
question-clear-go = Let it go
question-back = I am back
question-stay-down = Leave it down
question-up = Yes, keep it up
question-pause = Take a break
question-settled = This is settled.
question-nothing = Nothing to do.
answered-new-h1 = We are asking for you
answered-new = You keep your place. You do not need to do anything now. When someone can help, they write to you.
answered-h1 = Good
answered-wait = We leave it as it is. You can change your mind on your page.
answered-clear-kept = It stays. Come by any time.
answered-clear-go = Then it goes on its day, without another mail. Until then you can still change your mind here.
answered-waits = All stays as it is. Until then you can open the link in the email again and choose something else.
answered-meanwhile = We look for someone. Until then all stays as it is. You do not need to do anything now.
answered-leave = We stop here. You can ask for someone new any time, on your page.
answered-stopped = This contact has ended. You do not have to do anything.
answered-up = Your hand is up. Thank you for being here.
answered-hand = We do not ask you for now. You are back by one press on your page.

## Delete everything
delete-h1 = Delete everything?
delete-what = Your name, your email, your request, your contacts: all of it is gone at once. Copies for emergencies are gone within 15 days.
delete-other = Whoever writes with you reads that the contact has ended, and nothing more. A letter that was delivered stays in their inbox.
delete-how = To be sure that it is you, we send 8 numbers to your email.
delete-keep = Keep everything
delete-all = Delete it all
gone-h1 = It is gone
gone-text = Come back any time. You would start fresh.
gone-copies = Copies for emergencies are gone within 15 days. Your own inbox and your browser's history are yours to clear.
