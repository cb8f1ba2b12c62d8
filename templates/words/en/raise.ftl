# English: a sponsor's way in, and the page of a hand.

## The invitation
raise-h1 = You have worked the Steps
raise-lead = One person could use an hour of your week.
raise-asked = We ask you when someone fits. You say yes, or not this time. You never have to say why.
raise-sees = The other person sees your first name. Never your email.
raise-pause = Start with one. You can pause any time and nobody asks why.
raise-begin = I can sponsor
raise-once = This invitation works once, and it is yours. It takes about 4 minutes.
raise-open = It takes about 4 minutes. At your meeting, someone who knows you then gives their word for you. Until then we send nobody to you.
raise-known = Are you with us already?
raise-how-h2 = You can go on without one
raise-how = Put your hand up here. At your meeting, someone who knows you then gives their word for you.
raise-without = Go on without one
raise-used = This invitation was used. If that was you, sign in.
raise-too-old = This one is too old. Ask for a new one.
raise-unknown = We do not know this invitation. Check that the whole link is there, or ask for a new one.

## Name and email
raise-you-h1 = Who are you, and where do we write?
raise-name = What people should call you
raise-name-hint = A first name, or any name you like. This is all they see of you.
raise-name-empty = Enter a name. Any name is fine.
raise-name-long = Use 40 letters or fewer.
raise-name-unseen = This name has a line break or a sign nobody can see. Type it again.
raise-name-address = This looks like an email or a web address. Enter a name: others see it.
raise-email = Your email
raise-email-hint = Nobody you sponsor ever sees it. Our emails look plain: the subject is your word and a few neutral words.
raise-email-empty = Enter your email.
raise-email-format = This does not look like an email. It needs a name, an @ and a dot, like jo@mail.example.
raise-email-letters = The part before the @ has letters that many mail servers do not take. Use another email.
raise-email-long = This is longer than an email can be. Check it once more.
raise-kept = Your answers stay in this browser, for 24 hours at most, until you put your hand up.

## The promise and the hand
raise-hand-h1 = Put your hand up
raise-hand-lead = Start with one. You can pause any time and nobody asks why.
raise-promise-h2 = What you promise
raise-promise-1 = I take people through the Twelve Steps, as it was done with me.
raise-promise-2 = I write within a day or two, or I say that I cannot.
raise-promise-3 = What people tell me stays with me.
raise-promise-4 = I never lend money or ask for it, and it is never about romance.
raise-may = Tick what is true for you
raise-steps-all = I have worked all twelve Steps
raise-steps = { $n ->
    [one] I have worked 1 Step
   *[other] I have worked { $n } Steps
}
raise-months = { $n ->
    [one] I have 1 month or more
   *[other] I have { $n } months or more
}
raise-may-sponsor = I have a sponsor
raise-may-none = We need every one of these ticks before a hand goes up.
raise-adults = By pressing the button you say that you are 18 or over, and that you keep this promise.
raise-up = Put my hand up
raise-next = We then send 8 numbers to your email, to see that it works. Your hand goes up when you type them.
raise-next-open = We then send 8 numbers to your email, to see that it works. When you type them, your hand waits for someone who knows you.

## The code
raise-elsewhere-h1 = There is nothing to type here
raise-elsewhere = These numbers work in the browser where you asked for them.
raise-elsewhere-again = Begin again here, with your invitation if you have one. It still works if your hand is not up yet. If it is up, sign in.

