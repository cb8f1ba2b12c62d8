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
