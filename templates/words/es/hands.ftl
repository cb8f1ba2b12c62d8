# Las manos como las ve la mesa

hands-count-up = { $n ->
    [one] { $n } levantada
   *[other] { $n } levantadas
}
hands-count-paused = { $n ->
    [one] { $n } en pausa
   *[other] { $n } en pausa
}
hands-count-soon = { $n ->
    [one] { $n } baja pronto
   *[other] { $n } bajan pronto
}
hands-one-soon = 1 baja el { $day }
hands-nobody = Aún nadie apadrina. Imprime una hoja para la próxima reunión.
hands-print = Imprimir una hoja para la próxima reunión
hands-soon-h2 = Bajan pronto
hands-soon-day = Baja el { $day }, salvo que diga que sigue. Ya le preguntamos.
hands-up-h2 = Levantadas
hands-paused-h2 = En pausa
hands-paused-day = Vuelve el { $day }
hands-resting-h2 = Descansan
hands-no-order = Por nombre de pila, sin más orden. Quién dijo que no a qué no está en esta página.
desk-hands-h2 = Manos
desk-hands-all = Ver todas las manos
