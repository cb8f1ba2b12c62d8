# English: words that many pages share.

## Time in words
when-today = today { $clock }
when-tomorrow = tomorrow { $clock }
when-yesterday = yesterday { $clock }
when-day = { $day } { $clock }
when-date = { $date } { $clock }
when-day-part = { $day } { $part }
when-day-month = { $day } { $month }
when-part-morning = morning
when-part-afternoon = afternoon
when-part-evening = evening
when-part-night = night
when-weekday = { $n ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
when-month = { $n ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}

## Around every page
skip = Skip to main content
leave = Leave this site
foot-more = More
foot-help = Help right now
foot-about = What a sponsor is
foot-privacy = What we keep
foot-sign-in = Sign in
foot-who = Run by members. Free. First names only. This service belongs to no fellowship and speaks for none.
foot-numbers = Someone took too much? Call 911 or your local number first. To talk to a person, call or text 988 in the US and Canada.

## Titles: a closed list that says nothing of what the page is about
title-start = Start
title-questions = A few questions
title-yours = Your page
title-question = One question
title-sign-in = Sign in
title-now = Right now
title-about = About
title-keep = What we keep
title-desk = The desk
title-not-here = Not here

## Forms
error-prefix = Error:
form-problems = There is a problem
form-again = Please press send once more. Your answers are all still here.
form-change = Change
form-optional = (you can leave this empty)
button-continue = Continue
button-back = Back
button-send = Send
button-save = Save
button-not-now = Not now

## Wishes, by the codes of the policy's lists
asks-who-anyone = Anyone
asks-who-woman = A woman
asks-who-man = A man
asks-who-non-binary = A non-binary person
asks-who-lgbtq = Someone LGBTQ+
asks-walked-parents = Parents
asks-walked-lgbtq = LGBTQ+ people
asks-walked-veterans = Veterans
asks-walked-no-belief = People with no particular belief
asks-time-any = Any time
asks-time-mornings = Mornings
asks-time-days = Days
asks-time-evenings = Evenings
asks-time-nights = Nights
asks-time-weekend = Weekend
