# Importaciones: qué son las filas, por qué se rechaza una, qué no cuadra, el informe.

record-account = Cuentas
record-person = Personas
record-product = Productos
record-plan = Planes
record-feature = Funciones
record-subscription = Suscripciones
record-usage = Uso
record-ticket = Tickets de soporte
record-survey = Respuestas a encuestas
record-churn-event = Avisos de baja
record-note = Notas
record-exchange-rate = Tipos de cambio

## Por qué se rechaza una fila; `.about` dice qué hacer

refusal-wrong-field-count = Más o menos campos que la cabecera
    .about = Busca en la fila un separador o unas comillas de más o de menos.
refusal-unclosed-quote = Unas comillas no se cierran
    .about = Cierra las comillas en esta fila; todas las líneas siguientes se leyeron como un solo campo.
refusal-bad-encoding = No es texto válido
    .about = Pon encoding = "windows-1252" en el mapeo si el archivo no es UTF-8.
refusal-missing = Falta un valor
    .about = Rellénalo, o da al campo un default en el mapeo.
refusal-no-account = No nombra ninguna cuenta
    .about = Rellena la cuenta, la suscripción o la persona.
refusal-not-a-date = No es una fecha
    .about = Corrige la fecha, o añade su forma a dates en el mapeo.
refusal-not-a-number = No es un número
    .about = Corrige el número, o fija en el mapeo los signos de decimales y de miles.
refusal-not-whole = No es un número entero
    .about = Escribe un número sin decimales.
refusal-out-of-range = Fuera de rango
    .about = Escribe un valor que tenga sentido en este campo.
refusal-too-precise = Más de cuatro decimales
    .about = Redondea el importe; el dinero se guarda con cuatro decimales.
refusal-too-large = Demasiado grande
    .about = Comprueba el número; quizá falta el signo decimal.
refusal-not-a-flag = Ni verdadero ni falso
    .about = Añade la palabra a true o a false en el mapeo.
refusal-not-a-currency = No es una moneda
    .about = Escribe tres letras, como EUR o USD.
refusal-unknown-word = Palabra desconocida
    .about = Añade la palabra a translate del campo en el mapeo.
refusal-unknown-reference = Nombra algo que no existe
    .about = Importa antes el archivo al que se refiere, o corrige el identificador.

## Lo que no cuadra en los datos; las filas cuentan igualmente

finding-never-ran = Suscripción que termina el día en que empieza o antes
    .about = Nunca estuvo en vigor y no aporta ingresos; comprueba ambas fechas.
finding-solved-before-opened = Ticket resuelto antes de abrirse
    .about = Su tiempo de resolución cuenta como cero; comprueba las horas.
finding-answered-before-opened = Ticket respondido antes de abrirse
    .about = Comprueba las horas en el origen.
finding-solved-before-answered = Ticket resuelto antes de la primera respuesta
    .about = Comprueba las horas en el origen.
finding-negative-count = Recuento negativo
    .about = Se guarda como corrección de un uso anterior.
finding-negative-price = Precio negativo
    .about = Reduce los ingresos recurrentes; comprueba si es un descuento.
finding-in-future = Con fecha posterior al día de la importación
    .about = Cuenta desde su día; comprueba la fecha.
finding-churned-but-paying = Marcada como baja y sigue pagando
    .about = El MRR se calcula con lo que se paga. Termina la suscripción o corrige la marca.
finding-churn-event-but-paying = Con aviso de baja y sigue pagando
    .about = El MRR se calcula con lo que se paga; el aviso solo explica.
finding-left-without-event = Dejó de pagar sin aviso de baja
    .about = La baja cuenta en el MRR; se desconoce el motivo.
finding-duplicate-id = Un mismo identificador en varias filas
    .about = Filas con el mismo identificador y distinto contenido; se conservó la primera.
finding-usage-outside-subscription = Uso sin ninguna suscripción
    .about = El uso cuenta; comprueba el inicio y el fin de las suscripciones.
finding-event-before-signup = Algo ocurrió antes del alta de la cuenta
    .about = Comprueba la fecha de alta.
finding-unknown-parent = La cuenta matriz no existe
    .about = Importa la matriz o corrige su identificador.
finding-unknown-feature = Uso de una función que no está en el catálogo
    .about = Se ha añadido la función; dale nombre y producto.
finding-seats-exceeded = Más personas que plazas
    .about = Se comparten plazas, o el número de plazas no está al día.

finding-count = { $count ->
    [one] { $count } caso
   *[other] { $count } casos
}
finding-examples = por ejemplo { $examples }

## El informe de una importación

import-title = Importación de { $source }
import-dry-run = Simulación: no se ha cambiado nada.
import-column-file = Archivo
import-column-record = Las filas son
import-column-rows = Leídas
import-column-new = Nuevas
import-column-changed = Cambiadas
import-column-unchanged = Sin cambios
import-column-refused = Rechazadas
import-column-left-out = Omitidas
import-progress = { $file }: { $rows } filas, { $rate } por segundo
import-reading = Leyendo { $file }
import-done = { $rows ->
    [one] { $rows } fila leída
   *[other] { $rows } filas leídas
} de { $files ->
    [one] { $files } archivo
   *[other] { $files } archivos
} en { $duration }.
import-nothing-changed = Nada ha cambiado: ya se sabía todo.
import-resumed = Una importación anterior se interrumpió; continúa donde se quedó.
import-file-known = { $file } no ha cambiado desde que se importó y no se ha vuelto a leer.
import-refused-title = Filas rechazadas
import-refused-line = { $reason }: { $rows ->
    [one] { $rows } fila
   *[other] { $rows } filas
}, la primera en la línea { $line }
import-refused-hint = Exportarlas con laer8 export --quarantine ARCHIVO, corregirlas e importar ese archivo.
import-released = { $rows ->
    [one] { $rows } fila corregida ha salido de la cuarentena.
   *[other] { $rows } filas corregidas han salido de la cuarentena.
}
import-findings-title = Lo que no cuadra
import-no-findings = Todo cuadra.
import-unmapped-files = Ninguna sección del mapeo lee { $files }.
import-suggest-doubts = { $count ->
    [0] El mapeo no deja nada en duda.
    [one] { $count } duda está escrita como comentario; decidirla antes de importar.
   *[other] { $count } dudas están escritas como comentarios; decidirlas antes de importar.
}
import-suggest-written = Mapeo escrito en { $file }.
