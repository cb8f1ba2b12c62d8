# Spanish: the desk.

## The door
desk-in-h1 = Entrar a la mesa
desk-email = Tu correo
desk-passphrase = Tu frase secreta
desk-app = Números de tu aplicación de autenticación
desk-app-hint = 6 cifras. Cambian cada 30 segundos y cada una sirve una vez.
desk-in-go = Entrar
desk-in-lost = ¿Sin teléfono o sin frase? Quien lleva este servicio puede volver a invitarte.
desk-in-wrong = Estas tres cosas juntas no abren la mesa. Espera números nuevos en la aplicación y prueba una vez más.

## The first visit
desk-join-h1 = Te damos la bienvenida. Dos cosas antes de empezar.
desk-join-lead = Primero tu nombre y tu propio correo. Después una frase secreta y una aplicación en tu teléfono.
desk-join-name = Tu nombre de pila
desk-join-name-hint = El nombre que quieras. Lo ven las otras personas de la coordinación.
desk-join-name-empty = Escribe un nombre, el que quieras
desk-join-name-long = Que el nombre tenga 40 letras o menos
desk-join-name-unseen = Usa letras que se vean, en una sola línea
desk-join-name-address = Escribe un nombre, no una dirección
desk-join-email-hint = Nadie en la mesa puede leerlo, tampoco tú.
desk-join-email-wrong = Escribe tu correo entero, como jo@example.com
desk-join-many = Ya enviamos muchos correos a esta dirección hoy. Usa el último o espera una hora.
desk-join-go = Enviarme los números
desk-join-picture = Un código para tu aplicación de autenticación
desk-join-closed-h1 = Esta invitación no abre la mesa
desk-join-used = Esta invitación ya se usó. Si fuiste tú, entra.
desk-join-old = Esta invitación es demasiado vieja. Pide una nueva.
desk-set-h1 = Prepara tu entrada
desk-set-mailed = Enviamos 8 cifras a tu correo. El asunto empieza con
desk-set-not-mailed = Las cifras que enviamos ya se usaron o son viejas. Pulsa «Enviar cifras nuevas» abajo.
desk-code = Las 8 cifras del correo
desk-code-format = Escribe las 8 cifras del correo
desk-code-wrong = Estas no son las últimas cifras. Mira el último correo.
desk-code-no-tries = Van cinco intentos. Pulsa «Enviar cifras nuevas» abajo.
desk-code-old = Estas cifras son demasiado viejas. Pulsa «Enviar cifras nuevas» abajo.
desk-code-not-here = Estas cifras son de otro navegador o ya se usaron. Pulsa «Enviar cifras nuevas» o abre la invitación otra vez.
desk-passphrase-hint = Al menos 15 caracteres. Van bien cuatro o cinco palabras que no tengan que ver.
desk-passphrase-short = Que tenga 15 caracteres o más
desk-passphrase-long = Que tenga 128 caracteres o menos
desk-passphrase-common = Mucha gente usa esta. Elige otras palabras.
desk-passphrase-own = Casi todo es tu nombre o el nuestro. Elige otras palabras.
desk-set-app-h2 = Tu aplicación de autenticación
desk-set-app-1 = Abre una aplicación de autenticación en tu teléfono, o instala una.
desk-set-app-2 = Escanea este cuadrado o escribe las letras de abajo.
desk-set-app-3 = Escribe las 6 cifras que muestra ahora.
desk-set-text = Para escribir a mano:
desk-app-wrong = Escribe las 6 cifras que muestra la aplicación ahora mismo. Mira que la hora de tu teléfono sea correcta.
desk-set-go = Abrir la mesa
desk-set-again = Enviar cifras nuevas

