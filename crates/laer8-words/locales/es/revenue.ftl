# Ingresos recurrentes: movimientos, ratios, cohortes.

movement-new = Alta
    .about = De nada a algo, por primera vez.
movement-expansion = Expansión
    .about = Clientes que pagan más.
movement-reactivation = Reactivación
    .about = De nada a algo, habiendo sido cliente antes.
movement-contraction = Contracción
    .about = Clientes que pagan menos.
movement-churn = Baja
    .about = De algo a nada (churn).
movement-exchange = Tipos de cambio
    .about = Lo que hicieron los tipos de cambio; nunca es un movimiento de un cliente.

metric-mrr = MRR
    .about = Ingresos recurrentes mensuales: precios de contrato llevados a un mes. No cuentan pruebas ni cargos únicos.
metric-arr = ARR
    .about = Ingresos recurrentes anuales: 12 × MRR.
metric-opening = Inicial
    .about = MRR al final del día anterior.
metric-closing = Final
    .about = MRR al final del último día.
metric-acquisition = Captación
    .about = Altas y reactivaciones.
metric-attrition = Pérdida
    .about = Contracción y bajas.
metric-net-growth = Crecimiento neto
    .about = (Final − inicial) ÷ inicial.
metric-nrr = NRR
    .about = Retención neta de ingresos: lo que pagan al final quienes pagaban al principio, frente a lo que pagaban entonces.
metric-grr = GRR
    .about = Retención bruta de ingresos: lo mismo sin contar ningún crecimiento; nunca por encima del 100 %.
metric-logo-churn = Tasa de bajas
    .about = Clientes perdidos, frente a los clientes del principio.
metric-quick-ratio = Quick ratio
    .about = (Alta + expansión + reactivación) ÷ (contracción + baja).
metric-customers = Clientes
    .about = Cuentas con ingresos recurrentes.

revenue-title = Ingresos, { $window }
revenue-by = ARR por { $facet }
revenue-column-movement = Movimiento
revenue-column-amount = Importe
revenue-column-accounts = Cuentas
revenue-column-period = Periodo
revenue-column-entries = Asientos
revenue-column-share = Parte
revenue-column-arr = ARR
revenue-no-key = sin valor
revenue-total = Total
revenue-retention-title = Retención
revenue-ledger-title = Libro de movimientos
revenue-ledger-column-day = Día
revenue-ledger-column-account = Cuenta
revenue-ledger-column-change = Cambio
revenue-ledger-column-after = MRR después
revenue-part-started = { $plan }: empieza, { $seats ->
    [one] { $seats } plaza
   *[other] { $seats } plazas
}
revenue-part-ended = { $plan }: termina
revenue-part-changed = { $plan }: { $before } → { $after } plazas
revenue-part-plan = { $before } → { $after }
revenue-part-price = { $plan }: precio { $before } → { $after }
revenue-cohorts-title = Cohortes por mes de inicio, ingresos conservados
revenue-cohort-column-month = Inicio
revenue-cohort-column-accounts = Cuentas
revenue-cohort-after = mes { $month }
revenue-ties = Inicial, movimientos y final cuadran al céntimo.
revenue-undefined = – es un cociente entre cero.
revenue-growing = La cartera crece: { $growth } desde el { $day }.
revenue-shrinking = La cartera mengua: { $growth } desde el { $day }.
revenue-steady = La cartera sigue igual desde el { $day }.
revenue-incomplete = { $count ->
    [one] { $count } suscripción no tiene tipo de cambio y queda fuera; importar un tipo para { $currencies }.
   *[other] { $count } suscripciones no tienen tipo de cambio y quedan fuera; importar tipos para { $currencies }.
}
