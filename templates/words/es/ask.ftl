# Spanish: asking, and the numbers from the mail.

ask-question = Pregunta { $n } de 3
ask-again = Tus respuestas se quedaron un día en este navegador y ya no están. Puedes empezar otra vez aquí.

## Name
ask-name-h1 = ¿Cómo te llamamos?
ask-name-hint = Un nombre de pila, o el nombre que quieras. Lo ve quien te apadrina.
ask-name-empty = Escribe un nombre. Cualquier nombre vale.
ask-name-long = Que tenga 40 letras o menos.
ask-name-unseen = Quita los saltos de línea y los signos que nadie puede ver.
ask-name-address = Esto parece un correo o una dirección web. Escribe un nombre: lo ve quien te apadrina.
ask-name-full = Eso parece un nombre completo. Basta el nombre de pila. Puedes cambiarlo, o pulsar Continuar para dejarlo así.

## Email
ask-email-h1 = ¿Dónde te escribimos?
ask-email-hint = Quien te apadrina nunca lo ve. Nuestros correos no dicen nada por fuera: el asunto es tu palabra y «mensaje nuevo».
ask-email-format = Escribe un correo como nombre@example.com
ask-email-letters = El correo no llega con estas letras. Usa uno con letras simples antes de la @.
ask-email-long = Es más largo de lo que puede ser un correo.
ask-email-ours = Esa es una dirección nuestra. Escribe la que usas para leer tu correo.
ask-email-meant = ¿Querías decir { $email }?
ask-email-fix = Usar { $email }
ask-email-keep = Dejarlo así

## Wishes
ask-who-h1 = ¿Con quién te sentirías bien hablando?
ask-who-hint = Puedes marcar más de una opción. Todo esto ya está puesto. Puedes seguir sin más.
ask-who-unsaid = No quiero decirlo
ask-who-language-none = Marca al menos un idioma.
ask-must = ¿Y si no encontramos a nadie así?
ask-must-nice = Preguntar también a más personas
ask-must-only = Seguir buscando solo así
ask-languages-more = Idiomas
ask-languages = ¿En qué idiomas puedes escribir?
ask-times-more = Horas
ask-times = ¿Cuándo tienes tiempo?
ask-times-hint = Si no marcas nada, vale cualquier hora.
ask-offset = ¿Qué hora es para ti ahora?
ask-offset-hint = Así «noche» es tu noche.
ask-sponsor-more = Más sobre quien te apadrine
ask-walked = Alguien que ha caminado con …
ask-walked-hint = Marca hasta tres. Preguntamos a quien encaje, y a esas personas primero.
ask-walked-many = Marca tres como mucho.
ask-medicine = Solo quien ve bien la medicina recetada
ask-medicine-hint = No dice nada de ti, y nadie sabe que lo marcaste.
ask-you-more = Sobre ti
ask-you = ¿Cómo te describes?
ask-you-hint = Hay quien apadrina solo a mujeres, por ejemplo. Si lo dices, también podemos preguntarles.
ask-note-more = Una nota para quien te apadrine
ask-note = ¿Hay algo que quieras contar a quien te apadrine?
ask-note-hint = Hasta 300 letras. Solo la lee quien dice que sí. No pongas apellidos ni teléfonos.
ask-note-long = Que tenga 300 letras o menos.
ask-note-unseen = Quita los signos que nadie puede ver.

## Check
ask-check-h1 = ¿Está bien así?
ask-check-lead = No se envía nada hasta que pulses el botón.
ask-check-name = Nombre
ask-check-email = Correo
ask-check-who = Te sentirías bien con
ask-check-must = Solo: { $who }
ask-check-languages = Idiomas
ask-check-times = Horas
ask-check-sponsor = Quien te apadrine
ask-check-sponsor-any = Nada más
ask-check-walked = Ha caminado con: { $who }.
ask-check-medicine = Ve bien la medicina recetada.
ask-check-you = Sobre ti
ask-check-note = Nota
ask-check-adults = Al pulsar enviar dices que tienes 18 años o más.
ask-check-send = Enviar mi petición
ask-check-kept = Hasta entonces tus respuestas están solo en este navegador. Después de un día se van solas.
ask-check-too-many = Ya mandamos números a este correo varias veces. Espera una hora y pulsa enviar otra vez.

## The numbers
numbers-h1 = Escribe los 8 números del correo
numbers-hint = Puedes pegarlos. Los espacios no importan.
numbers-after = Están en el asunto, después de tu palabra
numbers-old-word = No hace falta abrir el correo. Si ya estuviste aquí, es la palabra que ya tienes.
numbers-subject = Están en el asunto, después de tu palabra. No hace falta abrir el correo.
numbers-again = Mandar números nuevos
numbers-other = Usar otro correo
numbers-slow-hour = A veces el correo tarda 10 minutos. Puedes cerrar esta página. Los números sirven una hora, en este navegador.
numbers-slow-short = A veces el correo tarda unos minutos. Los números sirven 10 minutos, en este navegador.
numbers-sent = Los números nuevos van en camino. Los de antes ya no sirven.
numbers-format = Escribe los 8 números del correo.
numbers-wrong = Esos no son los últimos números. Mira el último correo.
numbers-old = Esos números eran muy viejos. Acabamos de mandarte otros.
numbers-tries = Ya van 5 veces y no eran los números. Acabamos de mandarte otros.
numbers-too-many = Ya te mandamos números varias veces. Espera una hora y pide otros.
numbers-used-h1 = Estos números ya hicieron su trabajo
numbers-used = Si fuiste tú, todo está bien. Entra para ver tu página.
numbers-elsewhere-h1 = Los números sirven donde los pediste
numbers-elsewhere = Vuelve al navegador donde los pediste y escríbelos allí. O pide otra vez aquí.
numbers-elsewhere-ask = Pedir otra vez aquí

## Done
ask-done-h1 = Tu petición está en marcha, { $name }
ask-done-nothing = Ahora no tienes que hacer nada.
ask-done-writes = Cuando alguien pueda apadrinarte, te escribirá por correo.
ask-done-page = Ver cómo va
ask-done-help = ¿Hoy es difícil? No tienes que esperar.
