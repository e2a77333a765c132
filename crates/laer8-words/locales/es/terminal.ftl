# Lo que el programa `laer8` dice en el terminal: títulos, columnas, frases y
# consejos de los errores. Los nombres de órdenes y opciones son los mismos en
# todos los idiomas.

## Marco

as-of = A fecha de { $day }
as-of-today = A fecha de hoy, { $day }
stale-notice = El dato más reciente es del { $newest }. Se muestra ese día; para ver hoy, usar --as-of today.
workspace-empty = Aquí aún no hay nada. Ejecutar laer8 demo para ver la empresa de demostración, o laer8 import --suggest DIR para empezar con archivos propios.
book-line = { $accounts ->
    [one] { $accounts } cuenta
   *[other] { $accounts } cuentas
} · { $arr } de ARR
more-rows = { $count ->
    [one] { $count } fila más; usar --all para verla
   *[other] { $count } filas más; usar --all para verlas
}
nothing-found = Ninguna cuenta coincide.
filtered-by = Solo { $filter }
done-in = Hecho en { $duration }.

column-account = Cuenta
column-owner = Responsable
column-segment = Segmento
column-stage = Etapa
column-health = Salud
column-trend = 30 días
column-mrr = MRR
column-arr = ARR
column-renewal = Renovación
column-signals = Señales
column-quadrant = Cuadrante
column-reason = Motivo
column-next = Próximo paso
column-stake = En juego
column-measure = Medida
column-value = Valor
column-points = Puntos
column-weight = Peso
column-age = Antigüedad
column-setting = Ajuste
column-setting-value = Valor en vigor
column-source = Procede de

## today

today-title = Hoy, { $day }
today-count = { $count ->
    [0] Hoy no hay nada que atender.
    [one] { $count } cuenta pide atención; hay { $stake } en juego.
   *[other] { $count } cuentas piden atención; hay { $stake } en juego.
}
today-why = Por orden de dinero en juego, urgencia y cercanía de la renovación.
today-others = { $count ->
    [one] y { $count } señal más
   *[other] y { $count } señales más
}
today-next = Próximo paso: { $step }
today-feed-stale = No ha llegado ningún uso desde el { $day }. Revisa la conexión: hasta que vuelva no se avisa de silencios.

## accounts

accounts-title = Cuentas
accounts-total = { $accounts ->
    [one] { $accounts } cuenta
   *[other] { $accounts } cuentas
}, { $mrr } de MRR
account-customer-since = cliente desde { $month }
account-part-of = parte de { $account }
account-no-owner = sin responsable

## score

score-heading = { $account }: { $score }, { $band }
score-heading-none = { $account }: datos insuficientes
score-stage-line = Etapa { $stage }, segmento { $segment }
score-adds-up = 50 más todos los puntos anteriores, menos lo que restan los límites, es la puntuación.

## what-if

what-if-title = Qué haría la nueva ficha de puntuación
what-if-changed = { $accounts ->
    [0] Ninguna cuenta cambia de banda.
    [one] { $accounts } cuenta con { $arr } de ARR cambia de banda.
   *[other] { $accounts } cuentas con { $arr } de ARR cambian de banda.
}
what-if-move = { $from } → { $to }: { $accounts ->
    [one] { $accounts } cuenta
   *[other] { $accounts } cuentas
}, { $arr } de ARR
what-if-column-before = Ahora
what-if-column-after = Después
what-if-nothing-saved = No se ha guardado nada.
what-if-saved = Guardado. La ficha anterior queda en el historial.

## config

config-title = Ajustes en vigor
config-source-default = valor por defecto
config-source-file = { $file }
config-source-environment = entorno, { $name }
config-source-flag = opción { $name }
config-order = Una opción prevalece sobre el entorno, este sobre laer8.toml, y este sobre el valor por defecto.

## demo

demo-title = Empresa de demostración
demo-creating = Creando la empresa de demostración
demo-created = { $accounts ->
    [one] { $accounts } cuenta
   *[other] { $accounts } cuentas
} y { $usage ->
    [one] { $usage } fila de uso
   *[other] { $usage } filas de uso
} a lo largo de { $years ->
    [one] { $years } año
   *[other] { $years } años
}, a partir de la semilla { $seed }.
demo-exists = La empresa de demostración ya está aquí; no se ha cambiado nada.
demo-invented = La empresa, sus clientes y todas las personas son inventados.
demo-next = Probar laer8 today, laer8 journey, laer8 revenue, o laer8 score seguido del nombre de una cuenta.

## recálculo y exportación

recalculating = Calculando dónde está cada cuenta
recalculated = { $accounts ->
    [one] { $accounts } cuenta calculada
   *[other] { $accounts } cuentas calculadas
} en { $duration }.
exported = { $rows ->
    [one] { $rows } fila escrita
   *[other] { $rows } filas escritas
} en { $file }.
quarantine-empty = No hay ninguna fila en cuarentena.

## Errores: qué falla y qué hacer

error-heading = Error
hint-heading = Qué hacer
error-no-such-account = No existe la cuenta «{ $account }».
error-no-such-account-near = No existe la cuenta «{ $account }». ¿Quizá { $near }?
error-no-condition = «{ $typed }» no es una condición. Escribir CAMPO=VALOR, CAMPO!=VALOR, CAMPO>=NÚMERO o CAMPO<NÚMERO.
error-no-such-field = Ninguna cuenta tiene un campo «{ $field }».
error-no-such-field-known = Ninguna cuenta tiene un campo «{ $field }». Existen { $known }.
error-several-accounts = «{ $account }» puede ser cualquiera de estas: { $candidates }. Escribir más letras del nombre, o su identificador.
error-not-a-day = «{ $text }» no es un día. Escribirlo como 2024-12-31, o today para hoy.
error-window-empty = El intervalo de { $from } a { $to } no contiene ningún día. Poner primero el día anterior; --to es el primer día fuera del intervalo.
error-not-a-language = «{ $text }» no es un idioma de Laer8. Escribir en o es.
error-no-permission = Tu rol, { $role }, no permite hacer esto. Pedirlo a un administrador.
error-database-open = No se puede abrir la base de datos { $url }. Comprobar la dirección y que se pueda escribir en ese lugar.
error-database-busy = Otro proceso está usando la base de datos. Volver a intentarlo cuando termine.
error-disk-full = El disco está lleno; no se ha cambiado nada. Liberar espacio y volver a intentarlo.
error-database-newer = Los datos los escribió un Laer8 más nuevo. Instalar esa versión o una posterior.
error-no-mapping = No se puede leer el mapeo { $file }. Comprobar la ruta, o crear uno con laer8 import --suggest DIR.
error-mapping = { $count ->
    [one] El mapeo tiene { $count } fallo; corregirlo y volver a intentarlo:
   *[other] El mapeo tiene { $count } fallos; corregirlos y volver a intentarlo:
}
error-no-files = En { $dir } no hay archivos que importar.
error-scorecard = No se puede usar la ficha de puntuación { $file }:
error-settings = No se pueden leer los ajustes de { $file }:
error-unexpected = Ha fallado algo que no debía fallar: { $cause }. No se ha cambiado nada.
error-interrupted = Interrumpido. Repetir la misma orden; continúa donde se quedó.
