# Spanish: the policy as the desk reads it.

policy-h1 = Lo que vale aquí
policy-lead = Lo que este servicio hace sin que nadie lo pida, y cuándo. Aquí puedes leerlo. Se cambia en un archivo.
policy-file = Quien lleva este servicio lo cambia en este archivo, y vuelve a arrancar el servicio:
policy-no-file = No hay ningún archivo, así que vale lo que trae. Quien lleva este servicio puede poner uno. El ajuste es
policy-words = Los textos que cambian están en esta carpeta:
policy-no-words = Los textos también son los que trae. Para una carpeta con otras palabras el ajuste es
policy-none = Nada
policy-most-is = { $hour } por hora, { $day } por día

## Hands
policy-who = Manos
policy-steps = Quien apadrina
policy-steps-all = Trabajó los Doce Pasos
policy-steps-some = Pasos que trabajó: { $n }
policy-months = Tiempo que hace falta
policy-months-some = { $n ->
    [one] 1 mes o más
   *[other] { $n } meses o más
}
policy-vouch = Quién da su palabra por una mano nueva
policy-vouch-is = La coordinación, o personas que apadrinan aquí desde hace { $time }: { $n }
policy-room-first = Lugares al principio, como mucho
policy-room-first-is = { $n }, durante { $time }
policy-room = Lugares después, como mucho
policy-lease = Una mano queda levantada
policy-lease-before = Preguntamos "¿sigues disponible?" antes de eso
policy-silent = Preguntas sin respuesta, y luego descansa
policy-break = Una pausa elegida desde el correo dura

## Asking
policy-asking = Preguntar
policy-at-once = Preguntas a la vez
policy-at-once-later = Preguntas a la vez, más tarde
policy-later-is = { $n }, a partir de { $time }
policy-answer = Sin respuesta, seguimos preguntando después de
policy-weekly = Preguntas por semana a quien apadrina
policy-weekly-is = { $n }, o lo que elija, hasta { $most }
policy-quiet = Horas de silencio
policy-quiet-is = De { $from } a { $until }
policy-look = Volvemos a mirar, como tarde, después de

## Waiting
policy-waiting = Mientras alguien espera
policy-desk = La mesa mira después de
policy-postponed = Coordinación puede aplazar una petición durante
policy-news = Le escribimos después de
policy-news-is = { $times }, y luego cada { $every }
policy-now-after = Buscamos a alguien por ahora después de
policy-now-apart = Tiempo entre dos preguntas por ahora
policy-now-answer = Por ahora, sin respuesta, seguimos después de
policy-now-most = Preguntas por ahora, como mucho
policy-now-weekly = Con tantas preguntas por semana, ninguna más por ahora
policy-now-lasts = Escribirse por ahora dura
policy-now-lasts-is = { $time }, o { $after } desde la primera carta

## Two who write
policy-pairs = Cuando dos se escriben
policy-hello = Sin primera carta: recordamos a quien apadrina después de
policy-hello-choice = Sin primera carta: se puede elegir, y la mesa lo ve, después de
policy-sponsor-nudge = Quien apadrina debe una carta: lo recordamos después de
policy-sponsor-desk = Quien apadrina debe una carta: la mesa lo ve después de
policy-sponsee-nudge = Quien pidió debe una carta: lo recordamos después de
policy-sponsee-ends = Quien pidió debe una carta: termina sin ruido después de
policy-reviews = Preguntamos a cada parte cómo va después de
policy-wishes = Tras el final, los deseos se guardan
policy-kind = Tras el final, las cartas tienen una respuesta amable durante

## Letters
policy-letters = Cartas
policy-pair-most = De dos que se escriben, como mucho
policy-given-up = Una carta que no puede salir se deja después de
policy-day-keys = La llave que la abre desaparece después de

## Safety
policy-safety = Cuando algo no está bien
policy-reports = Avisos de una persona en un día, como mucho
policy-reports-until = Personas que avisan de una mano, y luego baja
policy-decided = Te recordamos un caso abierto después de
policy-suspension = Una mano bajada por una sola persona de la mesa descansa
policy-ban = Quien no debe volver queda fuera durante
policy-closed = Un caso cerrado se guarda
policy-young = Un aviso de que alguien quizá no tiene 18 años se guarda

## Codes, invitations, days
policy-doors = Entrar y salir
policy-sign-up = Los números que prueban un correo valen
policy-sign-in = Los números para entrar valen
policy-tries = Intentos con los mismos números
policy-codes-most = Números a un correo, como mucho
policy-draft = Lo que no se llegó a enviar se borra después de
policy-invite-sponsor = Una invitación para apadrinar vale
policy-invite-desk = Una invitación a la mesa vale
policy-term = Un periodo en la mesa dura
policy-idle = Preguntamos a quien no hace nada aquí después de
policy-cleared = Sin respuesta, se borra todo lo suyo después de otros

## Lists
policy-lists = Listas para elegir
policy-languages = Idiomas para escribir
policy-people = Personas por las que preguntar
policy-walked = Alguien que ha caminado con
policy-feed = Lista de reuniones
policy-feed-link = Página con reuniones
policy-feed-every = La lista se lee cada
policy-feed-stale = Se muestra su día cuando es más vieja que
