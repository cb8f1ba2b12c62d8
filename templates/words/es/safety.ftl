# Algo no está bien, las reglas de un contacto, y los casos en la mesa.

not-right-link = Algo no está bien
not-right-back = Volver a { $name }
not-right-h1 = Algo no está bien
not-right-what = Si envías esto, el contacto con { $name } para enseguida, en los dos sentidos. { $name } solo lee que está en pausa. No lee por qué, ni lo que escribes aquí.
not-right-is = ¿Qué pasa, más o menos?
not-right-is-unsafe = No me siento a salvo
not-right-is-personal = Me pidió una cita, o lo hizo personal
not-right-is-money = Me pidió dinero, u otra cosa
not-right-is-pushed = Me presionó
not-right-is-hurtful = Escribió algo que duele
not-right-is-young = Puede tener menos de 18
not-right-is-other = Otra cosa
not-right-words = Con tus palabras, si quieres
not-right-words-hint = Lo lee una sola persona de la mesa. Puedes dejarlo vacío.
not-right-pasted = Líneas de una carta, si quieres mostrar alguna
not-right-pasted-hint = No guardamos cartas, así que nadie puede mirar. Copia solo lo que quieres que se lea.
not-right-named = ¿Alguien de la mesa tiene que ver con esto?
not-right-named-hint = Si es así, esto no le llega.
not-right-named-nobody = No, o no lo sé
not-right-send = Enviar, y parar el contacto
not-right-pick = Elige lo más cercano, o escríbelo con tus palabras.
not-right-long = Es muy largo. Envía lo más importante.
not-right-many = El contacto está parado. Hoy enviaste mucho: escribe el resto mañana.
not-right-sent-h1 = El contacto está parado
not-right-sent = Alguien de la mesa lo lee hoy. Ya no te llega nada de { $name }. No tienes que hacer nada.
not-right-young = Si alguien tiene menos de 18: en estas líneas también hablan con gente joven, y no piden tu nombre.
not-right-help = Si necesitas a alguien ahora mismo, estos números están abiertos.
not-right-gone = Aquí ya no se guarda nada de este contacto, así que nadie puede consultarlo.
not-right-gone-tell = Si algo no estuvo bien, cuéntaselo a alguien de la coordinación en tu reunión. Todavía puede actuar.
pair-held = Este contacto está en pausa. Por ahora no pasa nada en ningún sentido.
mine-row-held = En pausa por ahora.
hand-pair-held = Tu contacto con { $name } está en pausa.

rules-h2 = Entre ustedes
rules-none = Sin dinero, sin romance, sin dónde vivir, sin órdenes.
rules-two = Puedes escribir con más de una persona. Dos es normal.
rules-stop = Escribe ALTO, o púlsalo aquí, y se acaba. Nadie pregunta por qué.

cases-h1 = Casos
cases-none = Aquí no hay nada para ti. Eso es bueno.
cases-link = { $n ->
    [one] 1 caso te necesita
   *[other] { $n } casos te necesitan
}
cases-all = Casos
cases-on-hold-since = En pausa desde { $when }
cases-look = Mirar
cases-back = Volver a los casos
case-h1 = { $accused }, según { $reporter }
case-left = Alguien que se fue
case-hold = El contacto ya está en pausa. Nadie sabe por qué.
case-reporters = { $n ->
    [one] Una persona ha dicho algo.
   *[other] { $n } personas han dicho algo.
}
case-hand-off = Su mano está abajo hasta que la mesa lo quite.
case-open-h2 = Lo que se escribió
case-open-what = Se abre solo para ti. Queda escrito que lo abriste.
case-open = Abrirlo
case-words = Con sus palabras
case-pasted = Líneas de una carta
case-empty = No se escribió nada.
case-decide-h2 = ¿Y ahora?
case-decide-what = Todo esto termina el contacto. Cada persona lee solo esto:
case-ended = Terminar el contacto, nada más
case-rested = Terminarlo, y que la mano descanse un tiempo
case-ban = Terminarlo, y proponer que no vuelva
case-ban-what = Para que no vuelva hace falta otra persona de la mesa. Hasta entonces la mano descansa.
case-done = Hecho. Leerán que el contacto ha terminado.
bans-h2 = Hace falta otra voz
bans-what = { $by } propone que alguien no vuelva por mucho tiempo. Motivo: { $reason }.
bans-what-left = Alguien que dejó la mesa propone que alguien no vuelva por mucho tiempo. Motivo: { $reason }.
bans-yes = Sí, confirmo
bans-no = No, dejarlo así
suspended-h2 = Manos que la mesa bajó
suspended-until = Bajada hasta el { $day }, si nadie dice otra cosa.
suspended-for-now = Bajada hasta que alguien lo levante.
suspended-lift = Dejar que la mano se levante
suspended-keep = Dejarla bajada
