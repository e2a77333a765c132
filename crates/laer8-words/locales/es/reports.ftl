# Palabras de las páginas de salud, ingresos, importaciones y documentos, además
# de las que también usa el terminal.

## Ingresos

web-revenue-grew = { $months ->
    [one] Los ingresos crecieron un { $growth } en { $months } mes
   *[other] Los ingresos crecieron un { $growth } en { $months } meses
}
web-revenue-shrank = { $months ->
    [one] Los ingresos bajaron un { $growth } en { $months } mes
   *[other] Los ingresos bajaron un { $growth } en { $months } meses
}
web-customers-from-to = { $before } → { $after } clientes
web-cohort-months = tanto por ciento del MRR inicial, por meses desde el inicio

## Salud

web-mean-in-a-year = Puntuación media { $score }, { $change } en un año
web-as-table = Los dos gráficos como tabla
web-see-all = Ver todas
web-by-segment-about = parte del ARR por salud

## Importaciones y cuarentena

web-mend-rows = Corregir filas rechazadas
web-waiting-rows = { $rows ->
    [one] Corregir { $rows } fila rechazada
   *[other] Corregir { $rows } filas rechazadas
}
web-line = Línea

## Documentos

document-identity-about = Qué cuentas y personas de varias fuentes se unen, y qué fuente prevalece.
document-journey-about = Cuándo se completa una etapa, cuánto debería durar y cuándo empieza la renovación.
document-segments-about = Qué clientes van juntos, según lo que se sabe de ellos.
document-signals-about = Qué pide atención, cuándo y con cuánta urgencia.
document-scorecard-about = La misma ficha como texto, con todo lo que tiene el formulario.

## Ajustes

settings-users-count = { $count ->
    [0] Aún no puede entrar nadie
    [one] { $count } persona
   *[other] { $count } personas
}
settings-users-waiting = { $count ->
    [0] todas han elegido contraseña
    [one] { $count } aún no ha elegido contraseña
   *[other] { $count } aún no han elegido contraseña
}
settings-keys-docs = Qué puede hacer la API
settings-keys-count = { $count ->
    [0] Ninguna clave en uso
    [one] { $count } clave en uso
   *[other] { $count } claves en uso
}
settings-workspace-card = Nombre, moneda y zona horaria
web-to-today = Ir a Hoy
web-to-area = Ir a { $area }
web-stale-link = Pide un enlace nuevo
