# Salud: qué se mide, por qué falta un valor, cómo se lee una puntuación.

measure-usage-trend = Uso frente a lo habitual
    .about = Usos de los últimos 28 días frente a la media propia de los 91 días anteriores, como variación en tanto por ciento.
measure-active-days = Días activos
    .about = En cuántos de los últimos 28 días se usó algo.
measure-people-active = Personas activas
    .about = El mayor número de personas vistas en uno de los últimos 28 días: al menos tantas lo usan.
measure-seats-used = Plazas en uso
    .about = Personas activas por cada plaza pagada, en tanto por ciento; más de 100 si se comparten plazas.
measure-breadth = Amplitud de uso
    .about = Parte de las funciones del plan que se usaron en los últimos 28 días, en tanto por ciento.
measure-depth = Profundidad de uso
    .about = De las funciones que importan, la parte usada con la frecuencia fijada en los últimos 28 días, en tanto por ciento.
measure-silence = Silencio
    .about = Días desde el último uso.
measure-error-rate = Tasa de errores
    .about = Errores por cada uso en los últimos 28 días, en tanto por ciento.
measure-open-tickets = Tickets abiertos, ponderados
    .about = Tickets abiertos sumados por gravedad: baja 1, media 2, alta 4, urgente 8.
measure-resolution-time = Tiempo de resolución
    .about = Mediana desde la apertura hasta la solución de los tickets resueltos en los últimos 90 días, en horas.
measure-escalations = Escalados
    .about = Tickets escalados en los últimos 90 días.
measure-support-load = Carga de soporte
    .about = Tickets abiertos en los últimos 90 días por cada diez plazas.
measure-csat = CSAT
    .about = Media de las valoraciones de encuestas y tickets en los últimos 90 días, de 1 a 5.
measure-nps = NPS
    .about = Respuestas de la propia cuenta en los últimos 180 días: promotores menos detractores, en puntos de −100 a 100.
measure-pulse = Pulso del responsable
    .about = El juicio del responsable, de 0 a 100; en 90 días vuelve poco a poco a 50, el punto neutro.
measure-last-contact = Último contacto
    .about = Días desde la última llamada, reunión o intercambio de correos en que participó el cliente.
measure-tenure = Antigüedad
    .about = Días desde que la cuenta pagó por primera vez.
measure-days-to-renewal = Días hasta la renovación
    .about = Días hasta que termine el primer plazo de una suscripción.
measure-works-as-promised = Funciona según lo prometido
    .about = A partir de tickets abiertos, promesas incumplidas y errores, en tanto por ciento; 100 es sin motivo de queja.
measure-potential-realised = Potencial aprovechado
    .about = Cuánto se usa de verdad de las funciones, plazas y profundidad pagadas, frente a cuentas comparables, en tanto por ciento.

## Por qué una medida no tiene valor

missing-not-tracked = aquí nadie lo registra
missing-never-recorded = nunca se ha registrado en esta cuenta
missing-too-young = historial demasiado corto
missing-too-few = muy poco para juzgar
missing-expired = demasiado antiguo para decir algo
missing-seats-unknown = se desconoce el número de plazas
missing-people-not-counted = no se cuentan las personas
missing-entitlement-unknown = se desconoce qué incluye el plan
missing-no-target = ninguna función que importa tiene objetivo
missing-not-a-customer = no paga nada
missing-no-term = se puede cancelar en cualquier momento

## Qué hace una ficha con una medida sin valor

missing-rule-skip = no se tiene en cuenta
missing-rule-neutral = cuenta 50 puntos, el punto neutro
missing-rule-worst = cuenta 0 puntos

## Cifras intermedias

figure-uses = Usos
figure-usual-uses = Usos habituales
figure-errors = Errores
figure-people = Personas
figure-seats = Plazas
figure-features-used = Funciones en uso
figure-features-entitled = Funciones del plan
figure-tickets = Número de tickets
figure-responses = Respuestas
figure-promoters = Promotores
figure-detractors = Detractores
figure-stated-pulse = Pulso al anotarlo

## Cómo se lee una puntuación

band-healthy = Saludable
    .about = Todo va bien.
band-watch = En observación
    .about = Algo no está como debería.
band-at-risk = En riesgo
    .about = El cliente puede irse.
band-not-enough-data = Datos insuficientes
    .about = Se sabe demasiado poco para puntuar, y no se adivina.

departure-sponsor-left = El patrocinador se fue
departure-champion-left = El promotor interno se fue

## Clases de datos

family-usage = Uso
family-tickets = Soporte
family-surveys = Encuestas
family-notes = Notas y contactos
family-subscriptions = Suscripciones

## La explicación de una puntuación

score-title = Por qué { $score }
score-none = Sin puntuación
score-none-reason = Solo se conoce el { $coverage } de la ficha; para puntuar hace falta el { $needed }.
score-neutral = Punto de partida neutro
score-contributions = Lo que aporta cada medida
score-caps = Restado por límites
score-cap-line = { $label }: como mucho { $most }
score-total = Puntuación
score-coverage = Hay datos para el { $coverage }
score-change = { $change } en { $days ->
    [one] { $days } día
   *[other] { $days } días
}
score-trend-30 = Hace 30 días
score-trend-90 = Hace 90 días
score-card-by-condition = Ficha { $scorecard }, porque { $reason }
score-card-by-default = Ficha { $scorecard }, porque no se aplica ninguna otra
score-age = { $days ->
    [0] de hoy
    [one] de hace { $days } día
   *[other] de hace { $days } días
}
score-source-rows = Filas de origen
score-source-row = { $file }, línea { $row }
score-source-entered = anotado en Laer8
score-source-more = { $count ->
    [one] y { $count } fila más
   *[other] y { $count } filas más
}
score-against-usual = frente a { $usual } habitualmente
