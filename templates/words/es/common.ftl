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

## Around every page
skip = Ir al contenido
leave = Salir de este sitio
foot-more = Más
foot-help = Ayuda ahora mismo
foot-about = Qué es apadrinar
foot-privacy = Lo que guardamos
foot-sign-in = Entrar
foot-who = Lo llevan miembros. Es gratis. Solo nombres de pila. Este servicio no pertenece a ninguna confraternidad ni habla por ella.
foot-numbers = ¿Alguien tomó demasiado? Llama primero al 911 o al número de tu país. Para hablar con alguien, llama o escribe al 988 en Estados Unidos y Canadá.

## Titles: a closed list that says nothing of what the page is about
title-start = Inicio
title-questions = Unas preguntas
title-yours = Tu página
title-question = Una pregunta
title-sign-in = Entrar
title-now = Ahora mismo
title-about = Acerca de
title-keep = Lo que guardamos
title-desk = La mesa
title-not-here = No está aquí

## Forms
error-prefix = Error:
form-problems = Hay un problema
form-again = Pulsa enviar una vez más, por favor. Tus respuestas siguen aquí.
form-change = Cambiar
form-optional = (puedes dejarlo vacío)
button-continue = Continuar
button-back = Volver
button-send = Enviar
button-save = Guardar
button-not-now = Ahora no

## Wishes, by the codes of the policy's lists
asks-who-anyone = Cualquier persona
asks-who-woman = Una mujer
asks-who-man = Un hombre
asks-who-non-binary = Una persona no binaria
asks-who-lgbtq = Alguien LGBTQ+
asks-walked-parents = Madres y padres
asks-walked-lgbtq = Personas LGBTQ+
asks-walked-veterans = Veteranos
asks-walked-no-belief = Gente sin una creencia en particular
asks-time-any = A cualquier hora
asks-time-mornings = Mañanas
asks-time-days = Tardes
asks-time-evenings = Al anochecer
asks-time-nights = Noches
asks-time-weekend = Fin de semana