## The boxes of a hand
hand-times = When do you have time?
hand-times-hint = As your clock shows it.
hand-times-none = Tick at least one time.
hand-accepts = People I can sponsor
hand-accepts-hint = Tick all that fit.
hand-accepts-none = Tick "Anyone", or the people you can sponsor.
hand-capacity = How many people can you sponsor?
hand-capacity-hint = Start with one.
hand-weekly = How often may we ask you in a week?
hand-weekly-hint = Never more than this. You can always say not this time.
hand-rhythm = How often do you mean to write?
hand-rhythm-hint = They read this after your yes.
hand-rhythm-daily = Every day
hand-rhythm-few = A few times a week
hand-rhythm-weekly = Once a week
hand-languages = Languages you can write in
hand-languages-hint = Tick all that fit.
hand-languages-none = Tick at least one language.
hand-describes = How do you describe yourself?
hand-describes-hint = You can leave this empty. Some people ask for someone like you. It is not shown on your name.
hand-walked = I have walked with …
hand-walked-hint = You can leave this empty. Some people look for someone who has.
hand-walked-told = You may tell
hand-walked-told-hint = The person I say yes to reads it on their page. The desk reads that I have what they asked for.
hand-medicine = Are you OK with people who take prescribed medicine?
hand-medicine-hint = Nobody is told what you say here. Nobody is asked what they take.
hand-medicine-yes = Yes
hand-medicine-no = No
hand-now = I can write for now
hand-now-hint = When someone waits for a sponsor, you write with them for a while. It takes no place of yours.
hand-night = You may ask me at night
hand-night-hint = Else we write to you from 08:00 to 21:00 only.
hand-offset = What time is it for you now?
hand-offset-hint = So that we do not wake you.
hand-pick-one = Pick one from the list.

## A hand that is up, on its owner's page
hand-h2 = Your hand
hand-h1 = Your hand
hand-nothing = Nothing needs you. Thank you for being here.
hand-up = Your hand is up until { $when }.
hand-paused = Your hand is on a break until { $when }. It goes up again by itself.
hand-lapsed = Your hand came down by itself after a while. One press puts it up again.
hand-down = Your hand is down. One press puts it up again.
hand-down-pending = Your hand is down. One press, and it waits again for someone who knows you.
hand-pending = Your hand waits for someone who knows you. At your meeting, tell a coordinator: { $name }, { $word }.
hand-pending-more = Someone who sponsors here for a while can give their word too. Until then we send nobody to you.
hand-at-first = { $places ->
    [one] For the first { $days } days there is one place. After that you choose.
   *[other] For the first { $days } days there are { $places } places. After that you choose.
}
hand-suspended = Your hand is on hold while we look at something. Nobody is asked to write to you.
hand-room = { $n ->
    [0] You have no room now.
    [one] You have room for 1.
   *[other] You have room for { $n }.
}
hand-open = { $n ->
    [one] One question waits for your answer. The link is in your email.
   *[other] { $n } questions wait for your answer. The links are in your email.
}
hand-pairs-h3 = People you write with
hand-pair-first = { $name } waits for a first line from you.
hand-pair-theirs = { $name } wrote last. No rush.
hand-pair-yours = You wrote to { $name } last.
hand-pair-rests = { $name } knows that you are away.
hand-pair-for-now = For now: { $text }
hand-see = See or change your hand
hand-saved = Saved.
hand-back = Put my hand up again
hand-longer = Keep it up longer
hand-lower = Take my hand down
hand-lower-hint = Those you write with stay. What we asked you goes on to others.
hand-change-h2 = Change what you offer
hand-pause-h2 = Take a break
hand-pause = For how long?
hand-pause-hint = Nobody asks why. Your hand goes up again by itself.
hand-pause-weeks = { $n ->
    [one] 1 week
   *[other] { $n } weeks
}
hand-pause-date = Until a day I choose
hand-pause-press = Start the break
hand-until = The day you are back
hand-until-hint = Like 2027-01-31. Only for the last choice above.
hand-until-bad = Enter a day from tomorrow on, within a year. Like 2027-01-31.

## Giving one's word for another
vouch-link = Give my word for someone
vouch-h1 = Do you know someone who waits?
vouch-lead = At a meeting, they tell you their name and their word. Type both here. Give your word only for someone you know.
vouch-name = Their first name
vouch-name-empty = Type the name they told you.
vouch-word = Their word
vouch-word-empty = Type the word they told you.
vouch-press = I know them: yes
vouch-noted = Thank you. Your word is with us.
vouch-not-here = This name and this word do not go together here. Ask them once more.
vouch-not-yours = Another coordinator decides this one.
vouch-not-yet = You can do this later, when your own hand has been with us for a while. A coordinator can do it today.
vouch-back = Back to your hand
