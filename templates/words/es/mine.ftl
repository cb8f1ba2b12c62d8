# Spanish: a member's own pages, signing in, one mailed question.

## Sign in
in-h1 = ¿Cuál es tu correo?
in-hint = Te mandamos 8 números. No hay contraseña.
in-new = ¿Es tu primera vez aquí?
in-not-yet = Todavía no conocemos esta dirección.
in-not-yet-ask = Pide aquí.
in-elsewhere = Los números solo sirven donde los pediste. Pide otros aquí.

## Your page
mine-h1 = Hola, { $name }
mine-word = Tu palabra es
mine-word-more = Todos nuestros correos empiezan con ella.
mine-where = Cómo va
mine-now = Ahora
mine-event-placed = Tu correo funciona. Tu petición está en marcha.
mine-event-placed-again = Buscamos a otra persona. Conservas tu lugar.
mine-event-asked = Preguntamos a quienes apadrinan y tienen tiempo.
mine-event-desk = La coordinación está buscando para ti.
mine-event-yes = { $name } dijo que sí.
mine-event-for-now-asked = También preguntamos a quienes pueden escribirse contigo por ahora.
mine-event-for-now = { $name } se escribe contigo por ahora. Seguimos buscando.
mine-looks-for-now = Buscamos a alguien que se escriba contigo mientras vuelve quien te apadrina.
mine-next-asking = Estamos preguntando a quienes apadrinan y tienen tiempo.
mine-next-postponed = Entonces seguimos preguntando. Coordinación eligió este día. Conservas tu lugar.
mine-ask-now = Preguntar ya
mine-ask-now-what = No tienes que esperar hasta entonces.
mine-next-night = Preguntamos a primera hora, desde las { $clock }.
mine-next-by = Después, a más tardar { $when }
mine-next-desk = ¿Nadie ha dicho que sí para entonces? La coordinación busca a alguien. No tienes que pedir otra vez. No te hemos olvidado.
mine-next-keep = Nosotros también seguimos preguntando. No te hemos olvidado.
mine-next-nobody = La coordinación está buscando para ti. Cuando se levante una mano nueva, preguntamos sin que hagas nada.
mine-scarce-h2 = Tus deseos ahora mismo
mine-scarce = Nadie con tiempo hoy cumple todo lo que pediste. Tu petición sigue abierta, y preguntamos en cuanto haya alguien.
mine-scarce-who = Pediste solo: { $who }. Si otras personas también están bien, podríamos preguntar a { $more }.
mine-scarce-times = Pediste estas horas: { $times }. Si cualquier hora está bien, podríamos preguntar a { $more }.
mine-scarce-medicine = Pediste solo a quien ve bien la medicina recetada. Si podemos preguntar también a otras personas, serían { $more }.
mine-scarce-together = Pediste esto: { $wishes }. Si todo eso queda abierto, podríamos preguntar a { $more }.
mine-wished-who = solo { $who }
mine-wished-times = estas horas: { $times }
mine-wished-medicine = solo quien ve bien la medicina recetada
mine-more-few = unas personas más
mine-more-five = 5 o más personas
mine-widen-who = Otras personas también
mine-widen-times = Cualquier hora está bien
mine-widen-medicine = También a otras personas
mine-widen-together = Todo eso queda abierto
mine-scarce-yours = Tú decides. Nada cambia por sí solo, y conservas tu lugar.
mine-mail-stopped = El correo para ti volvió o se marcó como no deseado, así que ahora no te enviamos nada. Sal y entra otra vez, o cambia abajo tu correo, y saldrá de nuevo.
mine-mail-again = El correo para ti volvió o se marcó como no deseado, así que por un tiempo no te enviamos nada. Desde ahora sale otra vez. ¿Tu buzón está lleno, o lees el correo en otro sitio? Abajo puedes cambiar tu correo.
mine-clock = Aquí cambió la hora. ¿Son las { $clock } para ti?
mine-clock-set = No, poner mi reloj en hora
mine-row-open = Escribir a { $name }
mine-row-writes-first = { $name } dijo que sí, y te escribe primero.
mine-row-waits-for-you = Dijiste que sí. { $name } espera una primera línea tuya.
mine-row-live = Se escriben por correo.
mine-row-for-now = { $name } se escribe contigo por ahora.
mine-row-rests = { $name } no está por un tiempo. Puedes escribir igual.
mine-nothing = Ahora no buscas a nadie.
mine-again = Ahora no buscas a nadie. Si quieres a otra persona, conservas tu lugar.
mine-change = Cambiar mi petición
change-keep = Conservas tu lugar. Lo que cambies vale desde ahora.
change-save = Guardar
mine-stop = Dejar de buscar
mine-delete = Borrarlo todo
mine-out = Cerrar sesión

