# English: the desk.

## The door
desk-in-h1 = Sign in to the desk
desk-email = Your email
desk-passphrase = Your passphrase
desk-app = Numbers in your authenticator app
desk-app-hint = 6 digits. They change every 30 seconds, and each works once.
desk-in-go = Sign in
desk-in-lost = No phone or no passphrase? Whoever runs this service can invite you again.
desk-in-wrong = These three do not open the desk together. Wait for new numbers in the app, then try once more.

## The first visit
desk-join-h1 = Welcome. Two things before you start.
desk-join-lead = First your name and your own email. Then a passphrase and an app on your phone.
desk-join-name = Your first name
desk-join-name-hint = Any name you like. Other coordinators see it.
desk-join-name-empty = Type a first name, any name you like
desk-join-name-long = Make the name 40 letters or shorter
desk-join-name-unseen = Use letters that can be seen, on one line
desk-join-name-address = Type a name, not an address
desk-join-email-hint = Nobody at the desk can read it, you included.
desk-join-email-wrong = Type your whole email, like jo@example.com
desk-join-many = This address had many mails from us today. Use the newest one, or wait an hour.
desk-join-go = Send me the numbers
desk-join-picture = A code to scan with your authenticator app
desk-join-closed-h1 = This invitation does not open the desk
desk-join-used = This invitation was used. If that was you, sign in.
desk-join-old = This invitation is too old. Ask for a new one.
desk-set-h1 = Set up your way in
desk-set-mailed = We sent 8 digits to your email. The subject begins with
desk-set-not-mailed = The digits we sent were used or are too old. Press "Send new digits" below.
desk-code = The 8 digits from the mail
desk-code-format = Type the 8 digits from the mail
desk-code-wrong = These are not the newest digits. Look at the last mail.
desk-code-no-tries = That was five tries. Press "Send new digits" below.
desk-code-old = These digits are too old. Press "Send new digits" below.
desk-code-not-here = These digits belong to another browser, or were used. Press "Send new digits", or open the invitation again.
desk-passphrase-hint = At least 15 characters. Four or five words that do not belong together are good.
desk-passphrase-short = Make it 15 characters or longer
desk-passphrase-long = Make it 128 characters or shorter
desk-passphrase-common = Many people use this one. Choose other words.
desk-passphrase-own = Your name or ours is most of it. Choose other words.
desk-set-app-h2 = Your authenticator app
desk-set-app-1 = Open an authenticator app on your phone, or get one.
desk-set-app-2 = Scan this square, or type the letters below it.
desk-set-app-3 = Type the 6 digits the app shows now.
desk-set-text = To type by hand:
desk-app-wrong = Type the 6 digits the app shows right now. Check that the clock of your phone is right.
desk-set-go = Open the desk
desk-set-again = Send new digits

## The desk
desk-waiting = { $n ->
    [0] Nobody is waiting.
    [one] 1 person is waiting.
   *[other] { $n } people are waiting.
}
desk-late = { $n ->
    [one] 1 needs you.
   *[other] { $n } need you.
}
desk-for-now = for now
desk-for-now-what = They have a sponsor, who is away. They would like someone to write with until then.
desk-room = { $n ->
    [0] No sponsor has room right now.
    [one] 1 sponsor has room for { $room } more.
   *[other] { $n } sponsors have room for { $room } more.
}
desk-last-match = Last match: { $when }.
desk-no-match-yet = No match yet. Invite sponsors, then people who ask.
desk-mail-h2 = Mail
desk-mail-credentials = The mail server does not take our name and password. Tell whoever runs this service.
desk-mail-unreachable = The mail server does not answer. Tell whoever runs this service.
desk-mail-later = The mail server asks us to come back later.
desk-mail-stuck = The oldest mail has been waiting for { $since }.
desk-mail-safe = Nothing is lost. We try again by ourselves.
desk-table = People waiting, longest first
desk-col-name = Name
desk-col-waiting = Waiting
desk-col-so-far = So far
desk-col-language = Language
desk-col-next = Next
desk-needs-you = Needs you
desk-asked-none = Nobody asked yet
desk-asked = { $n ->
    [one] 1 asked. No answer yet.
   *[other] { $n } asked, { $open } can still answer.
}
desk-asked-all-answered = { $n ->
    [one] 1 asked, no yes. We ask on.
   *[other] { $n } asked, no yes. We ask on.
}
desk-suggest = Suggest a sponsor
desk-missing-h2 = Where hands are missing
desk-missing = { $language }, { $times }: { $waiting }, nobody free
desk-missing-few = fewer than 5 waiting
desk-missing-5 = 5 or more waiting
desk-missing-10 = 10 or more waiting
desk-missing-20 = 20 or more waiting
desk-missing-50 = 50 or more waiting
desk-left-h2 = They have a sponsor and wait for a letter
desk-left-waiting = { $name }: no letter for { $since }
desk-invite = Invite a sponsor
desk-hands-waiting = { $n ->
    [one] 1 hand waits for a word
   *[other] { $n } hands wait for a word
}
desk-out = Sign out
desk-settled = Someone already said yes, or the person stopped looking. Nothing to do.
desk-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
desk-days-hours = { $days ->
    [one] 1 day { $hours } h
   *[other] { $days } days { $hours } h
}
desk-hours = { $n } h
desk-minutes = { $n } min

