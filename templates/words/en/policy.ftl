# English: the policy as the desk reads it.

policy-h1 = What holds here
policy-lead = What this service does by itself, and when. You can read it here. It changes in a file.
policy-file = Whoever runs this service changes it in this file, and starts the service again:
policy-no-file = No file is set, so this is what it comes with. Whoever runs this service can name a file of their own. The setting is
policy-words = Texts that differ stand in this folder:
policy-no-words = The texts are what it comes with too. For a folder of your own words the setting is
policy-none = None
policy-most-is = { $hour } an hour, { $day } a day

## Hands
policy-who = Hands
policy-steps = Sponsors
policy-steps-all = All Twelve Steps worked
policy-steps-some = Steps worked: { $n }
policy-months = Time they need to have
policy-months-some = { $n ->
    [one] 1 month or more
   *[other] { $n } months or more
}
policy-vouch = Who gives their word for a new hand
policy-vouch-is = A coordinator, or sponsors who are here for { $time }: { $n } of them
policy-room-first = Places at first, at most
policy-room-first-is = { $n }, for { $time }
policy-room = Places after that, at most
policy-lease = A hand stays up for
policy-lease-before = We ask "still up for this?" before that
policy-silent = Questions without an answer, then it rests
policy-break = A break taken from our mail lasts

## Asking
policy-asking = Asking
policy-at-once = Asked at once
policy-at-once-later = Asked at once, later
policy-later-is = { $n }, after { $time }
policy-answer = We ask on without an answer after
policy-weekly = Questions to one sponsor in a week
policy-weekly-is = { $n }, or as they choose, up to { $most }
policy-quiet = Quiet hours
policy-quiet-is = { $from } to { $until }
policy-look = We look again after, at the latest

## Waiting
policy-waiting = While someone waits
policy-desk = The desk looks after
policy-postponed = A coordinator can postpone a request for
policy-news = They hear from us after
policy-news-is = { $times }, then every { $every }
policy-now-after = We ask for someone for now after
policy-now-apart = Time between two questions for now
policy-now-answer = For now, we ask on without an answer after
policy-now-most = Asked for now, at most
policy-now-weekly = Asked this often in a week, nobody is asked for now
policy-now-lasts = Writing for now lasts
policy-now-lasts-is = { $time }, or { $after } after the first letter

## Two who write
policy-pairs = When two write
policy-hello = No first letter: the sponsor hears after
policy-hello-choice = No first letter: they can choose, and the desk sees it, after
policy-sponsor-nudge = The sponsor owes a letter: they hear after
policy-sponsor-desk = The sponsor owes a letter: the desk sees it after
policy-sponsee-nudge = The newcomer owes a letter: they hear after
policy-sponsee-ends = The newcomer owes a letter: it ends softly after
policy-reviews = We ask each alone how it goes after
policy-wishes = Wishes are kept after the end for
policy-kind = Letters get a kind answer after the end for

## Letters
policy-letters = Letters
policy-pair-most = From two who write, at most
policy-given-up = A letter that cannot leave is given up after
policy-day-keys = The key that opens it is gone after

## Safety
policy-safety = When something is not right
policy-reports = Reports from one person in a day, at most
policy-reports-until = People who report a hand, then it comes down
policy-decided = We remind you of an open case after
policy-suspension = A hand taken down by one coordinator rests for
policy-ban = A ban lasts
policy-closed = A closed case is kept for
policy-young = A report that someone may be under 18 is kept for

## Codes, invitations, days
policy-doors = Coming and going
policy-sign-up = Numbers that prove an email work for
policy-sign-in = Numbers to sign in work for
policy-tries = Tries with one set of numbers
policy-codes-most = Numbers to one email, at most
policy-draft = What was never sent is erased after
policy-invite-sponsor = An invitation to sponsor works for
policy-invite-desk = An invitation to the desk works for
policy-term = A term at the desk lasts
policy-idle = We ask someone who does nothing here after
policy-cleared = Without an answer, they are erased after another

## Lists
policy-lists = Lists to choose from
policy-languages = Languages to write in
policy-people = People to ask for
policy-walked = Someone who has walked with
policy-feed = List of meetings
policy-feed-link = Page with meetings
policy-feed-every = The list is read every
policy-feed-stale = Its day is shown when it is older than