## The desk
desk-waiting = { $n ->
    [0] Nadie espera.
    [one] 1 persona espera.
   *[other] { $n } personas esperan.
}
desk-late = { $n ->
    [one] 1 te necesita.
   *[other] { $n } te necesitan.
}
desk-for-now = por ahora
desk-for-now-what = Tiene quien le apadrine, que no está por un tiempo. Le vendría bien escribirse con alguien hasta entonces.
desk-room = { $n ->
    [0] Ahora nadie que apadrine tiene sitio.
    [one] 1 persona que apadrina tiene sitio para { $room } más.
   *[other] { $n } personas que apadrinan tienen sitio para { $room } más.
}
desk-last-match = Último encuentro: { $when }.
desk-no-match-yet = Aún no hay ningún encuentro. Invita a quien pueda apadrinar, y después a quien pida.
desk-mail-h2 = Correo
desk-mail-credentials = El servidor de correo no acepta nuestro nombre y contraseña. Avisa a quien lleva este servicio.
desk-mail-unreachable = El servidor de correo no contesta. Avisa a quien lleva este servicio.
desk-mail-later = El servidor de correo nos pide volver más tarde.
desk-mail-stuck = El correo más antiguo espera desde hace { $since }.
desk-mail-safe = No se pierde nada. Lo volvemos a intentar sin que hagas nada.
desk-table = Personas que esperan, primero quien lleva más tiempo
desk-col-name = Nombre
desk-col-waiting = Espera
desk-col-so-far = Hasta ahora
desk-col-language = Idioma
desk-col-next = Siguiente
desk-needs-you = Te necesita
desk-asked-none = Aún no preguntamos a nadie
desk-asked = { $n ->
    [one] Preguntamos a 1. Sin respuesta aún.
   *[other] Preguntamos a { $n }, { $open } aún pueden contestar.
}
desk-asked-all-answered = { $n ->
    [one] Preguntamos a 1, sin un sí. Seguimos preguntando.
   *[other] Preguntamos a { $n }, sin un sí. Seguimos preguntando.
}
desk-suggest = Proponer a alguien
desk-missing-h2 = Dónde faltan manos
desk-missing = { $language }, { $times }: esperan { $waiting }, y nadie tiene tiempo
desk-missing-few = menos de 5
desk-missing-5 = 5 o más
desk-missing-10 = 10 o más
desk-missing-20 = 20 o más
desk-missing-50 = 50 o más
desk-left-h2 = Tienen a alguien y esperan una carta
desk-left-waiting = { $name }: sin carta desde hace { $since }
desk-invite = Invitar a alguien que apadrine
desk-hands-waiting = { $n ->
    [one] 1 mano espera una palabra
   *[other] { $n } manos esperan una palabra
}
desk-out = Cerrar la sesión
desk-settled = Alguien ya dijo que sí, o la persona dejó de buscar. No hay nada que hacer.
desk-days = { $n ->
    [one] 1 día
   *[other] { $n } días
}
desk-days-hours = { $days ->
    [one] 1 día { $hours } h
   *[other] { $days } días { $hours } h
}
desk-hours = { $n } h
desk-minutes = { $n } min

## One request
desk-case-h1 = { $name } espera desde hace { $since }
desk-case-short = En la mesa: { $short }
desk-wish-language = Idioma
desk-wish-times = Horas
desk-wish-who = Lo mejor sería
desk-wish-who-must = Solo
desk-wish-walked = Mejor si ha caminado con
desk-suggest-how = Estas personas tienen sitio y encajan. Preguntamos por correo, como siempre. Pueden decir que esta vez no.
desk-suggest-ask = Preguntar a { $name }
desk-suggest-not-now = El sitio se ocupó mientras tanto, o ya le preguntamos. Elige a otra persona.
desk-nobody-fits = Ninguna mano levantada encaja y tiene sitio. Volvemos a mirar sin que hagas nada. Puedes invitar a alguien.
desk-nobody-awake = Quien encaja duerme ahora. Preguntamos { $when }.
desk-reason-times = Coinciden sus horas
desk-reason-language = Habla su primer idioma
desk-reason-who = Es a quien pidió
desk-reason-walked = Ha caminado con gente que nombró
desk-sent = Enviado. Es una pregunta como cualquier otra: es normal pasar horas sin respuesta.
desk-events-h2 = Lo que pasó hasta ahora
desk-event-placed = Llegó la petición
desk-event-asked = Preguntamos a { $name }
desk-event-suggested = Preguntamos a { $name }, por deseo de la mesa
desk-event-yes = { $name } dijo que sí
desk-event-not-now = { $name }: esta vez no
desk-event-lapsed = { $name } no contestó. Un sí tardío aún cuenta.
desk-event-withdrawn = Retiramos la pregunta a { $name }
desk-event-open = Aún sin respuesta: { $names }. Es normal.
desk-back = Volver a la mesa