## One request
desk-case-h1 = { $name } has been waiting for { $since }
desk-case-short = At the desk: { $short }
desk-wish-language = Language
desk-wish-times = Times
desk-wish-who = Best of all
desk-wish-who-must = Only
desk-wish-walked = Best if they have walked with
desk-suggest-how = These people are free and fit. We ask by mail, like always. They can say not this time.
desk-suggest-ask = Ask { $name }
desk-suggest-not-now = The place was taken meanwhile, or they were asked already. Choose someone else.
desk-nobody-fits = No hand that is up fits and has room. We look again by ourselves. You can invite someone.
desk-nobody-awake = Whoever fits is asleep now. We ask { $when }.
desk-reason-times = Has time when they do
desk-reason-language = Speaks their first language
desk-reason-who = Is whom they asked for
desk-reason-walked = Has walked with people they named
desk-sent = Sent. It is a question like any other: no answer for some hours is normal.
desk-events-h2 = What happened so far
desk-event-placed = The request came in
desk-event-asked = Asked { $name }
desk-event-suggested = Asked { $name }, at the desk's wish
desk-event-yes = { $name } said yes
desk-event-not-now = { $name }: not this time
desk-event-lapsed = No answer from { $name }. A late yes still counts.
desk-event-withdrawn = The question to { $name } was taken back
desk-event-open = No answer yet: { $names }. That is normal.
desk-back = Back to the desk

## Inviting
desk-invite-lead = You make a link that works once. Give it to a person you know can sponsor.
desk-invite-1 = Your invitation is your word for them.
desk-invite-2 = Hand it over in person. We send no mail.
desk-invite-3 = We show it once and cannot show it again.
desk-invite-go = Make an invitation
desk-invite-made = { $n ->
    [one] Here it is. It works once, for 1 day.
   *[other] Here it is. It works once, for { $n } days.
}
desk-invite-picture = The link as a code to scan
desk-invite-once = Let them scan it now or copy the link. When you leave this page, it is gone.

## Hands that wait for a word
desk-vouch-h1 = Who knows this person? You can wait.
desk-vouch-lead = They tell you their first name and their word at a meeting. Say yes only for someone you know.
desk-vouch-none = No hand waits for a word.
desk-vouch-word = Their word is
desk-vouch-since = Waits since { $day }.
desk-vouch-so-far = Gave their word so far: { $names }.
desk-vouch-nobody-yet = Nobody gave their word yet.
desk-vouch-yes = I know them: yes
desk-vouch-not-now = Not now
desk-vouch-up = Thank you. This hand is up.
desk-vouch-later = It waits on. Someone else can still say yes.
desk-vouch-settled = This hand does not wait any more. Nothing to do.

