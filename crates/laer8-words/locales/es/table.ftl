# La tabla de cuentas: sus columnas, filtros y vistas guardadas.

## Lo que se calcula de una cuenta

field-score = Puntuación de salud
field-band = Salud
field-coverage = Datos tras la puntuación
field-change-30 = Cambio en 30 días
field-change-90 = Cambio en 90 días
field-signal = Señales
field-potential = Potencial aprovechado
field-works = Funciona según lo prometido
field-quadrant = Cuadrante de capa 8
field-renewal-on = Renovación
field-renewal-days = Días hasta la renovación
field-stage-since = En la etapa desde
field-overdue-days = Días de retraso

table-column-change-90 = 90 días
table-column-coverage = Datos
table-column-tenure = Cliente, días

table-group-account = Cuenta
table-group-health = Salud
table-group-journey = Recorrido
table-group-revenue = Ingresos
table-group-traits = Campos personalizados

## Filas y totales

table-mean = media { $mean }
table-place = { $from }–{ $to } de { $of }
table-late = +{ $days } d
table-rows = Filas

## Filtros

table-filters = Filtros y columnas
table-add-filter = Añadir filtro
table-how = Cómo se compara
table-how-is = es uno de
table-how-not = no es ninguno de
table-how-range = está en el intervalo
table-how-known = tiene valor
table-how-unknown = no tiene valor ({ $count })
table-least = Desde
table-below = Menos de
table-range = Ahora, de { $least } a { $most }.
table-range-none = Ninguna de estas cuentas tiene valor.
table-range-backwards = El intervalo termina antes de empezar: escribe primero el límite menor.
table-no-limit = «{ $typed }» no es un número ni un día; escribe 1500.5, o un día como 2026-11-22.
table-other-value = Otro valor
table-apply = Aplicar
table-clear = Quitar

## Columnas

table-columns = Columnas
table-columns-shown = Visibles, en este orden
table-columns-reset = Volver a las habituales
table-earlier = Mover antes
table-later = Mover después

## Vistas guardadas

table-views = Vistas guardadas
table-all = Todas las cuentas
table-view-new = Guardar como vista
table-view-about = Guarda filtros, columnas y orden con un nombre.
table-view-name = Nombre
table-view-share = Compartir con todos
table-view-opens = Abrir Cuentas con ella
table-view-save = Guardar
table-view-update = Actualizar
table-view-reset = Deshacer
table-view-settings = Ajustes de la vista
table-view-delete = Eliminar esta vista
table-view-changed = modificada
table-view-shared = compartida
table-view-shared-by = compartida por { $owner }
table-view-private = privada
table-no-such-name = Ninguna cuenta se llama «{ $name }»
