# Importar archivos desde las páginas, paso a paso.

wizard-title = Importar archivos
wizard-new = Importar archivos
wizard-steps = Pasos
wizard-step-files = Archivos
wizard-step-mapping = Columnas
wizard-step-check = Comprobación
wizard-step-import = Importación

## Archivos

wizard-files-about = CSV y Excel (.xlsx): cuentas, personas, suscripciones, uso, tickets, encuestas. Laer8 analiza los valores, propone qué es cada columna y muestra qué pasaría antes de guardar nada.
wizard-choose-files = Archivos
wizard-choose-about = Varios a la vez, los que van juntos; hasta { $megabytes } MB.
wizard-upload = Analizar archivos
wizard-open = Sin importar todavía
wizard-open-about = los archivos se guardan { $days } días
wizard-open-by = { $by }, { $when }
wizard-discard = Descartar
wizard-go-on = Continuar
wizard-state-mapping = columnas
wizard-state-trying = comprobándose
wizard-state-tried = comprobado
wizard-state-importing = importándose
wizard-state-interrupted = interrumpido
wizard-fault-place = Este servidor no tiene carpeta para archivos. Quien lo administra puede iniciarlo con laer8 serve.
wizard-fault-none = Elige al menos un archivo.
wizard-fault-large = Los archivos superan juntos los { $megabytes } MB, o el envío se cortó. Divídelos o usa laer8 import.
wizard-fault-many = Son más de { $count } archivos. Impórtalos por partes.
wizard-fault-table = { $name } no es CSV ni un libro de Excel (.xlsx). Guárdalo como uno de ellos.
wizard-fault-twice = { $name } está dos veces. Cambia el nombre de uno.
wizard-fault-unreadable = No se puede leer ninguno de los archivos:
wizard-fault-unfinished = Quedan columnas por elegir.
wizard-fault-begun = Estos archivos ya se están importando.

## Columnas

wizard-mapping-title = Qué son las columnas
wizard-begun-from = Empieza como se leyeron por última vez los archivos de { $source }.
wizard-suggested = Propuesto a partir de los nombres de las columnas y de todos sus valores. Cambia lo que no sea correcto.
wizard-whole = Para todos los archivos
wizard-source = Fuente
wizard-source-about = de dónde vienen los archivos, como crm; bajo ella se guardan los identificadores
wizard-currency-about = de los importes que no indican ninguna
wizard-zone = Zona horaria
wizard-dates-year = AAAA
wizard-dates-day = DD
wizard-dates-month = MM
wizard-dates-short-year = AA
wizard-dates-hour = hh
wizard-dates-minute = mm
wizard-dates-second = ss
wizard-dates-month-name = Mmm
wizard-dates-half = am/pm
wizard-choose = Elige…
wizard-rows = { $rows ->
    [one] { $rows } fila
   *[other] { $rows } filas
}
wizard-sheet = hoja { $sheet }
wizard-is = Cada fila es
wizard-leave-out = nada: dejarlo fuera
wizard-reads = Lee archivos llamados
wizard-reads-about = * vale por cualquier texto, para que el próximo también se lea
wizard-column = Columna
wizard-values = Valores
wizard-becomes = Pasa a ser
wizard-nothing = – nada –
wizard-trait = Campo personalizado
wizard-no-values = sin valores
wizard-unnamed = columna { $number }, sin nombre
wizard-fixed = Igual en todas las filas
wizard-import-day = el día de la importación
wizard-word = «{ $word }» significa
wizard-decimals = antes de los decimales
wizard-thousands = entre los millares
wizard-wanted = Elige la columna de: { $fields }.
wizard-open-questions = { $count ->
    [one] Queda una cosa por elegir
   *[other] Quedan { $count } cosas por elegir
}
wizard-in-file = { $file }: { $what }
wizard-must-fill = { $field } debe tener un valor
wizard-save = Guardar
wizard-check = Comprobar qué pasaría
wizard-download = Descargar el mapeo
wizard-unreadable = Estos no se pueden leer como tablas:

## Comprobación

wizard-check-title = Qué pasaría
wizard-checking = Comprobando qué pasaría
wizard-checking-about = No se guarda nada. Se puede dejar esta página y volver a ella.
wizard-check-done = { $rows ->
    [one] Se ha leído { $rows } fila
   *[other] Se han leído { $rows } filas
}. Aún no se ha guardado nada.
wizard-check-all-well = Se admitirían todas las filas.
wizard-check-refused = { $rows ->
    [one] Se rechazaría { $rows } fila. Quedaría en cuarentena, para corregirla.
   *[other] Se rechazarían { $rows } filas. Quedarían en cuarentena, para corregirlas.
}
wizard-check-nothing = No se admitiría ninguna fila. Revisa las columnas.
wizard-left-out = Sin leer, porque ninguna parte del mapeo es para ellos:
wizard-would-refuse = Se rechazarían
wizard-reason-line = Línea { $line }: { $message }
wizard-back = Cambiar las columnas
wizard-import = Importar
wizard-failed = No se ha podido leer:

