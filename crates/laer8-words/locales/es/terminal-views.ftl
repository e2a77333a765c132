# Más de lo que el programa `laer8` dice en el terminal: lo que sus páginas
# muestran además de las palabras de cada área. Los nombres de órdenes y
# opciones son los mismos en todos los idiomas.

## Marco

facts-are-old = El dato más reciente es del { $newest }, { $days ->
    [one] { $days } día
   *[other] { $days } días
} antes de esta página: no se sabe qué ha pasado desde entonces.
more-accounts = { $count ->
    [one] { $count } cuenta más; usar --all para verla
   *[other] { $count } cuentas más; usar --all para verlas
}
more-entries = { $count ->
    [one] { $count } apunte más; usar --all para verlo
   *[other] { $count } apuntes más; usar --all para verlos
}
and-more-accounts = { $count ->
    [one] y { $count } cuenta más
   *[other] y { $count } cuentas más
}
renewal-any-day = Sin plazo fijo
value-known = conocido
errors-count = { $count ->
    [one] { $count } error
   *[other] { $count } errores
}
error-too-early = El { $day } no se sabía nada; el primer dato es del { $first }.

serving = Abre { $address } en un navegador; Ctrl-C lo termina.

## today

net-growth-12 = Crec. 12 meses
today-gain = Además se pueden ganar { $gain }.
reason-part-lost = El { $day } se fue quien era { $role } y nadie ha tomado el relevo

## accounts

accounts-paying = { $accounts ->
    [one] { $accounts } cuenta
   *[other] { $accounts } cuentas
}, { $customers ->
    [one] { $customers } cliente
   *[other] { $customers } clientes
}, { $arr } de ARR

## score

stage-since = { $stage } desde el { $day }
per-ten-seats-short = { $tickets } / 10 plazas
column-adds = Aporta
score-trend-title = Evolución
score-signals-title = Señales
score-progress-title = Progreso
score-outstanding = Falta para la siguiente etapa:
score-debt = Adopción pendiente, sin cumplir al abrirse la ventana de renovación:
score-missing-title = Sin valor
ticket-open = abierto
ticket-solved = resuelto
ticket-escalated = escalado

## journey

journey-debt = Adopción pendiente: { $count ->
    [one] { $count } cuenta está por renovar con objetivos de adopción sin cumplir, { $arr } de ARR.
   *[other] { $count } cuentas están por renovar con objetivos de adopción sin cumplir, { $arr } de ARR.
}
journey-stayed = { $count ->
    [one] { $count } cuenta sigue en su etapa.
   *[other] { $count } cuentas siguen en su etapa.
}
column-flow = Movimiento
column-arr-before = ARR antes
column-arr-after = ARR ahora
column-since = Desde
overdue-longest = Las que más superan su plazo
matrix-used = Se aprovecha
matrix-unused = No se aprovecha
matrix-works = Funciona
matrix-fails = No funciona

## revenue

waterfall-title = Del inicio al cierre, MRR
periods-title = Periodo a periodo, MRR
revenue-from-nothing = El { $day } no había ingresos con los que comparar.
waterfall-ties = Cuadran exactamente; cada importe se muestra al céntimo.
bars-begin-at = Las barras empiezan en { $amount }.
cohorts-about = Del MRR con que empezaron los clientes, lo que pagan al cabo de esos meses.
short-new = Nuevo
short-expansion = Expansión
short-reactivation = Reactiv.
short-contraction = Contracc.
short-churn = Bajas
short-exchange = Cambio
short-quick-ratio = Quick ratio
short-growth = Crecim.

## import, quarantine

short-changed = Cambian
short-unchanged = Iguales
short-refused = Rechaz.
refused-in-file = { $reason }: { $rows ->
    [one] { $rows } fila
   *[other] { $rows } filas
}
refused-hint = Están en cuarentena: laer8 import quarantine las muestra, --export DIR las escribe para corregirlas.
mend-hint = Corregir las filas y ejecutar laer8 import mend --mapping ARCHIVO { $folder }
mend-title = Filas corregidas
mend-remaining = { $rows ->
    [one] Queda { $rows } fila en cuarentena.
   *[other] Quedan { $rows } filas en cuarentena.
}
quarantine-title = Cuarentena
quarantine-count = { $rows ->
    [one] { $rows } fila en cuarentena.
   *[other] { $rows } filas en cuarentena.
}
sections-without-file = No hay archivo para { $sections }.
import-is-old = El dato más reciente es del { $newest }: todas las páginas muestran ese día salvo que se pida --as-of today.
import-next = Para seguir: laer8 today, laer8 revenue, laer8 journey.
import-next-dry = Repetir sin --dry-run para guardarlo.
suggest-questions = { $count ->
    [one] { $count } línea dice «choose»: la importación no acepta el mapeo hasta que se decida.
   *[other] { $count } líneas dicen «choose»: la importación no acepta el mapeo hasta que se decidan.
}
restored = { $records ->
    [one] { $records } registro leído
   *[other] { $records } registros leídos
}: { $taken } aceptados, { $unchanged } ya conocidos.

## ingest