## Name, language, clock, word
me-h1 = Tu nombre y tus ajustes
me-saved = Está guardado.
me-new-word = Tienes una palabra nueva. Desde ahora, todos nuestros correos empiezan con ella.
me-name-full = Eso parece un nombre completo. Basta el nombre de pila. Puedes cambiarlo, o pulsar Guardar para dejarlo así.
me-lang = El idioma de nuestros correos
me-lang-hint = En estas páginas puedes cambiarlo abajo.
me-offset-hint = ¿Son las { $clock } para ti? Entonces déjalo como está.
me-word-h2 = Tu palabra
me-word-why = Puedes tener otra, por ejemplo si alguien la vio.
me-word-press = Dame una palabra nueva
me-device-h2 = ¿Este aparato es solo tuyo?
me-device-why = Entonces tu sesión puede seguir abierta aquí, 30 días como mucho. ¿Lo usa alguien más? Entonces déjalo así: la cerramos a los 30 minutos.
me-device-press = Dejar mi sesión abierta aquí
me-device-kept = Tu sesión sigue abierta aquí por ahora. Puedes cerrarla en tu página cuando quieras.
me-out-h2 = Tus otros navegadores
me-out-why = Cierra tus páginas en todos los navegadores, también aquí. Tu petición y tus contactos siguen.
me-out-press = Cerrar sesión en todas partes
me-email = Tu correo no se muestra, ni siquiera aquí.
me-new-address = Tu correo nuevo funciona. Desde ahora te escribimos ahí.
address-link = Escribirme a otro correo
address-h1 = ¿A dónde te escribimos ahora?
address-hint = Mandamos 8 números ahí, para ver que funciona. Hasta que los escribas, nada cambia. Al buzón de antes va una nota corta.
address-keep = Dejar el de antes
address-taken = Este correo ya está con nosotros. Entra con él.

## What we keep about you
kept-h1 = Lo que guardamos de ti
kept-email = Correo
kept-email-how = Guardado bajo sello. Solo lo abre la parte que manda correos. Ninguna página lo muestra.
kept-clock = Tu reloj
kept-since = Aquí desde
kept-last = Última visita
kept-agreed = Dijiste que tienes 18 años o más
kept-requests = { $n ->
    [one] Tu petición: deseos, horas, nota, y cuándo pediste.
   *[other] { $n } peticiones: deseos, horas, notas, y cuándo pediste.
}
kept-hand = { $n ->
    [one] Tu mano: lo que marcaste, y hasta cuándo está levantada.
   *[other] Tus manos: lo que marcaste, y hasta cuándo están levantadas.
}
kept-vouched = Alguien dio su palabra por tu mano: { $month }.
kept-vouches = { $n ->
    [one] Diste tu palabra por otra persona.
   *[other] Diste tu palabra por otras { $n } personas.
}
kept-offers = { $n ->
    [one] Te pedimos ayuda una vez: cuándo, y qué dijiste.
   *[other] Te pedimos ayuda { $n } veces: cuándo, y qué dijiste.
}
kept-pairs = Tus contactos: { $names }. Cuándo empezó cada uno, el día de la última carta, y cuándo terminó.
kept-questions = { $n ->
    [one] Una pregunta que te mandamos, y cuándo contestaste.
   *[other] { $n } preguntas que te mandamos, y cuándo contestaste.
}
kept-invitations = { $n ->
    [one] Una invitación que hiciste: cuándo, y cuándo se usó.
   *[other] { $n } invitaciones que hiciste: cuándo, y cuándo se usó cada una.
}
kept-desk = { $n ->
    [one] Tu llave de la mesa: la frase de paso como huella, el autenticador bajo sello.
   *[other] Tus llaves de la mesa: las frases de paso como huella, los autenticadores bajo sello.
}
kept-sessions = { $n ->
    [one] Que tienes la sesión abierta en un navegador, y desde cuándo.
   *[other] Que tienes la sesión abierta en { $n } navegadores, y desde cuándo.
}
kept-mail = El correo para ti espera aquí bajo sello hasta que sale. Los números que pediste se van en 24 horas, y un correo que usaste antes también.
kept-never-h2 = Lo que nunca guardamos
kept-never = Lo que escribes, una vez que salió. Apellidos, teléfonos, fechas de nacimiento. Desde dónde te conectas, con qué, y qué páginas miras.
kept-copy-h2 = Llévate una copia
kept-copy-what = Un archivo pequeño, copy.json, con todo esto. Tiene nombres dentro, y tu nota. Guárdalo donde solo mires tú.
kept-copy-press = Quiero mi copia