## Who is on duty
desk-rota-h1 = Who is on duty
desk-rota-now = On duty this week: { $name }.
desk-rota-now-all = Nobody took this week, so mail goes to all: { $names }.
desk-rota-next = Next: { $name }.
desk-rota-next-none = Nobody took next week yet.
desk-rota-what = Whoever is on duty gets a mail when something needs a look today. You all see the same desk.
desk-rota-take-this = I take this week
desk-rota-take-next = I take next week
desk-rota-terms-h2 = Last days
desk-rota-policy = { $n ->
    [one] A term at the desk is 1 day long.
   *[other] A term at the desk is { $n } days long.
}
desk-rota-term = { $name }: until { $day }
desk-rota-term-open = { $name }: no last day is set
desk-rota-end = End my term now
desk-out-everywhere = Sign out everywhere
desk-end-h1 = Do you want to end your term now?
desk-end-lead = The desk closes for you at once, in every browser. Your own page stays as it is.
desk-end-weeks = Weeks you took are free again. To come back you need a new invitation.
desk-end-last = You are the only one at the desk. When you go, nobody sees who waits. Let someone else join first.
desk-end-go = Yes, end my term
desk-end-not = No, go back

## What the desk did
desk-history-h1 = What the desk did
desk-history-mark = Mark of this list:
desk-history-mark-what = Once a week this mark is in your mail. It shows if someone changed this list later.
desk-who-left = Someone who left
desk-who-nobody = The service
desk-whom-left = someone who left
desk-act-invited = { $who } made an invitation
desk-act-joined = { $who } joined the desk
desk-act-signed-in = { $who } signed in at the desk
desk-act-ended-term = { $who } ended their term
desk-act-took-duty = { $who } took a week on duty
desk-act-suggested = { $who } asked a sponsor for someone who waits
desk-act-vouched = { $who } gave their word for { $whom }
desk-act-did-not-vouch = { $who } did not give their word for someone
desk-act-reported = Someone said that something is not right
desk-act-assigned = This went to one of you
desk-act-opened = { $who } opened what came with it
desk-act-decided = { $who } decided about it
desk-act-suspended = { $who } took a hand down for a while
desk-act-lifted = { $who } let a hand up again
desk-act-proposed = { $who } wants someone to stay away for a while
desk-act-banned = { $who } agreed that someone stays away for a while
desk-act-erased = Someone left, and all about them was erased

## Eight codes
desk-codes-h1 = Codes for a day without your phone
desk-codes-made = Write these eight codes on paper now. We show them once.
desk-codes-how = Each works once, in the place of the 6 digits.
desk-codes-left = { $n ->
    [0] You have no code left.
    [one] You have 1 code left.
   *[other] You have { $n } codes left.
}
desk-codes-new = New codes take the place of all old ones. First show that it is you.
desk-codes-go = Make eight new codes
desk-codes-on = Go to the desk
desk-codes-wrong = These two do not fit together. Wait for new numbers in the app, then try once more.
desk-spare-h2 = No phone with you?
desk-spare = One of your eight codes
desk-spare-hint = Leave the 6 digits empty. A code works once.

desk-again-h1 = Is it still you?
desk-again-why = This decides about a person, so the desk asks once more. Then press again what you wanted; nothing has been done yet.
desk-again-go = Go on

### What else a coordinator can do with a request
desk-done-back = Taken back. You can ask someone else now.
desk-done-mine = You look after this one. The others see it.
desk-done-all = Nobody looks after this one now. All of you see it.
desk-done-postponed = Postponed. We mail them the day.
desk-done-on = We ask on now.
desk-care-take = I look after this
desk-care-yours = You look after this one.
desk-care-leave = Leave it to all
desk-care-other = { $name } looks after this one.
desk-scarce = They asked for this: { $wishes }. If that were open, we could ask { $more }. Only they can change it.
desk-take-back = Undo: take back the question to { $name }
desk-take-back-late = This question is not open any more, so nothing was taken back.
desk-postponed = Nobody is asked before { $day }.
desk-postpone-h2 = Not now?
desk-postpone-what = We can wait until a day. They keep their place, and we mail them the day. Their page does not say why. They can have us ask at once.
desk-postpone-day = Ask nobody before
desk-postpone-why = Why
desk-postpone-they-asked = They asked us to wait
desk-postpone-sponsor-comes = A sponsor who fits has time then
desk-postpone-met-in-person = Someone from a meeting helps them now
desk-postpone-else = Another reason
desk-postpone-go = Postpone
desk-postpone-not-that-day = Choose one of the days of the list
desk-ask-on = Ask on now
desk-act-took-back = { $who } took a question back
desk-act-postponed = { $who } chose when we ask on for someone
desk-care-over = I look after this from now on
desk-care-anothers = Another coordinator looks after this one. Look again before you press.
