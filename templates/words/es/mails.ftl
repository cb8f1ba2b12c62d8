# Spanish: mails of ours, and our words around a letter.

## Subjects: only what lists/es/neutral.txt has
mails-subject = { $word }: { $phrase }
mails-subject-code = { $code } es tu código
mails-subject-all-set = todo listo
mails-subject-can-you-help = ¿puedes ayudar esta semana?
mails-subject-you-are-in = ya estás dentro
mails-subject-hello-is-due = falta un saludo
mails-subject-choice = una opción para ti
mails-subject-change = un cambio
mails-subject-on-hold = en pausa por ahora
mails-subject-did-not-go = tu nota no salió
mails-subject-left-out = algo quedó fuera
mails-subject-update = una novedad
mails-subject-note-waiting = hay una nota esperando
mails-subject-still-there = ¿sigues ahí?
mails-subject-one-question = una pregunta
mails-subject-rest = te dimos un descanso
mails-subject-still-up = ¿sigues disponible?
mails-subject-clear = vamos a borrar esto
mails-subject-look = mira esto hoy
mails-subject-needs-you = { $n ->
    [one] 1 cosa te espera
   *[other] { $n } cosas te esperan
}
mails-subject-server = mira el servidor
mails-subject-mark = la marca de la semana
mails-subject-stopped = ya está parado
mails-subject-numbers = números

## Around the text
mails-hello = Hola.
mails-hello-name = Hola, { $name }.
mails-footer = Este correo se envía solo.
mails-footer-stop = Contesta ALTO para terminar esto. Contesta AYUDA si algo no está bien.
mails-footer-page = Tu propia página: { $link }
mails-nothing-yet = No pasa nada hasta que pulses un botón.
mails-if-hard = Si hoy es difícil, puedes hablar con alguien. Estados Unidos y Canadá: llama o escribe al 988. España: llama al 024. México: llama al 800 911 2000. En peligro, llama a tu número de emergencia.

## Codes
mails-code-how = Escribe estos números en la página donde los pediste. Sirven { $n } minutos, solo en ese navegador.
mails-code-leave = Escribe estos números para borrar todo lo tuyo. Sirven { $n } minutos, solo en ese navegador.
mails-code-known = Ya nos conocemos. Estos números abren tu página.
mails-code-new = Todavía no tenemos nada con este correo. Puedes empezar de nuevo.
mails-code-taken = Ya estás con nosotros con este correo. Entra con él: estos números no cambian nada.
mails-code-forget = ¿No pediste esto? Entonces puedes olvidarlo. Sin estos números no pasa nada.

## Waiting
mails-all-set = Tu petición está en marcha. Ahora no tienes que hacer nada. Cuando alguien pueda ayudar, te escribirá.
mails-all-set-word = Todos nuestros correos empiezan con tu palabra, { $word }. Puedes parar cuando quieras en tu página.
mails-asked-from = Coordinación eligió un día: seguimos preguntando desde el { $day }. Conservas tu lugar.
mails-asked-from-now = Puedes pedirnos que preguntemos ya. Tu página tiene un botón para eso.
mails-update = Seguimos preguntando. No te hemos olvidado.
mails-update-desk = La coordinación también está buscando.
mails-update-nothing = No tienes que hacer nada.
mails-choice = { $name } dijo que sí y aún no ha escrito. A veces pasa. No tiene que ver contigo.
mails-choice-here = Puedes esperar, o te buscamos a otra persona. Elige aquí:

