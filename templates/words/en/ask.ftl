# English: asking, and the numbers from the mail.

ask-question = Question { $n } of 3
ask-again = Your answers stayed in this browser for a day, and now they are gone. You can start again here.

## Name
ask-name-h1 = What should we call you?
ask-name-hint = A first name, or any name you like. Your sponsor sees it.
ask-name-empty = Enter a name. Any name is fine.
ask-name-long = Make it 40 letters or less.
ask-name-unseen = Leave out line breaks and signs that nobody can see.
ask-name-address = This looks like an email or a web address. Enter a name: your sponsor sees it.
ask-name-full = That looks like a full name. First name is enough. You can change it, or press Continue to keep it.

## Email
ask-email-h1 = Where can we write to you?
ask-email-hint = Your sponsor never sees it. Our emails look plain: the subject is your word and "new message".
ask-email-format = Enter an email like name@example.com
ask-email-letters = Mail cannot go to these letters. Use an email with plain letters before the @.
ask-email-long = That is longer than an email can be.
ask-email-ours = That is one of our own addresses. Enter the one where you read your mail.
ask-email-meant = Did you mean { $email }?
ask-email-fix = Use { $email }
ask-email-keep = Keep it as it is

## Wishes
ask-who-h1 = Who would you feel OK talking with?
ask-who-hint = You can tick more than one. All of this is set already. You can just go on.
ask-who-unsaid = I do not want to say
ask-who-language-none = Tick at least one language.
ask-must = And if we find nobody like that?
ask-must-nice = Ask others too
ask-must-only = Keep looking only for them
ask-languages-more = Languages
ask-languages = Which languages can you write in?
ask-times-more = Times
ask-times = When do you have time?
ask-times-hint = Tick none for any time.
ask-offset = What time is it for you now?
ask-offset-hint = Then "evening" is your evening.
ask-sponsor-more = More about your sponsor
ask-walked = Someone who has walked with …
ask-walked-hint = Tick up to three. We ask everyone who fits, and those first.
ask-walked-many = Tick three at most.
ask-medicine = Only sponsors who are OK with prescribed medicine
ask-medicine-hint = It says nothing about you, and nobody is told that you ticked it.
ask-you-more = About you
ask-you = How do you describe yourself?
ask-you-hint = Some sponsors work only with women, for example. If you say it, we can ask them too.
ask-note-more = A note for your sponsor
ask-note = Is there something your sponsor can know?
ask-note-hint = Up to 300 letters. Only the sponsor who says yes reads it. Leave out last names and phone numbers.
ask-note-long = Make it 300 letters or less.
ask-note-unseen = Leave out signs that nobody can see.

## Check
ask-check-h1 = Is this right?
ask-check-lead = Nothing is sent until you press the button.
ask-check-name = Name
ask-check-email = Email
ask-check-who = You would feel OK with
ask-check-must = Only: { $who }
ask-check-languages = Languages
ask-check-times = Times
ask-check-sponsor = Your sponsor
ask-check-sponsor-any = Nothing more
ask-check-walked = Has walked with: { $who }.
ask-check-medicine = Is OK with prescribed medicine.
ask-check-you = About you
ask-check-note = Note
ask-check-adults = By pressing send you say that you are 18 or over.
ask-check-send = Send my request
ask-check-kept = Until then your answers are only in this browser. They go away by themselves after a day.
ask-check-too-many = We sent numbers to this email a few times already. Wait an hour, then press send once more.

## The numbers
numbers-h1 = Type the 8 numbers from the email
numbers-hint = You can paste them. Spaces are fine.
numbers-after = They are in the subject, after your word
numbers-old-word = You do not have to open the email. If you have been here before, it is the word you already have.
numbers-subject = They are in the subject, after your word. You do not have to open the email.
numbers-again = Send new numbers
numbers-other = Use another email
numbers-slow-hour = Some mail takes 10 minutes. You can close this page. The numbers work for an hour, in this browser.
numbers-slow-short = Some mail takes a few minutes. The numbers work for 10 minutes, in this browser.
numbers-sent = New numbers are on their way. The old ones do not work any more.
numbers-format = Type all 8 numbers from the email.
numbers-wrong = Those are not the newest numbers. Check the last email.
numbers-old = Those numbers were too old. We just sent you new ones.
numbers-tries = Those were not the numbers, 5 times now. We just sent you new ones.
numbers-too-many = We sent you numbers a few times already. Wait an hour, then ask for new ones.
numbers-used-h1 = These numbers did their work
numbers-used = If that was you, all is well. Sign in to see your page.
numbers-elsewhere-h1 = The numbers work where you asked
numbers-elsewhere = Go back to the browser where you asked, and type them there. Or ask again here.
numbers-elsewhere-ask = Ask again here

## Done
ask-done-h1 = Your request is in, { $name }
ask-done-nothing = You do not need to do anything now.
ask-done-writes = When a sponsor can help, they write to you by email.
ask-done-page = See how it stands
ask-done-help = Is today hard? You do not have to wait.
