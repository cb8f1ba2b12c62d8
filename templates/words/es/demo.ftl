# Spanish: demo
demo-banner = Esto es una demostración. Nadie en ella es real y ningún correo sale de este equipo.
demo-back = Volver a la demostración