ingest-column-stream = Flujo
ingest-done = { $lines ->
    [one] { $lines } línea leída
   *[other] { $lines } líneas leídas
} de { $streams ->
    [one] { $streams } flujo
   *[other] { $streams } flujos
} en { $duration }.
ingest-released = { $rows ->
    [one] Entró { $rows } fila que esperaba lo que nombra.
   *[other] Entraron { $rows } filas que esperaban lo que nombran.
}
ingest-unmapped = El mapeo no lee { $streams }.
ingest-missing = El mapeo lee lo que el tap no envía; hay que seleccionarlo en el tap o corregir el nombre: { $columns }
ingest-not-whole = El tap no llegó a su fin. Lo que envió está guardado; hay que repetirlo con el último estado, que --print-state escribe.
ingest-states-unread = Ya nadie lee los estados. Los registros siguen entrando; --print-state escribe el último.

## Por qué se rechaza una línea de un tap

record-message = Líneas de un tap
refusal-too-long = Demasiado larga
    .about = De una línea se leen 16 MB como máximo; que el tap omita el campo grande.
refusal-not-utf8 = No es UTF-8 válido
    .about = Revisar cómo escribe el tap su salida; Singer solo admite UTF-8.
refusal-bad-json = No es un mensaje de Singer
    .about = Un tap escribe un objeto JSON por línea, y su registro en otro lugar.
refusal-no-type = Mensaje sin tipo
    .about = Revisar quién lo escribió; no es lo que Singer admite.
refusal-no-stream = Mensaje que no nombra ningún flujo
    .about = Revisar quién lo escribió; no es lo que Singer admite.
refusal-no-content = Mensaje sin contenido
    .about = Revisar quién lo escribió; no es lo que Singer admite.
refusal-no-schema = Registro anterior al esquema de su flujo
    .about = Actualizar el tap, o corregir la línea y leerla otra vez.
refusal-no-key = Registro sin su clave
    .about = Completar la clave; el esquema del flujo dice cuál es.
refusal-wrong-type = No es del tipo que dice el esquema
    .about = Corregir el valor o actualizar el tap.

## Por qué se rechaza una fila que se entiende pero no encaja

refusal-unlikely-date = Una fecha poco probable
    .about = Corrige la fecha, o comprueba en qué orden lee el mapeo día, mes y año.
refusal-unknown-account = Nombra una cuenta que no existe
    .about = Importa antes las cuentas, o corrige el identificador.
refusal-unknown-subscription = Nombra una suscripción que no existe
    .about = Importa antes las suscripciones, o corrige el identificador.
refusal-unknown-person = Nombra a una persona que no existe
    .about = Importa antes las personas, o corrige el identificador.
refusal-unknown-product = Nombra un producto que no existe
    .about = Decláralo en el mapeo, o importa antes los productos.
refusal-unknown-feature = Nombra una función que no existe
    .about = Declárala en el mapeo, o importa antes las funciones.
refusal-unknown-plan = Nombra un plan que no existe
    .about = Decláralo en el mapeo, o importa antes los planes.
refusal-duplicate-id = Identificador duplicado con valores distintos
    .about = Da a una de las filas un identificador propio.
refusal-other-account = Ya es de otra cuenta
    .about = Corrige la cuenta, o dale un identificador propio.
refusal-says-nothing = La fila no dice nada
    .about = Necesita al menos una fecha.
refusal-out-of-scale = Fuera de su escala
    .about = Corrige el número.

## Lo que no cuadra una vez leído todo

finding-churned-without-event = Marcada como baja, sin aviso de baja
    .about = No se sabe por qué se fue.
finding-event-without-flag = Aviso de baja, pero no marcada como baja
    .about = El MRR se calcula con lo que se paga; corrige la marca o el aviso.
finding-customer-before-signup = Pagó antes de darse de alta
    .about = Comprueba el día del alta.
finding-usage-before-start = Uso antes de que empiece su suscripción
    .about = El uso cuenta; comprueba el inicio de la suscripción.
finding-usage-after-end = Uso después de terminar su suscripción
    .about = El uso cuenta; comprueba el fin de la suscripción.

## config, user

document-saved = Guardado { $kind } { $key } como versión { $version }; laer8 config rollback recupera las anteriores.
document-shipped = predeterminado
documents-title = Documentos en vigor
documents-hint = laer8 config get TIPO CLAVE muestra uno; laer8 config put TIPO ARCHIVO pone en vigor uno cambiado.
column-kind = Tipo
column-key = Clave
column-version = Versión
column-author = Cambiado por
users-title = Usuarios
users-none = Aún no hay nadie. Añadir a alguien con laer8 user add EMAIL NOMBRE.
column-active = Puede entrar
user-is = { $email }: { $role }.
user-is-inactive = { $email } ya no puede entrar ({ $role }).

## demo, export

demo-progress = { $accounts ->
    [one] { $accounts } cuenta
   *[other] { $accounts } cuentas
}, { $records ->
    [one] { $records } registro
   *[other] { $records } registros
}
demo-made = { $accounts ->
    [one] { $accounts } cuenta
   *[other] { $accounts } cuentas
} y { $records ->
    [one] { $records } registro
   *[other] { $records } registros
} hasta el { $day }, a partir de la semilla { $seed }.
export-title = Exportación
export-hint = laer8 import restore { $folder } lo vuelve a leer, en este espacio o en otro.

score-none-no-customer = No paga nada, así que no tiene puntuación. Debajo está lo que se sabe.