## Importación

wizard-importing = Importando
wizard-importing-about = Se puede dejar esta página y volver a ella. Si el servidor se reinicia, continúa con el primer archivo que no esté terminado.
wizard-waiting = A la espera de empezar. Puede haber otra importación de esta fuente en curso.
wizard-look-again = Volver a comprobar
wizard-progress-file = { $file }, { $position } de { $files }
wizard-progress-rows = { $rows ->
    [one] { $rows } fila leída
   *[other] { $rows } filas leídas
}
wizard-progress-rows-of = { $rows } de { $all } filas leídas
wizard-progress-refused = { $rows ->
    [0] ninguna rechazada
    [one] { $rows } rechazada
   *[other] { $rows } rechazadas
}
wizard-done = Importado
wizard-done-said = { $rows ->
    [0] No se importó ninguna fila.
    [one] Se importó una fila.
   *[other] Se importaron { $rows } filas.
} Los próximos archivos de { $source } se leen igual: sus columnas ya se conocen.
wizard-done-drop = O déjalos en una carpeta «{ $source }» dentro de la vigilada, y se importan solos.
wizard-to-run = Ver qué ha pasado con cada archivo
wizard-to-today = Ir a Hoy
wizard-interrupted = La importación terminó antes de acabar
wizard-interrupted-said = Lo leído se conserva. Continúa con el primer archivo que no esté terminado.
wizard-run-failed = Esta importación terminó antes de acabar:
wizard-run-under-way = Esta importación está en curso.

## Campos que puede llenar una columna

target-id = Identificador
target-since = Vigente desde
target-name = Nombre
target-industry = Sector
target-country = País
target-domain = Dominio de correo
target-owner = Responsable (correo)
target-parent = Cuenta matriz
target-signed-up = Fecha de alta
target-seats = Plazas
target-payment-overdue = Pago atrasado
target-account = Cuenta (identificador)
target-subscription = Suscripción (identificador)
target-person = Persona (identificador)
target-email = Correo electrónico
target-title = Cargo
target-role = Papel en la decisión
target-influence = Influencia, de 0 a 100
target-reports-to = Depende de (identificador)
target-left = Ya no está
target-product = Producto (identificador)
target-entitles = Funciones incluidas
target-upgrade = Plan superior
target-included-uses = Usos incluidos al mes
target-core = Función principal
target-depth-target = Usos por plaza que cuentan como profundidad
target-start = Primer día
target-effective-from = Esta versión vale desde
target-end = Primer día tras el final
target-ended = Termina ese día
target-plan = Plan
target-quantity = Plazas o unidades
target-price = Precio
target-price-basis = El precio es por
target-price-per = El precio se cobra cada
target-currency = Moneda
target-trial = Es una prueba
target-term-start = Primer día del primer periodo
target-term-months = Meses de cada periodo
target-auto-renew = Renovación automática
target-notice-days = Días de preaviso
target-captive-until = No puede terminar antes de
target-feature = Función
target-day = Día
target-count = Usos
target-seconds = Duración del uso
target-errors = Errores
target-people = Personas distintas
target-opened = Abierto
target-subject = Asunto
target-priority = Prioridad
target-responded = Primera respuesta
target-solved = Resuelto
target-reopened = Reabierto
target-escalated = Escalado
target-sla-breached = SLA incumplido
target-rating = Valoración, de 1 a 5
target-kind = Tipo
target-score = Puntuación
target-comment = Comentario
target-reason = Motivo
target-refund = Reembolso
target-two-way = Participó el cliente
target-author = Autor
target-text = Texto
target-pulse = Pulso, de 0 a 100
target-from = Moneda de origen
target-to = Moneda de destino
target-rate = Tipo de cambio
target-dates = Las fechas se escriben
target-decimal = El signo en los números

## Palabras que se pueden elegir

choice-day = día
choice-week = semana
choice-month = mes
choice-quarter = trimestre
choice-year = año
choice-unit = una plaza o unidad
choice-total = el total
choice-low = baja
choice-medium = media
choice-high = alta
choice-urgent = urgente
choice-nps = NPS
choice-csat = CSAT
choice-ces = CES
choice-note = nota
choice-call = llamada
choice-meeting = reunión
choice-email = correo
choice-pulse = pulso
choice-champion = promotor interno
choice-sponsor = patrocinador
choice-decision-maker = quien decide
choice-administrator = administrador
choice-user = usuario
choice-detractor = detractor
wizard-done-refused = { $rows ->
    [one] Una fila no se pudo leer y espera en
   *[other] { $rows } filas no se pudieron leer y esperan en
}
