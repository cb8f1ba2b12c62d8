# English: mails of ours, and our words around a letter.

## Subjects: only what lists/en/neutral.txt has
mails-subject = { $word }: { $phrase }
mails-subject-code = { $code } is your code
mails-subject-all-set = all set
mails-subject-can-you-help = can you help this week?
mails-subject-you-are-in = you are in
mails-subject-hello-is-due = a hello is due
mails-subject-choice = a choice for you
mails-subject-change = a change
mails-subject-on-hold = on hold for now
mails-subject-did-not-go = your note did not go
mails-subject-left-out = one thing left out
mails-subject-update = a short update
mails-subject-note-waiting = a note is waiting
mails-subject-still-there = still there?
mails-subject-one-question = one question
mails-subject-rest = we gave you a rest
mails-subject-still-up = still up for this?
mails-subject-clear = we will clear this
mails-subject-look = please look today
mails-subject-needs-you = { $n ->
    [one] 1 thing needs you
   *[other] { $n } things need you
}
mails-subject-server = check the server
mails-subject-mark = the mark of this week
mails-subject-stopped = it is stopped
mails-subject-numbers = numbers

## Around the text
mails-hello = Hi.
mails-hello-name = Hi { $name }.
mails-footer = We send this automatically.
mails-footer-stop = Reply STOP to end this. Reply HELP if something is not right.
mails-footer-page = Your own page: { $link }
mails-nothing-yet = Nothing happens until you press a button.
mails-if-hard = If today is hard, you can talk to a person. US and Canada: call or text 988. UK and Ireland: call 116 123. Spain: call 024. In danger, call your emergency number.

## Codes
mails-code-how = Type these numbers on the page where you asked for them. They work for { $n } minutes, in that browser only.
mails-code-leave = Type these numbers to delete all that is yours. They work for { $n } minutes, in that browser only.
mails-code-known = You are already with us. These numbers open your page.
mails-code-new = We have nothing under this email yet. You can start fresh.
mails-code-taken = You are already with us under this email. Sign in with it instead: these numbers change nothing.
mails-code-forget = You did not ask for this? Then you can forget it. Nothing happens without these numbers.

## Waiting
mails-all-set = Your request is in. You do not have to do anything now. When someone can help, they write to you.
mails-all-set-word = Every email from us starts with your word, { $word }. You can stop any time on your page.
mails-asked-from = A coordinator chose a day: we ask on from { $day }. You keep your place.
mails-asked-from-now = You can have us ask at once. Your page has a button for it.
mails-update = We are still asking. You are not forgotten.
mails-update-desk = A coordinator is looking too.
mails-update-nothing = You do not have to do anything.
mails-choice = { $name } said yes and has not written yet. That happens. It is not about you.
mails-choice-here = You can wait, or we find someone else for you. Choose here:

## Offers and hands
mails-offer-asked = Someone asked for a person to talk to.
mails-offer-for-now = Someone would be glad to write with a person for now.
mails-offer-wishes = { $languages }. { $times }. { $who }. Can you help this week?
mails-offer-answer = See it and answer here:
mails-offer-asked-on = If it is not for you, that is fine. We ask on by { $by }.
mails-you-are-in = Your hand is up. When someone asks for a person like you, we write to you.
mails-you-are-in-pause = You can pause any time on your page. Nobody asks why.
mails-hello-is-due = You said yes, and { $name } waits for a first line from you. One sentence is enough.
mails-hello-is-due-page = You can write it on your page. Is this not a good time? You can end it there too, without a reason.
mails-note-waiting = { $name } wrote to you some days ago and waits for a line. One sentence is enough.
mails-note-waiting-page = Answer that email, or write on your page. Is this not a good time? You can end it there, without a reason.
mails-still-there = { $name } wrote to you and has not heard from you. You owe nobody anything. When you like, answer that email.
mails-still-there-here = Or tell us here that you want to stop:
mails-one-question = You and { $name } have known each other for a while. Is it going OK? Only you see this question.
mails-stepped-back = { $name } has to be away for a while, and means to be back on { $day }. It is not about you.
mails-stepped-back-here = You keep your place. What would help until then? Choose here:
mails-rest = We asked you twice and heard nothing. That is fine. We took your hand down for now, so that you have some quiet.
mails-rest-here = You are back by one press here:
mails-still-up = Your hand comes down by itself on { $day }. Are you still up for this? Tell us here:

## The end of a contact
mails-clear = You have not been here for a year. On { $day } we clear what we keep about you: name, email, contacts. Would you like to keep it? Tell us here:
mails-address = From now on our emails to you go to another address. You asked for it on your page.
mails-address-not-you = Was it not you? Tell a coordinator soon.
mails-ended = Your contact with { $name } has ended. It is not about you.
mails-ended-question = You keep your place. What would help now? Choose here:
mails-ended-page = You keep your place. You can ask for someone new on your page.
mails-ended-for-now = It was for now. Your page shows how things stand.
mails-ended-sponsor-for-now = Your contact with { $name } has ended, with thanks.
mails-on-hold = Your contact with { $name } is on hold for now. Nothing goes either way until the desk has looked.
mails-on-hold-what = You do not have to do anything. You will hear from us.
mails-ended-sponsor = Your contact with { $name } has ended, with thanks. You have room for one more when you like.

