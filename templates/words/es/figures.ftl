# Números en la mesa

figures-h1 = Números
figures-half = De quienes recibieron respuesta, la mitad la tuvo en { $time } o menos.
figures-nine = 9 de cada 10 la tuvieron en { $time } o menos.
figures-none-yet = Los números aparecen cuando 5 personas tuvieron una primera carta.
figures-hours = { $n ->
    [one] { $n } hora
   *[other] { $n } horas
}
figures-days = { $n ->
    [one] { $n } día
   *[other] { $n } días
}
figures-later = más de una semana
figures-waiting-few = Menos de 5 personas esperaban en el recuento de hoy.
figures-waiting-5 = 5 o más personas esperaban en el recuento de hoy.
figures-waiting-10 = 10 o más personas esperaban en el recuento de hoy.
figures-waiting-20 = 20 o más personas esperaban en el recuento de hoy.
figures-waiting-50 = 50 o más personas esperaban en el recuento de hoy.
figures-few = menos de 5
figures-few-short = < 5
figures-5 = 5 o más
figures-10 = 10 o más
figures-20 = 20 o más
figures-50 = 50 o más
figures-chart = Personas que encontraron quien las apadrine, por semana
figures-chart-most = La semana con más fue la del { $week }, con { $people }.
figures-chart-none = Aparece cuando 5 personas encuentran a alguien en una semana.
figures-show = Ver los números
figures-week = Semana del
figures-people = Personas
figures-forecast-h2 = ¿Qué cambiaría con más manos?
figures-forecast-what = Lo probamos con personas inventadas, tus manos y tus peticiones de las últimas cuatro semanas. Tarda unos segundos.
figures-more = { $n ->
    [one] { $n } mano más
   *[other] { $n } manos más
}
figures-forecast-few = Hacen falta 5 manos, y 5 peticiones en las últimas cuatro semanas.
figures-forecast-half = La mitad recibiría respuesta en { $now } o menos. Con { $more } serían { $then }.
figures-forecast-helps = Menos de la mitad recibiría respuesta a tiempo. Con { $more }, la mitad la recibiría en { $then } o menos.
figures-forecast-not-enough = Menos de la mitad recibiría respuesta a tiempo, también con { $more }. Hacen falta más manos.
figures-room-h2 = Manos con sitio en el recuento de hoy
figures-room-what = Por idioma y por las horas que eligieron. Una mano con dos idiomas cuenta en ambos.
figures-room-rest = En los demás idiomas, menos de 5 a cualquier hora.
figures-five = Menos de 5 nunca se distingue, para que ningún número señale a una persona. Las semanas aparecen al terminar.
figures-csv = Lo mismo como archivo para una hoja de cálculo (CSV)
