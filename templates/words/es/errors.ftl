# Spanish: pages of trouble. Each says what became of the answers, and none says why for a person.
not-here-title = Esta página no está aquí
not-here-text = Si hiciste una petición, está a salvo. Puedes empezar otra vez desde la primera página.
sorry-unclear-title = No entendimos eso
sorry-unclear-text = Nada ha cambiado. Vuelve atrás y prueba otra vez.
sorry-large-title = Era demasiado largo
sorry-large-text = No se envió nada. Vuelve atrás y hazlo más corto.
sorry-wait-title = Hay mucha gente aquí ahora
sorry-wait-text = No se ha perdido nada. Espera un minuto y prueba otra vez.
sorry-busy-title = Volvemos en un momento
sorry-busy-text = Lo que enviaste antes está a salvo. Espera un minuto y prueba otra vez.
sorry-bug-title = Algo se rompió de nuestro lado
sorry-bug-text = No fuiste tú. Lo que enviaste antes está a salvo. Lo que acabas de escribir quizá no se guardó.
sorry-help = ¿Necesitas ayuda ahora? Los números funcionan aunque esta página no.
sorry-start = Ir a la primera página
cookies-off-title = Tu navegador no guardó nuestra cookie
cookies-off-text = Hace falta una pequeña cookie para guardar tus respuestas hasta que las envíes. Permite las cookies en este sitio y pide otra vez.
