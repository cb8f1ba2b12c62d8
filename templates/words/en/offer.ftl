# English: the page behind the link of an offer.
offer-h1 = Can you help this week?
offer-lead = Someone asked for a person to talk to.
offer-lead-for-now = { $n ->
    [one] Someone would be glad to write with a person for now. Can you write with them, for { $n } day at most? It takes no place of yours.
   *[other] Someone would be glad to write with a person for now. Can you write with them, for { $n } days at most? It takes no place of yours.
}
offer-lapsed = We asked on. You can still say yes.
offer-language = Language
offer-times = Good times
offer-times-like-you = { $times }, like you
offer-times-any = Any time
offer-who = Asked for
offer-walked = You have walked with, as they wish
offer-room = Your room
offer-room-for = { $n ->
    [one] You have room for 1
   *[other] You have room for { $n }
}
offer-hello-label = Your hello
offer-hello-hint = Change it if you like. We put their first name in front. They see your first name only.
offer-hello = I am { $name }. I have been where you are. You do not have to explain anything. When is a good time to write?
offer-hello-long = Make it shorter: 2,000 letters or fewer.
offer-hello-unseen = Your hello has a sign that nobody can see. Type that part again.
offer-yes = Yes, and say hello
offer-not-now = Not this time
offer-quiet = Nothing happens until you press a button. Nobody is told if you say not this time.
offer-ask-on = If you do nothing, we ask someone else by { $by }. You can still say yes later, if they are still waiting.
offer-late = You can still say yes, as long as they are waiting.

## How it stands
offer-said-yes = You said yes.
offer-said-yes-name = You write with { $name } now.
offer-said-yes-for-now = You write with { $name } for now. It ends by itself after a while.
offer-note = What { $name } wrote with the request
offer-hello-sent = Your hello is on its way. Their answer comes to your mail. You answer there, like any email.
offer-hello-owed = You have not written yet. One sentence is enough. Sign in to write it.
offer-sign-in = Sign in
offer-said-not-now = Thank you for looking. Nobody is told.
offer-said-not-now-more = We ask you again when someone fits. You can take a break on your own page.
offer-taken = Someone already said yes, thank you.
offer-moved-on = This one moved on. You did nothing wrong.
offer-full-for-now = You write with someone for now already, thank you.
offer-no-room = You have no room now. Sign in to make room.
offer-thanks = There is nothing to do. Your hand stays as it is.
