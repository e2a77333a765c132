# El ciclo: etapas, situación, criterios, potencial y la matriz de capa 8.

stage-land = Implantación
    .about = Comprado, y aún sin uso de verdad.
stage-adopt = Adopción
    .about = En uso, pero aún no como debería.
stage-expand = Expansión
    .about = Se usa como debería; se puede sacar más.
stage-renew = Renovación
    .about = El momento de quedarse o irse.

standing-land = { stage-land }
standing-adopt = { stage-adopt }
standing-expand = { stage-expand }
standing-renew = { stage-renew }
standing-prospect = Cliente potencial
    .about = Nunca ha pagado y no está probando nada.
standing-trial = En prueba
    .about = Lo está probando y aún no paga.
standing-former = Antiguo cliente
    .about = Pagó, y ya no paga.

## Qué cuentan los criterios de una etapa

criterion-active-days = Días con uso
criterion-features-used = Funciones usadas
criterion-breadth = Parte de las funciones del plan en uso
criterion-core-breadth = Parte de las funciones clave del plan en uso
criterion-people-active = Personas activas
criterion-seats-used = Parte de las plazas en uso

criterion-unmet = { $criterion }: { $value } de { $target } en { $days ->
    [one] { $days } día
   *[other] { $days } días
}

## La matriz de capa 8: funciona según lo prometido × se aprovecha

quadrant-thriving = A pleno rendimiento
    .about = Funciona según lo prometido y lo usan.
quadrant-layer8-gap = Brecha de capa 8
    .about = Funciona según lo prometido, pero no usan lo que pagan.
quadrant-product-problem = Problema de producto
    .about = Lo usan, pero no funciona según lo prometido.
quadrant-rescue = Rescate
    .about = No funciona según lo prometido y apenas lo usan.

works-part-tickets = Tickets abiertos por gravedad
works-part-breaches = Promesas incumplidas
works-part-errors = Errores por cada mil usos

potential-part-features = Funciones
potential-part-seats = Plazas en uso
potential-part-depth = Profundidad

benchmark-plan-and-size = cuartil superior de las cuentas con el mismo plan y tamaño
benchmark-plan = cuartil superior de las cuentas con el mismo plan
benchmark-fixed-target = objetivo fijo, por haber pocas cuentas comparables

## Cómo se movieron las cuentas

flow-entered = Entraron
flow-moved = Avanzaron
flow-left = Se fueron

## El ciclo en palabras

journey-title = El ciclo
journey-matrix-title = Matriz de capa 8
journey-flows-title = Qué se ha movido desde el { $day }
journey-column-stage = Etapa
journey-column-accounts = Cuentas
journey-column-arr = ARR
journey-column-overdue = Fuera de plazo
journey-column-overdue-arr = ARR fuera de plazo
journey-column-from = De
journey-column-to = A
journey-column-quadrant = Cuadrante
journey-column-works = Funciona
journey-column-potential = Potencial
journey-overdue-days = { $days ->
    [one] { $days } día de retraso
   *[other] { $days } días de retraso
}
journey-in-stage-days = { $days ->
    [one] en { $stage } desde hace { $days } día
   *[other] en { $stage } desde hace { $days } días
}
journey-renews-on = renueva el { $day }
journey-renews-in = { $days ->
    [0] renueva hoy
    [one] renueva en { $days } día
   *[other] renueva en { $days } días
}
journey-notice-by = preaviso hasta el { $day }
journey-ends-on = termina el { $day }
journey-continuous = se puede cancelar en cualquier momento
journey-adoption-debt = Adopción pendiente
journey-adoption-debt-count = { $count ->
    [one] { $count } objetivo de adopción sin cumplir
   *[other] { $count } objetivos de adopción sin cumplir
}
journey-not-measured = etapa sin medir: no se registra el uso
journey-matrix-unknown = { $count ->
    [one] { $count } cuenta no se puede situar: se sabe demasiado poco de ella
   *[other] { $count } cuentas no se pueden situar: se sabe demasiado poco de ellas
}
journey-finding-debt = { $count ->
    [one] { $count } cuenta ha superado su plazo de adopción; allí esperan { $arr }.
   *[other] { $count } cuentas han superado su plazo de adopción; allí esperan { $arr }.
}
journey-finding-gap = { $count ->
    [one] Hay { $arr } que funcionan y no se usan, en { $count } cuenta.
   *[other] Hay { $arr } que funcionan y no se usan, en { $count } cuentas.
}
