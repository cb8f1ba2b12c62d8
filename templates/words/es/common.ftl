# Spanish: words that many pages share.

## Time in words
when-today = hoy { $clock }
when-tomorrow = mañana { $clock }
when-yesterday = ayer { $clock }
when-day = { $day } { $clock }
when-date = { $date } { $clock }
when-day-part = { $day } { $part }
when-day-month = { $day } de { $month }
when-part-morning = por la mañana
when-part-afternoon = por la tarde
when-part-evening = por la noche
when-part-night = por la noche
when-weekday = { $n ->
    [1] lunes
    [2] martes
    [3] miércoles
    [4] jueves
    [5] viernes
    [6] sábado
   *[7] domingo
}
when-month = { $n ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
}