## While waiting
while-h1 = Mientras esperas
while-link = Reuniones, y algo para leer
while-soon = { $n ->
    [one] Una reunión empieza en las próximas { $hours } horas.
    [2] Dos reuniones empiezan en las próximas { $hours } horas.
    [3] Tres reuniones empiezan en las próximas { $hours } horas.
    [4] Cuatro reuniones empiezan en las próximas { $hours } horas.
    [5] Cinco reuniones empiezan en las próximas { $hours } horas.
    [6] Seis reuniones empiezan en las próximas { $hours } horas.
   *[other] { $n } reuniones empiezan en las próximas { $hours } horas.
}
while-meetings = En una reunión puedes solo escuchar. Nadie anota quién vino. Puedes dejar la cámara apagada.
while-checked = Leímos esta lista por última vez: { $when }. Puede que algo haya cambiado.
while-online-h2 = En línea
while-open = Abrir
while-open-how = Se abre otro sitio. Ahí sirve cualquier nombre de pila.
while-rooms-h2 = En una sala
while-all = Ver dónde hay reuniones
while-read-h2 = Algo para leer

## Stop looking
stop-h1 = ¿Dejar de buscar?
stop-text = Dejamos de preguntar por ti. No tienes que decir por qué. Puedes pedir otra vez cuando quieras.
stop-keep = Seguir buscando

## The two of you
pair-back = Volver a tu página
pair-else = Buscar a otra persona
pair-ended = Este contacto ha terminado.
pair-writes-first = { $name } te escribe primero. Tú también puedes escribir.
pair-waits-for-you = { $name } espera una primera línea tuya. Basta una frase.
pair-live = Se escriben por correo. También puedes escribir aquí.
pair-for-now = { $name } se escribe contigo por ahora. No es quien te apadrina: termina por sí solo después de un tiempo.
pair-for-now-yours = Te escribes con { $name } por ahora. Termina por sí solo después de un tiempo.
pair-rests = { $name } piensa volver el { $day }. Puedes escribir igual.
pair-rests-yours = Diste un paso atrás hasta el { $day }. Con una pulsación vuelves antes.
pair-hands-over = Buscamos a otra persona. Hasta que alguien diga que sí, { $name } sigue.
pair-walked-with = { $name } ha caminado con: { $who }.
pair-rhythm-daily = { $name } piensa contestar casi cada día.
pair-rhythm-few = { $name } piensa contestar unas veces por semana.
pair-rhythm-weekly = { $name } piensa contestar más o menos una vez por semana.
pair-write = Escribe a { $name }
pair-write-hint = { $name } ve solo tu nombre de pila. No guardamos copia de lo que escribes.
pair-answers = La respuesta llega a tu correo. Aquí no se puede leer nada.
pair-empty = Escribe algo primero. Basta una línea.
pair-not-reachable = Por ahora no se puede llegar al otro lado. Guarda tus palabras y prueba otra vez en un día o dos.
pair-long = Es muy largo. Envíalo en dos partes.
pair-many = Son muchas notas en poco tiempo. Espera un rato y envía esta.
pair-holds-number = En tu nota hay un número de teléfono. ¿Quieres dárselo a { $name }?
pair-holds-address = Una dirección de correo nunca sale. La dejamos fuera, para que siga siendo tuya.
pair-numbers-send = Sí, enviar también el número
pair-numbers-out = Dejarlo fuera y enviar
pair-sent = En camino a { $name }.
pair-other-mailbox = Una carta vino de otro buzón y no salió. Escribe desde el que usaste al apuntarte, o aquí.
pair-end-link = No encajamos, o quiero parar
pair-end-link-sponsor = Terminar este contacto