## A letter that was not passed on
mails-did-not-go-ended = This contact has ended, so your note did not go. Your own page shows what you can do next.
mails-did-not-go-too-big = Your note was too big, so it did not go. Send it once more with words only, without pictures.
mails-did-not-go-empty = We found no new words in your note, so it did not go. Write above the line we put in, then send it once more.
mails-did-not-go-locked = Your note was locked (encrypted), so it did not go. We could not check that it keeps your email out of sight. Send it once more as plain text.
mails-did-not-go-bounced = The other side is not reachable at the moment, so your note did not go. Try once more in a day or two.
mails-did-not-go-bounced-name = { $name } is not reachable at the moment, so your note did not go. Try once more in a day or two.
mails-did-not-go-other-mailbox = A note came from another mailbox and did not go. Write from the one you signed up with, or on your page.
mails-did-not-go-kept = Something in your note could show who you are, so it did not go. Send it once more with your own words only.
mails-did-not-go-on-hold = Your note did not go. This contact is on hold for now, and nothing goes either way.
mails-did-not-go-too-many = So many notes came in a short time that this one did not go. Send it once more in an hour.
mails-left-out = One thing in your note looked like a phone number or an email. We left it out and passed on the rest.
mails-left-out-why = We do this so that nobody shares one by accident. Do you mean to share a phone number? Write it on your page; we ask once, and it goes.

## A letter that went to others too
mails-others = Your note had other people in To or Cc. Your own email program sent it to them, so they see your real address.
mails-others-why = From us it went on as always, without your address. Next time, answer to one address only.

## One word as an answer
mails-stopped-contact = Your contact with { $name } has ended, and no more notes pass. We tell { $name } that it ended and nothing else.
mails-stopped-hand = Your hand is down, and nobody asks you. On your page you can put it up again by one press, any time.
mails-stopped-request = We stopped looking. You are welcome to come back any time; on your page it is one press.
mails-stopped-already = That was over already, so there was nothing left to stop.
mails-how-to-stop = You want to stop, and we cannot tell what. Nothing is stopped yet.
mails-how-to-stop-page = On your page you can stop each thing by one press. Or answer the email that you want to stop with the one word STOP.
mails-numbers = Here is what you asked for. It is below.
mails-numbers-desk = Is something not right with a contact? Open it on your page and press "Something is not right". It stops at once, and one coordinator reads what you write.
mails-how-to-write = Nobody reads what comes to this address, so your note went to nobody.
mails-how-to-write-page = To write to someone, answer their own email, or write on your page.

## The desk
mails-look = { $n ->
    [one] One thing needs you today. See it here:
   *[other] { $n } things need you today. See them here:
}
mails-test = Type these numbers on the page where you asked for them. They work today and tomorrow.
mails-test-answer = Then answer this email with any words. That shows that mail comes in too. Nobody reads your answer.
mails-footer-mark = Mark: { $mark }
mails-mark = The mark of this week is { $mark }.
mails-mark-why = It stands for all that the desk has done so far. If that is changed later, the mark does not fit any more.
mails-mark-keep = You do not have to do anything. Keep this mail, and delete it after a year.
mails-nobody-may-see = The server that you look after needs you. Nothing is broken, but one thing cannot go on without you.
mails-nobody-may-see-how = A case has no coordinator who may see it. Run "show-of-hands invite coordinator" on the server and hand over the link. The case then goes to them by itself.

## Around a letter
letter-greeting = Hi { $name },
letter-lead = { $name } has written to you, and you find the note below. To answer, reply to this email and write above this line. We pass on your words and your first name, and nothing that shows where your mail comes from.
letter-footer = We pass this on and keep no copy. You can stop at any time: answer with the one word STOP, or use your own page. Between the two of you: no money, no romance, no place to live, no orders. Two contacts are normal.
letter-new-message = new message
letter-left-out = [left out]
letter-earlier = Earlier:
# Answered by us where one of them is the whole new text of a letter; divided by |.
letter-stop-words = STOP
letter-help-words = HELP
letter-pictures = { $n ->
    [one] 1 picture
   *[other] { $n } pictures
}
letter-documents = { $n ->
    [one] 1 document
   *[other] { $n } documents
}
letter-files = { $n ->
    [one] 1 file
   *[other] { $n } files
}
letter-and = { $first } and { $last }
letter-not-passed-on = { $n ->
    [one] { $what } was not passed on.
   *[other] { $what } were not passed on.
}
