# Lo que dicen las páginas además de las palabras de cada área.

## Marco

web-today = Hoy
web-accounts = Cuentas
web-journey = Recorrido
web-health = Salud
web-revenue = Ingresos
web-skip = Saltar al contenido
web-areas = Áreas
web-more-areas = Más
web-crumbs = Dónde estás
web-search = Buscar cuentas
web-as-of = A fecha de
web-as-of-day = Mostrar lo que se sabía el día
web-go = Ver
web-other-language = English
web-theme = Claro u oscuro
web-today-word = hoy
web-stale = El dato más reciente es del { $newest }, hace { $days ->
    [one] { $days } día
   *[other] { $days } días
}: esta página muestra ese día.
web-show-today = Ver hoy de todos modos
web-past = Esto es lo que se sabía el { $day }.
web-back-to-now = Volver al presente
web-table = Tabla
web-close = Cerrar
web-period = Periodo
web-months = { $months ->
    [one] { $months } mes
   *[other] { $months } meses
}
web-no-day = «{ $day }» no es un día; escríbelo como 2026-11-22.
web-in-30-days = en 30 días
web-see-them = Verlas
web-nobody = Nadie.

## Lo que falló

web-error-invalid = No se puede mostrar
web-error-missing = Esa página no existe
web-error-missing-said = La dirección no lleva a ninguna parte. Puede que esté mal escrita o que aquello a lo que llevaba ya no exista.
web-error-server = Algo ha fallado aquí
web-error-server-said = Es culpa nuestra y consta en el registro. No se ha perdido nada; inténtalo de nuevo.
web-empty-title = Aquí todavía no hay nada
web-empty-said = Aquí aparecerán tus cuentas, su salud y tus ingresos. Importa tus datos con «laer8 import», o echa un vistazo a una empresa de demostración con «laer8 demo».
web-empty-do = Cómo importar

## Hoy

web-growing = El negocio creció un { $growth } en 12 meses; NRR { $nrr }.
web-shrinking = El negocio cayó un { $growth } en 12 meses; NRR { $nrr }.
web-growth-unknown = Hace un año no había ingresos con los que comparar.
web-book-by-health = ARR por salud
web-all-owners = Todos los responsables
web-queue-about = por dinero en juego, urgencia y cercanía de la renovación
web-nothing-today = Nada requiere tu atención
web-nothing-today-said = Aquí aparecen señales cuando una cuenta se queda en silencio, baja su puntuación, escala un problema o se acerca su renovación con objetivos sin cumplir.
web-urgent = Urgente
web-to-win = por ganar
web-at-stake = en juego
web-more-accounts = { $count ->
    [one] Ver { $count } cuenta más
   *[other] Ver { $count } cuentas más
}

## Cuentas

web-name-contains = El nombre contiene
web-filter = Filtrar
web-remove-filter = Quitar este filtro
web-clear = Quitar todos
web-no-accounts = Ninguna cuenta coincide
web-no-accounts-said = Quita un filtro, o quítalos todos.
web-column-seats = Plazas
web-column-potential = Potencial
web-pages = Páginas
web-first-page = Primera página
web-previous = Anterior
web-next = Siguiente

## Cuenta

web-part-of = parte de
web-customer-since = cliente desde { $month }
web-since = desde el { $day }
web-of-data = de los datos
web-works = funciona según lo prometido
web-last-contact = última conversación { $days ->
    [0] hoy
    [one] hace { $days } día
   *[other] hace { $days } días
}
web-no-contact = no consta ninguna conversación
web-why = Por qué { $score }
web-why-about = 50 es el punto neutro, más y menos lo que aporta cada medida
web-measure-about = { $points } puntos de 100, { $weight } de la puntuación: { $adds } frente a 50, el punto neutro.
web-days-ago-30 = 30 días antes
web-days-ago-90 = 90 días antes
web-score-history = Puntuación, 180 días
web-use = Uso, 26 semanas
web-use-about = usos por semana y función; la cifra es la de la última semana
web-never-used = nunca usada
web-last-used = último uso el { $day }
web-more-features = Más funciones
web-ledger-about = cada cambio del MRR
web-no-ledger = Nunca ha pagado.
web-subscriptions = Suscripciones
web-auto-renews = renovación automática
web-renews-by-hand = sin renovación automática
web-timeline = Cronología
web-no-timeline = No consta nada del último año.
web-earlier = Anteriores
web-people = Personas
web-left-on = se fue el { $day }
web-tickets = Tickets
web-ticket = Ticket
web-ticket-opened = Ticket abierto
web-ticket-solved = Ticket resuelto
web-ticket-escalated = Escalado
web-solved-in = resuelto en { $time }
web-left = Se fue
web-traits = Campos y atributos

## Recorrido

web-loop-grows = El ciclo crece
web-loop-shrinks = El ciclo se reduce
web-loop-grows-but = El ciclo crece, { $stage } lo frena
web-loop-shrinks-and = El ciclo se reduce, { $stage } lo frena
web-journey-sub = { $gap } funciona pero no se usa; { $overdue ->
    [one] { $overdue } cuenta ha
   *[other] { $overdue } cuentas han
} superado el plazo de su etapa y { $debt ->
    [one] { $debt } llega
   *[other] { $debt } llegan
} a la renovación con objetivos de adopción sin cumplir.
web-loop-about = arco: ARR en la etapa; ocre: fuera de plazo; gris: lo que pasó a la siguiente
web-matrix-about = cada punto es una cuenta; su tamaño, el ARR
web-matrix-most = se dibujan las { $count } de más ingresos
web-gap-about = { $count ->
    [one] { $count } cuenta tiene un producto que funciona y no se usa. Lo que necesita es capacitación, no soporte.
   *[other] { $count } cuentas tienen un producto que funciona y no se usa. Lo que necesitan es capacitación, no soporte.
}
web-axis-works = funciona según lo prometido
web-axis-potential = se aprovecha su potencial
web-overdue = { $count } fuera de plazo
web-net-growth-months = { $months ->
    [one] crecimiento neto, { $months } mes
   *[other] crecimiento neto, { $months } meses
}
web-stages = Etapas

## Salud

web-health-title = { $count ->
    [0] Ningún cliente en riesgo
    [one] { $count } cliente en riesgo, { $arr } de ARR
   *[other] { $count } clientes en riesgo, { $arr } de ARR
}
web-health-sub = En 30 días, { $fell } bajaron y { $rose } subieron cinco puntos o más.
web-bands = Todos los clientes
web-bands-about = clientes por salud
web-distribution = Puntuaciones
web-distribution-about = cuántos clientes en cada tramo de diez
web-by-segment = Por segmento
web-mean-score = Puntuación media
web-health-over-time = Clientes por salud, según lo que se sabía cada día
web-fell = Los que más bajan
web-rose = Los que más suben

## Ingresos

web-revenue-title = Crecimiento neto { $growth }
web-nrr-note = del MRR inicial, conservado, con crecimiento
web-grr-note = del MRR inicial, conservado, sin crecimiento
web-quick-note = ganado ÷ perdido
web-mrr-over-time = MRR al final de cada mes
web-won-and-lost = Captación frente a pérdida, MRR al mes
web-arr-by = ARR por
web-entries-about = los apuntes que lo forman
web-no-entries = No hay ninguno en este periodo.
web-what-changed = Qué cambió
web-steady = Los ingresos son los mismos que hace 12 meses; NRR { $nrr }.
web-past-stale = No hay datos posteriores al { $newest }.
web-paying-doubts = Los datos se contradicen sobre quién paga; todas estas cuentas cuentan aquí como clientes.