## The end
end-h1 = No encajan. A veces pasa.
end-h1-sponsor = ¿Terminar este contacto?
end-sponsor = No tienes que decir por qué. La otra persona conserva su lugar, y buscamos a alguien más si quiere.
end-keep-place = No tienes que decir por qué. Conservas tu lugar.
end-reads = Lo que leerá { $name }
end-just-stop = Solo parar
end-contact = Terminar el contacto
end-for-good = Cortar el contacto para siempre
end-for-good-what = Para siempre: nada de { $name } te llega más. Nunca volvemos a juntarlos, aunque alguien se vaya y vuelva. { $name } lee lo mismo que está arriba.
end-ended-h1 = Este contacto ha terminado
end-ended-what = Ya no pasa nada en ninguna dirección. No tienes que hacer nada.

## Stepping back
back-h1 = Necesito dar un paso atrás
back-what = Nadie pregunta por qué. No te pedimos nada nuevo, y lo que te pedimos pasa a otras personas. A cada persona que apadrinas le preguntamos a solas qué le ayudaría, y nadie pierde su lugar. Vuelves con una pulsación.
back-that-day = día que elijas
back-press = Dar un paso atrás
back-for-good = ¿Es para siempre? Puedes terminar un contacto en su propia página, y bajar tu mano en la página de tu mano.

## One question
question-h1 = ¿Qué te ayudaría ahora?
question-wait = Esperar un poco más
question-wait-for = Espero
question-for-now = Alguien con quien escribirme por ahora
question-new = Otra persona
question-leave = Dejarlo así
question-still-there = { $name } te escribió. No le debes nada a nadie.
question-going-ok = ¿Va bien con { $name }? Solo tú ves esta pregunta. Si lo terminas, { $name } solo lee que ha terminado.
question-go-on = Tú y { $name } se conocen desde hace un tiempo. ¿Quieres seguir?
question-still-up = Tu mano está levantada. ¿Sigues disponible?
question-go-on-button = Seguir
question-stop = Solo parar
question-end-contact = Terminar este contacto
question-clear = Hace un año que no te vemos. Pronto borramos lo que guardamos de ti: nombre, correo, contactos. ¿Quieres conservarlo?
question-clear-keep = Conservarlo
question-clear-go = Dejarlo ir
question-back = Aquí estoy otra vez
question-stay-down = Dejarla bajada
question-up = Sí, dejarla levantada
question-pause = Hacer una pausa
question-settled = Esto ya está resuelto.
question-nothing = No hay nada que hacer.
answered-new-h1 = Estamos preguntando por ti
answered-new = Conservas tu lugar. Ahora no tienes que hacer nada. Cuando alguien pueda ayudar, te escribirá.
answered-h1 = Está bien
answered-wait = Lo dejamos como está. Puedes cambiar de idea en tu página.
answered-clear-kept = Se queda. Vuelve cuando quieras.
answered-clear-go = Entonces se va en su día, sin otro correo. Hasta entonces puedes cambiar de idea aquí.
answered-waits = Todo sigue igual. Hasta entonces puedes abrir otra vez el enlace del correo y elegir otra cosa.
answered-meanwhile = Buscamos a alguien. Hasta entonces todo sigue igual. No tienes que hacer nada ahora.
answered-leave = Lo dejamos aquí. Puedes pedir a otra persona cuando quieras, en tu página.
answered-stopped = Este contacto ha terminado. No tienes que hacer nada.
answered-up = Tu mano está levantada. Gracias por estar aquí.
answered-hand = Por ahora no te preguntamos. Vuelves con una sola pulsación en tu página.

## Delete everything
delete-h1 = ¿Borrarlo todo?
delete-what = Tu nombre, tu correo, tu petición, tus contactos: todo desaparece al momento. Las copias para emergencias desaparecen en 15 días.
delete-other = Quien te escribe lee que el contacto ha terminado, y nada más. Una carta que ya llegó se queda en su buzón.
delete-how = Para ver que eres tú, mandamos 8 números a tu correo.
delete-keep = Conservarlo todo
delete-all = Borrarlo todo ya
gone-h1 = Ya no está
gone-text = Vuelve cuando quieras. Empezarías de nuevo.
gone-copies = Las copias para emergencias desaparecen en 15 días. Tu buzón y el historial de tu navegador los borras tú.