## Inviting
desk-invite-lead = Haces un enlace que sirve una vez. Dáselo a alguien que sabes que puede apadrinar.
desk-invite-1 = Tu invitación es tu palabra por esa persona.
desk-invite-2 = Dásela en persona. No enviamos correo.
desk-invite-3 = La mostramos una vez y no podemos volver a mostrarla.
desk-invite-go = Hacer una invitación
desk-invite-made = { $n ->
    [one] Aquí está. Sirve una vez, durante 1 día.
   *[other] Aquí está. Sirve una vez, durante { $n } días.
}
desk-invite-picture = El enlace como código para escanear
desk-invite-once = Que la escanee ahora o copie el enlace. Cuando salgas de esta página, ya no estará.

## Hands that wait for a word
desk-vouch-h1 = ¿Quién conoce a esta persona? Puedes esperar.
desk-vouch-lead = En una reunión te dice su nombre de pila y su palabra. Di que sí solo por alguien a quien conoces.
desk-vouch-none = Ninguna mano espera una palabra.
desk-vouch-word = Su palabra es
desk-vouch-since = Espera desde el { $day }.
desk-vouch-so-far = Dieron su palabra hasta ahora: { $names }.
desk-vouch-nobody-yet = Aún nadie dio su palabra.
desk-vouch-yes = Sé quién es: sí
desk-vouch-not-now = Ahora no
desk-vouch-up = Gracias. Esta mano está levantada.
desk-vouch-later = Sigue esperando. Otra persona aún puede decir que sí.
desk-vouch-settled = Esta mano ya no espera. No hay nada que hacer.

## Who is on duty
desk-rota-h1 = Quién está de turno
desk-rota-now = De turno esta semana: { $name }.
desk-rota-now-all = Nadie tomó esta semana, así que el correo va a todas las personas de la mesa: { $names }.
desk-rota-next = Después: { $name }.
desk-rota-next-none = Nadie tomó aún la semana que viene.
desk-rota-what = Quien está de turno recibe un correo cuando algo pide que se mire hoy. La mesa es la misma para cada quien.
desk-rota-take-this = Tomo esta semana
desk-rota-take-next = Tomo la semana que viene
desk-rota-terms-h2 = Últimos días
desk-rota-policy = { $n ->
    [one] Un periodo en la mesa dura 1 día.
   *[other] Un periodo en la mesa dura { $n } días.
}
desk-rota-term = { $name }: hasta el { $day }
desk-rota-term-open = { $name }: sin último día
desk-rota-end = Terminar mi periodo ahora
desk-out-everywhere = Cerrar la sesión en todas partes
desk-end-h1 = ¿Quieres terminar tu periodo ahora?
desk-end-lead = La mesa se cierra para ti enseguida, en cada navegador. Tu propia página queda como está.
desk-end-weeks = Las semanas que tomaste quedan libres. Para volver necesitas una invitación nueva.
desk-end-last = No hay nadie más en la mesa. Cuando te vayas, nadie verá quién espera. Que antes entre otra persona.
desk-end-go = Sí, terminar mi periodo
desk-end-not = No, volver

