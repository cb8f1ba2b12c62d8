# Numbers at the desk

figures-h1 = Numbers
figures-half = Of those who heard back, half did within { $time }.
figures-nine = 9 in 10 of them did within { $time }.
figures-none-yet = Numbers show after 5 people had a first letter.
figures-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
figures-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
figures-later = more than a week
figures-waiting-few = Fewer than 5 people waited at today's count.
figures-waiting-5 = 5 or more people waited at today's count.
figures-waiting-10 = 10 or more people waited at today's count.
figures-waiting-20 = 20 or more people waited at today's count.
figures-waiting-50 = 50 or more people waited at today's count.
figures-few = fewer than 5
figures-few-short = < 5
figures-5 = 5 or more
figures-10 = 10 or more
figures-20 = 20 or more
figures-50 = 50 or more
figures-chart = People who found a sponsor, by week
figures-chart-most = The most in one week were { $people }, in the week of { $week }.
figures-chart-none = Shows once 5 people found a sponsor in one week.
figures-show = Show the numbers
figures-week = Week of
figures-people = People
figures-forecast-h2 = What would more sponsors change?
figures-forecast-what = We try it out with invented people, your hands and your requests of the last four weeks. It takes some seconds.
figures-more = { $n ->
    [one] { $n } more sponsor
   *[other] { $n } more sponsors
}
figures-forecast-few = This needs 5 hands, and 5 requests in the last four weeks.
figures-forecast-half = Half of the people would hear back within { $now }. With { $more } it would be { $then }.
figures-forecast-helps = Fewer than half of the people would hear back in time. With { $more }, half would within { $then }.
figures-forecast-not-enough = Fewer than half of the people would hear back in time, with { $more } too. You need more hands.
figures-room-h2 = Hands with room at today's count
figures-room-what = By language and by the times they chose. A hand with two languages counts in both.
figures-room-rest = In every other language, fewer than 5 at any time of the day.
figures-five = Fewer than 5 is never told apart, so that no number points at a person. Weeks show once they are over.
figures-csv = The same as a file for a spreadsheet (CSV)
