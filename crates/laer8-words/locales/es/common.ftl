# Palabras de todas las áreas: sí y no, recuentos y nombres de las cosas.
# Los números que se cuentan son argumentos propios, para que haya concordancia.
# Lo que se pide a quien lee va en infinitivo.

yes = Sí
no = No
value-unknown = desconocido
value-none = ninguno
of-most = { $value } de { $most }
quarter-of-year = T{ $quarter } { $year }
days-decimal = { $days } días
tickets-per-ten-seats = { $tickets } por cada 10 plazas

## Recuentos

days-count = { $count ->
    [one] { $count } día
   *[other] { $count } días
}
accounts-count = { $count ->
    [one] { $count } cuenta
   *[other] { $count } cuentas
}
people-count = { $count ->
    [one] { $count } persona
   *[other] { $count } personas
}
tickets-count = { $count ->
    [one] { $count } ticket
   *[other] { $count } tickets
}
features-count = { $count ->
    [one] { $count } función
   *[other] { $count } funciones
}
seats-count = { $count ->
    [one] { $count } plaza
   *[other] { $count } plazas
}
uses-count = { $count ->
    [one] { $count } uso
   *[other] { $count } usos
}
rows-count = { $count ->
    [one] { $count } fila
   *[other] { $count } filas
}
files-count = { $count ->
    [one] { $count } archivo
   *[other] { $count } archivos
}
signals-count = { $count ->
    [one] { $count } señal
   *[other] { $count } señales
}
subscriptions-count = { $count ->
    [one] { $count } suscripción
   *[other] { $count } suscripciones
}

## El papel de una persona en la cuenta

role-champion = Promotor interno
role-sponsor = Patrocinador
role-decision-maker = Quien decide
role-administrator = Administrador
role-user = Usuario
role-detractor = Detractor interno

## Quién usa Laer8

user-role-admin = Administrador
    .about = Gestiona usuarios, claves y ajustes, y puede hacer todo lo que pueden los demás.
user-role-manager = Gestor
    .about = Cambia fichas de puntuación, importaciones y segmentos, y hace el trabajo diario.
user-role-member = Miembro
    .about = Hace el trabajo diario: notas, pulso, responsables.
user-role-viewer = Lector
    .about = Consulta y no cambia nada.

## Cronología, encuestas, tickets

note-note = Nota
note-call = Llamada
note-meeting = Reunión
note-email = Correo
note-pulse = Pulso

survey-nps = NPS
survey-csat = CSAT
survey-ces = CES

priority-low = Baja
priority-medium = Media
priority-high = Alta
priority-urgent = Urgente

ticket-event-opened = Abierto
ticket-event-prioritised = Prioridad fijada
ticket-event-responded = Primera respuesta
ticket-event-escalated = Escalado
ticket-event-solved = Resuelto
ticket-event-reopened = Reabierto
ticket-event-rated = Valorado por el cliente
ticket-event-sla-breached = Plazo prometido vencido
ticket-event-withdrawn = Anotación anterior retirada

## Precios y periodos

billing-day = al día
billing-week = a la semana
billing-month = al mes
billing-quarter = al trimestre
billing-year = al año
price-basis-unit = por plaza
price-basis-total = en total

granularity-day = Día
granularity-month = Mes
granularity-quarter = Trimestre
granularity-year = Año

## Segmentos que se entregan

segment-enterprise = Grandes empresas
segment-mid-market = Empresas medianas
segment-small = Pequeñas empresas

## Campos y facetas de una cuenta

field-name = Nombre
field-industry = Sector
field-country = País
field-domain = Dominio
field-owner = Responsable
field-parent = Cuenta matriz
field-signed-up = Fecha de alta
field-seats = Plazas
field-payment-overdue = Pago atrasado
field-plan = Plan
field-mrr = MRR
field-arr = ARR
field-customer = Cliente
field-trial = Prueba
field-tenure-days = Días como cliente
field-stage = Etapa
field-segment = Segmento

## Campos de una persona

person-field-name = Nombre
person-field-email = Correo
person-field-title = Cargo
person-field-role = Papel
person-field-influence = Influencia
person-field-reports-to = Depende de
person-field-left = Ha dejado la cuenta