## What the desk did
desk-history-h1 = Lo que hizo la mesa
desk-history-mark = Marca de esta lista:
desk-history-mark-what = Una vez por semana esta marca llega a tu correo. Muestra si alguien cambió la lista después.
desk-who-left = Alguien que se fue
desk-who-nobody = El servicio
desk-whom-left = alguien que se fue
desk-act-invited = { $who } hizo una invitación
desk-act-joined = { $who } entró en la mesa por primera vez
desk-act-signed-in = { $who } abrió la mesa
desk-act-ended-term = { $who } terminó su periodo
desk-act-took-duty = { $who } tomó una semana de turno
desk-act-suggested = { $who } preguntó a alguien que apadrina por una persona que espera
desk-act-vouched = { $who } dio su palabra por { $whom }
desk-act-did-not-vouch = { $who } no dio su palabra por alguien
desk-act-reported = Alguien dijo que algo no está bien
desk-act-assigned = Esto fue a una persona de la mesa
desk-act-opened = { $who } abrió lo que venía con ello
desk-act-decided = { $who } decidió sobre ello
desk-act-suspended = { $who } bajó una mano por un tiempo
desk-act-lifted = { $who } dejó subir una mano otra vez
desk-act-proposed = { $who } quiere que alguien no vuelva por un tiempo
desk-act-banned = { $who } está de acuerdo en que alguien no vuelva por un tiempo
desk-act-erased = Alguien se fue y se borró todo lo suyo

## Eight codes
desk-codes-h1 = Códigos para un día sin tu teléfono
desk-codes-made = Escribe ahora estos ocho códigos en papel. Los mostramos una vez.
desk-codes-how = Cada uno sirve una vez, en lugar de las 6 cifras.
desk-codes-left = { $n ->
    [0] No te queda ningún código.
    [one] Te queda 1 código.
   *[other] Te quedan { $n } códigos.
}
desk-codes-new = Los códigos nuevos sustituyen a todos los viejos. Primero muestra que eres tú.
desk-codes-go = Hacer ocho códigos nuevos
desk-codes-on = Ir a la mesa
desk-codes-wrong = Estas dos cosas no encajan. Espera números nuevos en la aplicación y prueba una vez más.
desk-spare-h2 = ¿Sin tu teléfono?
desk-spare = Uno de tus ocho códigos
desk-spare-hint = Deja vacías las 6 cifras. Un código sirve una vez.

desk-again-h1 = ¿Sigues siendo tú?
desk-again-why = Esto decide sobre una persona, por eso la mesa pregunta otra vez. Después pulsa de nuevo lo que querías; todavía no se ha hecho nada.
desk-again-go = Seguir

### Qué más puede hacer coordinación con una petición
desk-done-back = Pregunta retirada. Ya puedes preguntar a otra persona.
desk-done-mine = Te ocupas de esto. El resto lo ve.
desk-done-all = Ahora nadie se ocupa de esto. Todas las personas de la mesa lo ven.
desk-done-postponed = Aplazado. Le escribimos el día.
desk-done-on = Seguimos preguntando ahora.
desk-care-take = Me ocupo de esto
desk-care-yours = Te ocupas de esto.
desk-care-leave = Dejarlo para el resto
desk-care-other = { $name } se ocupa de esto.
desk-scarce = Pidió esto: { $wishes }. Si eso quedara abierto, podríamos preguntar a { $more }. Solo esa persona puede cambiarlo.
desk-take-back = Deshacer: retirar la pregunta a { $name }
desk-take-back-late = Esta pregunta ya no está abierta, así que no se retiró nada.
desk-postponed = No preguntamos a nadie antes del { $day }.
desk-postpone-h2 = ¿Ahora no?
desk-postpone-what = Podemos esperar hasta un día. Conserva su lugar y le escribimos el día. Su página no dice el motivo. Puede pedirnos que preguntemos ya.
desk-postpone-day = No preguntar a nadie antes del
desk-postpone-why = Por qué
desk-postpone-they-asked = Nos pidió esperar
desk-postpone-sponsor-comes = Alguien que encaja tiene tiempo entonces
desk-postpone-met-in-person = Alguien de una reunión le ayuda ahora
desk-postpone-else = Otro motivo
desk-postpone-go = Aplazar
desk-postpone-not-that-day = Elige uno de los días de la lista
desk-ask-on = Preguntar ya
desk-act-took-back = { $who } retiró una pregunta
desk-act-postponed = { $who } eligió cuándo seguimos preguntando por alguien
desk-care-over = Me ocupo de esto desde ahora
desk-care-anothers = Otra persona de coordinación se ocupa de esto. Mira otra vez antes de pulsar.
