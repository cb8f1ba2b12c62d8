# Spanish: a sponsor's way in, and the page of a hand.

## The invitation
raise-h1 = Ya trabajaste los Pasos
raise-lead = A una persona le vendría bien una hora de tu semana.
raise-asked = Te preguntamos cuando alguien encaja. Dices que sí, o esta vez no. Nunca tienes que decir por qué.
raise-sees = La otra persona ve tu nombre de pila. Nunca tu correo.
raise-pause = Empieza con una persona. Puedes hacer una pausa cuando quieras y nadie pregunta por qué.
raise-begin = Puedo apadrinar
raise-once = Esta invitación vale una vez y es tuya. Lleva unos 4 minutos.
raise-open = Lleva unos 4 minutos. Después, en tu reunión, alguien que te conoce da su palabra por ti. Hasta entonces no te enviamos a nadie.
raise-known = ¿Ya tienes tu página aquí?
raise-how-h2 = Puedes seguir sin invitación
raise-how = Levanta aquí la mano. Después, en tu reunión, alguien que te conoce da su palabra por ti.
raise-without = Seguir sin invitación
raise-used = Esta invitación ya se usó. Si fuiste tú, entra.
raise-too-old = Esta invitación es demasiado antigua. Pide una nueva.
raise-unknown = No conocemos esta invitación. Mira que el enlace esté entero, o pide una nueva.

## Name and email
raise-you-h1 = ¿Quién eres y adónde te escribimos?
raise-name = Cómo quieres que te llamen
raise-name-hint = Un nombre de pila, o el nombre que quieras. Es lo único que ven de ti.
raise-name-empty = Escribe un nombre. Cualquier nombre vale.
raise-name-long = Usa 40 letras o menos.
raise-name-unseen = Este nombre tiene un salto de línea o un signo que no se ve. Escríbelo otra vez.
raise-name-address = Esto parece un correo o una dirección web. Escribe un nombre: lo ven otras personas.
raise-email = Tu correo
raise-email-hint = Nadie a quien apadrines lo ve nunca. Nuestros correos son discretos: el asunto es tu palabra y unas pocas palabras neutras.
raise-email-empty = Escribe tu correo.
raise-email-format = Esto no parece un correo. Lleva un nombre, una @ y un punto, como jo@mail.example.
raise-email-letters = Lo que va antes de la @ tiene letras que muchos servidores no aceptan. Usa otro correo.
raise-email-long = Es más largo de lo que puede ser un correo. Míralo otra vez.
raise-kept = Tus respuestas se quedan en este navegador, 24 horas como mucho, hasta que levantes la mano.

## The promise and the hand
raise-hand-h1 = Levanta la mano
raise-hand-lead = Empieza con una persona. Puedes hacer una pausa cuando quieras y nadie pregunta por qué.
raise-promise-h2 = Lo que prometes
raise-promise-1 = Recorro los Doce Pasos con la persona, como lo hicieron conmigo.
raise-promise-2 = Escribo en uno o dos días, o digo que no puedo.
raise-promise-3 = Lo que me cuentan se queda conmigo.
raise-promise-4 = No presto dinero ni lo pido, y nunca se trata de romance.
raise-may = Marca lo que es verdad en tu caso
raise-steps-all = Trabajé los doce Pasos
raise-steps = { $n ->
    [one] Trabajé 1 Paso
   *[other] Trabajé { $n } Pasos
}
raise-months = { $n ->
    [one] Llevo 1 mes o más
   *[other] Llevo { $n } meses o más
}
raise-may-sponsor = Alguien me apadrina
raise-may-none = Hacen falta todas estas marcas antes de levantar la mano.
raise-adults = Al pulsar el botón dices que tienes 18 años o más, y que cumples esta promesa.
raise-up = Levantar mi mano
raise-next = Después te enviamos 8 números por correo, para ver que funciona. Tu mano se levanta cuando los escribes.
raise-next-open = Después te enviamos 8 números por correo, para ver que funciona. Cuando los escribes, tu mano espera a alguien que te conozca.

## The code
raise-elsewhere-h1 = Aquí no hay nada que escribir
raise-elsewhere = Estos números valen en el navegador donde los pediste.
raise-elsewhere-again = Empieza aquí otra vez, con tu invitación si tienes una. Todavía vale si tu mano no está levantada. Si ya lo está, entra.