## Offers and hands
mails-offer-asked = Alguien pidió una persona con quien hablar.
mails-offer-for-now = A alguien le vendría bien escribirse con una persona por ahora.
mails-offer-wishes = { $languages }. { $times }. { $who }. ¿Puedes ayudar esta semana?
mails-offer-answer = Míralo y contesta aquí:
mails-offer-asked-on = Si no es para ti, está bien. Seguimos preguntando a más tardar el { $by }.
mails-you-are-in = Tu mano está levantada. Cuando alguien pida una persona como tú, te escribimos.
mails-you-are-in-pause = Puedes hacer una pausa cuando quieras en tu página. Nadie pregunta por qué.
mails-hello-is-due = Dijiste que sí, y { $name } espera una primera línea tuya. Basta una frase.
mails-hello-is-due-page = Puedes escribirla en tu página. ¿No es buen momento? También puedes dejarlo ahí, sin dar razones.
mails-note-waiting = { $name } te escribió hace unos días y espera una línea. Basta una frase.
mails-note-waiting-page = Contesta a ese correo, o escribe en tu página. ¿No es buen momento? Puedes dejarlo ahí, sin dar razones.
mails-still-there = { $name } te escribió y no sabe nada de ti. No le debes nada a nadie. Cuando quieras, contesta a ese correo.
mails-still-there-here = O dinos aquí que quieres parar:
mails-one-question = Tú y { $name } se conocen desde hace un tiempo. ¿Va bien? Solo tú ves esta pregunta.
mails-stepped-back = { $name } tiene que alejarse por un tiempo, y piensa volver el { $day }. No tiene que ver contigo.
mails-stepped-back-here = Conservas tu lugar. ¿Qué te ayudaría hasta entonces? Elige aquí:
mails-rest = Te preguntamos dos veces y no supimos nada. Está bien. Bajamos tu mano por ahora, para que tengas calma.
mails-rest-here = Vuelves con una sola pulsación aquí:
mails-still-up = Tu mano se baja sola el { $day }. ¿Sigues disponible? Dínoslo aquí:

## The end of a contact
mails-clear = Hace un año que no pasas por aquí. El { $day } borramos lo que guardamos de ti: nombre, correo, contactos. ¿Quieres conservarlo? Dilo aquí:
mails-address = Desde ahora nuestros correos para ti van a otra dirección. Lo pediste en tu página.
mails-address-not-you = ¿No lo pediste tú? Dilo pronto a la coordinación.
mails-ended = Tu contacto con { $name } ha terminado. No tiene que ver contigo.
mails-ended-question = Conservas tu lugar. ¿Qué te ayudaría ahora? Elige aquí:
mails-ended-page = Conservas tu lugar. Puedes pedir a otra persona en tu página.
mails-ended-for-now = Era por ahora. En tu página ves cómo va todo.
mails-ended-sponsor-for-now = Tu contacto con { $name } ha terminado, con gracias.
mails-on-hold = Tu contacto con { $name } está en pausa por ahora. Nada pasa en ningún sentido hasta que la mesa haya mirado.
mails-on-hold-what = No tienes que hacer nada. Tendrás noticias nuestras.
mails-ended-sponsor = Tu contacto con { $name } ha terminado, con gracias. Hay sitio para alguien más cuando quieras.

## A letter that was not passed on
mails-did-not-go-ended = Este contacto ha terminado, así que tu nota no salió. Tu propia página muestra qué puedes hacer ahora.
mails-did-not-go-too-big = Tu nota era demasiado grande y no salió. Envíala otra vez solo con palabras, sin imágenes.
mails-did-not-go-empty = No encontramos palabras nuevas en tu nota y no salió. Escribe encima de la línea que ponemos y envíala otra vez.
mails-did-not-go-locked = Tu nota venía cerrada (cifrada) y no salió. No pudimos comprobar que no muestra tu correo. Envíala otra vez como texto simple.
mails-did-not-go-bounced = Por ahora no se puede llegar al otro lado, así que tu nota no salió. Prueba otra vez en un día o dos.
mails-did-not-go-bounced-name = Por ahora no se puede llegar a { $name }, así que tu nota no salió. Prueba otra vez en un día o dos.
mails-did-not-go-other-mailbox = Llegó una nota desde otro buzón y no salió. Escribe desde el que diste al empezar, o en tu página.
mails-did-not-go-kept = Algo en tu nota podía mostrar quién eres, así que no salió. Envíala otra vez solo con tus palabras.
mails-did-not-go-on-hold = Tu nota no salió. Este contacto está en pausa por ahora, y nada pasa en ningún sentido.
mails-did-not-go-too-many = Llegaron tantas notas en poco tiempo que esta no salió. Envíala otra vez dentro de una hora.
mails-left-out = Algo en tu nota parecía un teléfono o un correo. Lo dejamos fuera y pasamos lo demás.
mails-left-out-why = Lo hacemos para que nadie comparta uno por accidente. ¿Quieres dar un número de teléfono? Escríbelo en tu página; preguntamos una vez, y sale.

