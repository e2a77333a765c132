# Lo que hay detrás de cada número de las páginas Cuenta e Ingresos.

behind-opening = Clientes el { $day }, antes del periodo
behind-closing = Clientes el { $day }
behind-either = Clientes al principio y al final
behind-exchange = Efecto de los tipos de cambio
behind-cohort = Clientes desde { $month }, el { $day }
behind-group = { $name }, el { $day }
behind-kept = Conservado
behind-accounts = { $count ->
    [one] { $count } cuenta
   *[other] { $count } cuentas
}
behind-none = No hay ninguna cuenta así en este periodo.
behind-lost = { $count ->
    [0] todos ellos siguen pagando al final
    [one] { $count } de ellos no paga nada al final
   *[other] { $count } de ellos no pagan nada al final
}
behind-how-retention = NRR { $nrr } es { $closing } ÷ { $opening }. GRR { $grr } es { $kept } ÷ { $opening }. Tasa de bajas { $churn }: { $lost }.
behind-how-growth = El crecimiento neto { $growth } es ({ $closing } − { $opening }) ÷ { $opening }.
behind-how-arr = ARR { $arr } son 12 × { $mrr } de MRR.
behind-how-cohort = { $mrr } de los { $start } con los que empezaron: { $share }.
behind-how-quick = El quick ratio { $ratio } es { $gained } ganados ÷ { $lost } perdidos.
behind-movements = Todos los movimientos

behind-parts-about = la media ponderada de sus partes
behind-part = Parte
behind-part-found = Hallado
behind-part-against = Comparado con
behind-part-worst = No vale nada a partir de
behind-part-percent = Porcentaje
behind-part-weight = Peso

behind-use = { $feature }: usos del { $from } al { $to }
behind-use-none = No se usó en esta semana.
behind-use-more = { $count ->
    [one] { $count } fila más.
   *[other] { $count } filas más.
}
