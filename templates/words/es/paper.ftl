# Spanish: paper for the next meeting. Most of what it says stands in public.ftl and raise.ftl.

paper-kinds = Papel para la próxima reunión
paper-sheet = Una hoja para la reunión
paper-flyer = Un cartel con tiras para llevar
paper-how = Imprime esta página desde el menú de tu navegador. Solo sale el papel de abajo, en una página.
paper-square = La dirección de abajo, como cuadro para escanear
paper-sheet-h1 = ¿Quién puede apadrinar esta semana?
paper-sheet-lead = Levanta la mano y después escanea.
paper-sheet-ticks = Puedes, si esto es verdad
paper-flyer-ask = Basta un nombre de pila.
paper-flyer-strips = Llévate una. Tiene una dirección, y nada más.
