# Spanish: the page behind the link of an offer.
offer-h1 = ¿Puedes ayudar esta semana?
offer-lead = Alguien pidió una persona con quien hablar.
offer-lead-for-now = { $n ->
    [one] A alguien le vendría bien escribirse con una persona por ahora. ¿Puedes tú, { $n } día como mucho? No ocupa ninguno de tus lugares.
   *[other] A alguien le vendría bien escribirse con una persona por ahora. ¿Puedes tú, { $n } días como mucho? No ocupa ninguno de tus lugares.
}
offer-lapsed = Seguimos preguntando. Todavía puedes decir que sí.
offer-language = Idioma
offer-times = Buenos momentos
offer-times-like-you = { $times }, igual que tú
offer-times-any = A cualquier hora
offer-who = Pidió
offer-walked = Has caminado con, como desea
offer-room = Tu sitio
offer-room-for = { $n ->
    [one] Tienes sitio para 1 persona
   *[other] Tienes sitio para { $n } personas
}
offer-hello-label = Tu saludo
offer-hello-hint = Cámbialo si quieres. Ponemos su nombre de pila delante. De ti ve solo tu nombre de pila.
offer-hello = Soy { $name }. He estado donde estás tú. No tienes que explicar nada. ¿Cuándo es buen momento para escribirnos?
offer-hello-long = Hazlo más corto: 2000 letras o menos.
offer-hello-unseen = Tu saludo tiene un signo que no se ve. Escribe esa parte otra vez.
offer-yes = Sí, y saludar
offer-not-now = Esta vez no
offer-quiet = No pasa nada hasta que pulses un botón. Nadie se entera si dices esta vez no.
offer-ask-on = Si no haces nada, preguntamos a otra persona a más tardar el { $by }. Después todavía puedes decir que sí, si aún espera.
offer-late = Todavía puedes decir que sí, mientras siga esperando.

## How it stands
offer-said-yes = Dijiste que sí.
offer-said-yes-name = Ahora te escribes con { $name }.
offer-said-yes-for-now = Te escribes con { $name } por ahora. Termina por sí solo después de un tiempo.
offer-note = Lo que escribió { $name } al pedirlo
offer-hello-sent = Tu saludo va en camino. Su respuesta llega a tu correo. Contestas allí, como a cualquier correo.
offer-hello-owed = Todavía no has escrito. Basta una frase. Entra para escribirla.
offer-sign-in = Entrar
offer-said-not-now = Gracias por mirarlo. Nadie se entera.
offer-said-not-now-more = Te preguntamos de nuevo cuando alguien encaje. En tu propia página puedes tomar un descanso.
offer-taken = Alguien ya dijo que sí, gracias.
offer-moved-on = Esta petición siguió su camino. No hiciste nada mal.
offer-full-for-now = Ya te escribes con alguien por ahora, gracias.
offer-no-room = Ahora no tienes sitio. Entra para hacer sitio.
offer-thanks = No hay nada que hacer. Tu mano sigue como está.