## A letter that went to others too
mails-others = Tu nota tenía a otras personas en Para o CC. Tu propio programa de correo se la envió, así que ven tu dirección real.
mails-others-why = Por nuestra parte salió como siempre, sin tu dirección. La próxima vez, contesta a una sola dirección.

## One word as an answer
mails-stopped-contact = Tu contacto con { $name } ha terminado, y ya no pasan más notas. A { $name } solo le decimos que terminó.
mails-stopped-hand = Tu mano está abajo, y nadie te pregunta. En tu página la levantas otra vez con un toque, cuando quieras.
mails-stopped-request = Dejamos de buscar. Puedes volver cuando quieras; en tu página es un toque.
mails-stopped-already = Eso ya había terminado, así que no quedaba nada que parar.
mails-how-to-stop = Quieres parar, y no sabemos qué. Todavía no se ha parado nada.
mails-how-to-stop-page = En tu página puedes parar cada cosa con un toque. O contesta con la sola palabra ALTO al correo que quieres parar.
mails-numbers = Aquí está lo que pediste. Lo tienes abajo.
mails-numbers-desk = ¿Algo no está bien con un contacto? Ábrelo en tu página y pulsa "Algo no está bien". Se detiene al momento, y una persona de la coordinación lee lo que escribas.
mails-how-to-write = Nadie lee lo que llega a esta dirección, así que tu nota no llegó a nadie.
mails-how-to-write-page = Para escribir a alguien, contesta a su propio correo, o escribe en tu página.

## The desk
mails-look = { $n ->
    [one] Hoy te espera una cosa. Mírala aquí:
   *[other] Hoy te esperan { $n } cosas. Míralas aquí:
}
mails-test = Escribe estos números en la página donde los pediste. Sirven hoy y mañana.
mails-test-answer = Después contesta este correo con las palabras que quieras. Así se ve que el correo también entra. Nadie lee tu respuesta.
mails-footer-mark = Marca: { $mark }
mails-mark = La marca de esta semana es { $mark }.
mails-mark-why = Vale por todo lo que la mesa ha hecho hasta ahora. Si eso se cambia después, la marca ya no encaja.
mails-mark-keep = No tienes que hacer nada. Guarda este correo y bórralo al cabo de un año.
mails-nobody-may-see = El servidor que cuidas te necesita. Nada está roto, pero hay algo que no puede seguir sin ti.
mails-nobody-may-see-how = Un caso no tiene a nadie de la coordinación que pueda verlo. Ejecuta "show-of-hands invite coordinator" en el servidor y entrega el enlace. El caso le llega solo.

## Around a letter
letter-greeting = Hola, { $name }:
letter-lead = { $name } te ha escrito, y la nota está más abajo. Para contestar, responde a este correo y escribe encima de esta línea. Pasamos tus palabras y tu nombre de pila, y nada que muestre de dónde viene tu correo.
letter-footer = Pasamos esto y no guardamos copia. Puedes parar cuando quieras: contesta con la sola palabra ALTO, o usa tu propia página. Entre ustedes: sin dinero, sin romance, sin dónde vivir, sin órdenes. Dos contactos es normal.
letter-new-message = mensaje nuevo
letter-left-out = [queda fuera]
letter-earlier = Antes:
# Answered by us where one of them is the whole new text of a letter; divided by |.
letter-stop-words = STOP | ALTO | PARA | PARAR | BASTA
letter-help-words = HELP | AYUDA | AUXILIO | SOCORRO
letter-pictures = { $n ->
    [one] 1 imagen
   *[other] { $n } imágenes
}
letter-documents = { $n ->
    [one] 1 documento
   *[other] { $n } documentos
}
letter-files = { $n ->
    [one] 1 archivo
   *[other] { $n } archivos
}
letter-and = { $first } y { $last }
letter-not-passed-on = { $n ->
    [one] No se pasó { $what }.
   *[other] No se pasaron { $what }.
}