## The boxes of a hand
hand-times = ¿Cuándo tienes tiempo?
hand-times-hint = Según tu reloj.
hand-times-none = Marca al menos un horario.
hand-accepts = Personas a las que puedo apadrinar
hand-accepts-hint = Marca todo lo que encaje.
hand-accepts-none = Marca "Cualquier persona", o a quién puedes apadrinar.
hand-capacity = ¿A cuántas personas puedes apadrinar?
hand-capacity-hint = Empieza con una.
hand-weekly = ¿Cuántas veces por semana podemos preguntarte?
hand-weekly-hint = Nunca más de esto. Siempre puedes decir esta vez no.
hand-rhythm = ¿Cada cuánto piensas escribir?
hand-rhythm-hint = Lo leen después de tu sí.
hand-rhythm-daily = Todos los días
hand-rhythm-few = Unas veces por semana
hand-rhythm-weekly = Una vez por semana
hand-languages = Idiomas en los que puedes escribir
hand-languages-hint = Marca todo lo que encaje.
hand-languages-none = Marca al menos un idioma.
hand-describes = ¿Cómo te describes?
hand-describes-hint = Puedes dejarlo vacío. Hay quien pide a alguien como tú. No se muestra junto a tu nombre.
hand-walked = He caminado con …
hand-walked-hint = Puedes dejarlo vacío. Hay quien busca a alguien así.
hand-walked-told = Se puede decir
hand-walked-told-hint = La persona a quien digo que sí lo lee en su página. La coordinación lee que tengo lo que pidió.
hand-medicine = ¿Ves bien que alguien tome medicina recetada?
hand-medicine-hint = Nadie sabe lo que respondes. A nadie se le pregunta qué toma.
hand-medicine-yes = Sí
hand-medicine-no = No
hand-now = Puedo escribir por ahora
hand-now-hint = Cuando alguien espera a quien le apadrine, te escribes con esa persona por un tiempo. No ocupa ninguno de tus lugares.
hand-night = Me pueden preguntar de noche
hand-night-hint = Si no, te escribimos solo de 08:00 a 21:00.
hand-offset = ¿Qué hora es ahora donde estás?
hand-offset-hint = Para no despertarte.
hand-pick-one = Elige uno de la lista.

## A hand that is up, on its owner's page
hand-h2 = Tu mano
hand-h1 = Tu mano
hand-nothing = No hay nada pendiente. Gracias por estar aquí.
hand-up = Tu mano está levantada hasta: { $when }.
hand-paused = Tu mano descansa hasta: { $when }. Después vuelve a subir por sí misma.
hand-lapsed = Tu mano bajó por sí misma al cabo de un tiempo. Con pulsar una vez vuelve a subir.
hand-down = Tu mano está bajada. Con pulsar una vez vuelve a subir.
hand-down-pending = Tu mano está bajada. Con pulsar una vez vuelve a esperar a alguien que te conozca.
hand-pending = Tu mano espera a alguien que te conozca. En tu reunión, di a la coordinación: { $name }, { $word }.
hand-pending-more = También puede dar su palabra quien ya apadrina aquí desde hace un tiempo. Hasta entonces no te enviamos a nadie.
hand-at-first = { $places ->
    [one] Los primeros { $days } días hay un lugar. Después eliges tú.
   *[other] Los primeros { $days } días hay { $places } lugares. Después eliges tú.
}
hand-suspended = Tu mano está en pausa mientras miramos algo. No pedimos a nadie que te escriba.
hand-room = { $n ->
    [0] Ahora no tienes sitio.
    [one] Tienes sitio para 1 persona.
   *[other] Tienes sitio para { $n } personas.
}
hand-open = { $n ->
    [one] Una pregunta espera tu respuesta. El enlace está en tu correo.
   *[other] { $n } preguntas esperan tu respuesta. Los enlaces están en tu correo.
}
hand-pairs-h3 = Personas con las que te escribes
hand-pair-first = { $name } espera una primera línea tuya.
hand-pair-theirs = La última carta es de { $name }. Sin prisa.
hand-pair-yours = La última carta a { $name } es tuya.
hand-pair-rests = { $name } sabe que no estás.
hand-pair-for-now = Por ahora: { $text }
hand-see = Ver o cambiar tu mano
hand-saved = Guardado.
hand-back = Levantar mi mano otra vez
hand-longer = Dejarla levantada más tiempo
hand-lower = Bajar mi mano
hand-lower-hint = Las personas con las que te escribes se quedan. Lo que te preguntamos pasa a otras manos.
hand-change-h2 = Cambiar lo que ofreces
hand-pause-h2 = Tomar un descanso
hand-pause = ¿Por cuánto tiempo?
hand-pause-hint = Nadie pregunta por qué. Después tu mano vuelve a subir por sí misma.
hand-pause-weeks = { $n ->
    [one] 1 semana
   *[other] { $n } semanas
}
hand-pause-date = Hasta el día que yo elija
hand-pause-press = Empezar el descanso
hand-until = El día en que vuelves
hand-until-hint = Como 2027-01-31. Solo para la última opción de arriba.
hand-until-bad = Escribe un día a partir de mañana, dentro de un año. Como 2027-01-31.

## Giving one's word for another
vouch-link = Dar mi palabra por alguien
vouch-h1 = ¿Conoces a alguien que espera?
vouch-lead = En una reunión te dice su nombre y su palabra. Escribe los dos aquí. Da tu palabra solo por alguien a quien conoces.
vouch-name = Su nombre de pila
vouch-name-empty = Escribe el nombre que te dijo.
vouch-word = Su palabra
vouch-word-empty = Escribe la palabra que te dijo.
vouch-press = Sé quién es: sí
vouch-noted = Gracias. Anotamos tu palabra.
vouch-not-here = Este nombre y esta palabra no van juntos aquí. Pregúntale otra vez.
vouch-not-yours = Esto lo decide otra persona de la coordinación.
vouch-not-yet = Podrás hacerlo más adelante, cuando tu mano lleve un tiempo aquí. La coordinación puede hacerlo hoy.
vouch-back = Volver a tu mano
