# Spanish: the first steps of a new desk.

start-h1 = Primeros pasos
start-lead = { $n ->
    [one] Queda 1 paso.
   *[other] Quedan { $n } pasos.
}
start-all-done = Todo esto está hecho o saltado. Gracias. Aquí no queda nada por hacer.
start-how = Sigue el orden que quieras y salta lo que no sea para ti. Toda la coordinación ve la misma lista.
start-not-begun = Sin empezar
start-done = Hecho el { $day }
start-skipped = Saltado el { $day }
start-skip = Saltar

start-mail-out-h2 = El correo sale
start-mail-out = Envíate una prueba. Llega a tu propio correo. ¿Llegó? Escribe los números.
start-test = Enviarme un correo de prueba
start-test-again = Enviar otro correo de prueba
start-digits = Las 8 cifras del correo de prueba
start-digits-hint = Puede tardar 10 minutos. ¿No hay nada? Mira en el correo no deseado y avisa a quien lleva este servicio.
start-digits-go = Llegó
start-digits-wrong = Estas no son las cifras del correo de prueba. Mira el más nuevo.

start-mail-in-h2 = El correo entra
start-mail-in = Contesta el correo de prueba con las palabras que quieras. Cuando tu respuesta esté aquí, dirá hecho.
start-look = Mirar otra vez

start-numbers-h2 = Números para llamar
start-numbers = Léelos. ¿Sirven donde vive tu gente?
start-numbers-link = Ver los números
start-numbers-go = Los leí

start-rota = Está hecho cuando alguien toma esta semana o la próxima. El correo sobre quienes esperan le llega entonces.
start-rota-link = Tomar una semana

start-sheet-h2 = La primera hoja
start-sheet = Imprime la hoja para una reunión y llévala contigo.
start-sheet-link = Ver la hoja
start-sheet-go = Impresa
start-open = { $n ->
    [one] Primeros pasos: queda { $n }
   *[other] Primeros pasos: quedan { $n }
}
