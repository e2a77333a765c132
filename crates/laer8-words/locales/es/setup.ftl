# Fichas de puntuación y demás documentos de la configuración; importaciones y cuarentena.

## Fichas de puntuación

setup-scorecards = Fichas de puntuación
setup-scorecards-sub = { $count ->
    [one] { $count } ficha. La primera cuyas condiciones se cumplen puntúa al cliente.
   *[other] { $count } fichas, probadas de arriba abajo: la primera cuyas condiciones se cumplen puntúa al cliente.
}
setup-column-scorecard = Ficha
setup-column-applies = Se aplica a
setup-column-customers = Clientes
setup-column-measures = Medidas
setup-column-version = Versión
setup-column-by = Guardado por
setup-column-state = Estado
setup-column-cap = Límite
setup-column-most = Como máximo
setup-column-now = Limita ahora a
setup-column-value = Valor
setup-column-points = Puntos
setup-applies-others = todos los que no tienen otra ficha
setup-applies-and-others = { $conditions }, y todos los demás
setup-and = y
setup-or = o
setup-shipped = predeterminada
setup-version = versión { $number }
setup-by = { $author }, { $when }
setup-other-documents = Detrás de las puntuaciones
setup-other-documents-about = lo que decide etapas, segmentos y señales, como documentos
setup-kind-identity = Identidad
setup-kind-journey = Recorrido
setup-kind-segments = Segmentos
setup-kind-signals = Señales
setup-kind-scorecard = Ficha de puntuación
setup-views = Maneras de verlo
setup-tab-read = Leer
setup-tab-edit = Cambiar
setup-tab-toml = Como TOML
setup-scored-by-it = Clientes
setup-of-100 = de 100 puntos
setup-of-the-score = de la puntuación
setup-coverage = Datos mínimos
setup-coverage-about = conocidos; si no, no hay puntuación
setup-known = { $known } de { $all } tienen valor; mediana { $middle }
setup-without-value = Sin valor:
setup-caps = Límites
setup-caps-about = por bien que vaya lo demás, la puntuación no sube de ahí
setup-no-caps = Nada limita la puntuación.
setup-caps-nobody = nadie
setup-accounts-arr = { $accounts ->
    [one] { $accounts } cuenta, { $arr }
   *[other] { $accounts } cuentas, { $arr }
}
setup-history = Versiones
setup-history-about = una anterior vuelve como versión nueva
setup-in-force = vigente
setup-roll-back = Recuperar
setup-undo = Deshacer
setup-saved = La versión { $number } está vigente. Puntuaciones, señales y colas la siguen desde ahora.

## Lo que activa un límite

setup-trigger-at-least = { $measure } es al menos { $value }
setup-trigger-below = { $measure } está por debajo de { $value }
setup-trigger-between = { $measure } es al menos { $least } y menos de { $limit }
setup-trigger-left = { $days ->
    [one] { $what } en el último día, y nadie ha tomado el relevo
   *[other] { $what } en los últimos { $days } días, y nadie ha tomado el relevo
}

## Cambiar una

setup-edit-title = Cambiar { $name }
setup-edit-sub = No se guarda nada hasta que tú lo digas. Lo que cambiaría se calcula para todos los clientes.
setup-weight = Peso
setup-at-least = Al menos
setup-below = Menos de
setup-within = Cuenta durante
setup-unit-days = días
setup-unit-hours = horas
setup-unit-people = personas
setup-unit-tickets = tickets
setup-unit-severity = puntos de gravedad
setup-unit-per-ten-seats = por cada 10 plazas
setup-unit-rating = de 1 a 5
setup-unit-points = puntos
setup-take-out = Quitar
setup-thresholds = Bandas
setup-healthy-from = Saludable desde
setup-watch-from = En observación desde
setup-preview = Vista previa
setup-preview-about = frente a la ficha vigente
setup-save = Guardar
setup-discard = Descartar
setup-no-change = Ninguna cuenta cambia de banda.
setup-moved = { $count ->
    [0] No cambia ninguna puntuación.
    [one] Cambia { $count } puntuación.
   *[other] Cambian { $count } puntuaciones.
}
setup-before = Ahora
setup-after = Después
setup-arr-by-band = ARR por salud
setup-matrix = Cambios de banda
setup-distribution = Clientes
setup-changing = Cambian de banda
setup-changes = Lo que cambia
setup-no-changes = Nada todavía.
setup-no-customers = Todavía no hay clientes con los que probarlo.
setup-mend-first = Corrige primero esto; no se ha guardado nada:
setup-meanwhile = Alguien se adelantó: está vigente la { $version } ({ $by }), y tú partiste de «{ $base }».
setup-meanwhile-both = No se ha perdido nada tuyo. Mira qué ha cambiado cada parte y guarda tu versión sobre la suya, o sigue desde la suya.
setup-theirs = Su versión
setup-yours = Tu versión
setup-save-over = Guardar la mía sobre la suya
setup-take-theirs = Seguir desde la suya

## Lo que difiere

setup-from-to = { $what }: { $before } → { $after }
setup-changed-name = El nombre
setup-changed-applies = A quién se aplica
setup-weight-of = Peso de { $what }
setup-curve-of = Curva de { $what }
setup-missing-of = { $what } sin valor
setup-cap-of = Límite «{ $what }»
setup-changed-trigger = Cuándo limita «{ $what }» la puntuación
setup-added = Añadido: { $what }
setup-taken-out = Quitado: { $what }

## Lo que está mal en una

setup-in-group = Grupo { $group }
setup-in-cap = Límite { $number } ({ $label })
setup-fault-empty = falta un número; escríbelo, o vacía los dos campos del punto
setup-fault-number = «{ $text }» no es un número
setup-fault-unreadable = no se puede leer: { $what }
setup-fault-no-schema = falta la versión del formato; escribe schema = 1 en la primera línea
setup-fault-schema = schema es { $found }; escribe 1
setup-fault-other-key = la clave es «{ $key }»; conserva la que tiene el documento
setup-fault-key = «{ $found }» no es una clave; solo minúsculas, cifras y guiones bajos
setup-fault-name = un nombre está vacío; escribe en y es
setup-fault-no-facet = una condición no nombra ninguna faceta; por ejemplo facet = "stage"
setup-fault-tests-nothing = la condición sobre «{ $found }» no comprueba nada; añade is, not, at_least, below o known
setup-fault-limit = la condición sobre «{ $found }» tiene un límite que no es un número
setup-fault-never-applies = nada dice cuándo se aplica; escribe when, o default = true
setup-fault-coverage = el mínimo de datos es { $found }; tiene que ir de 0 a 100 %
setup-fault-bands = saludable empieza en { $healthy } y en observación en { $watch }; lo segundo debe quedar entre 0 y lo primero, y lo primero no pasar de 100
setup-fault-no-groups = no hay ningún grupo; añade uno
setup-fault-no-items = el grupo no tiene medidas; añade una o quita el grupo
setup-fault-repeated-group = otro grupo tiene la misma clave; dale una propia
setup-fault-weight = el peso es { $found }; escribe un número mayor que 0, o quítalo
setup-fault-measure = no hay ninguna medida «{ $found }»
setup-fault-repeated-measure = la ficha ya tiene esta medida; sobra una de las dos
setup-fault-missing = missing es «{ $found }»; escribe skip, neutral o worst
setup-fault-caps = hay { $found } límites; 32 son el máximo
setup-fault-at-most = el límite es { $found }; tiene que ir de 0 a 100
setup-fault-triggers = tiene { $found } de measure, event y condition; hace falta exactamente uno
setup-fault-limits = hace falta al menos un límite, y «al menos» debe ser menor que «menos de»
setup-fault-event = no hay ningún suceso «{ $found }»; escribe sponsor_left o champion_left
setup-fault-within-days = los días tienen que ser 1 o más, y pertenecer a un suceso
setup-fault-curve-empty = la curva no tiene ningún punto; añade uno
setup-fault-curve-number = el punto { $pair } de la curva no son dos números
setup-fault-curve-order = el punto { $pair } de la curva repite un valor; cada valor puede estar una vez, en orden creciente
setup-fault-curve-points = el punto { $pair } de la curva da puntos fuera de 0 a 100

## Como texto

setup-text = El documento
setup-text-about = TOML; los comentarios se conservan
setup-check = Comprobar
setup-is-fine = Se puede usar.
setup-not-checked = Todavía no se ha comprobado nada. Al guardar se comprueba primero.
setup-line = Línea { $line }:
setup-earlier = Esta es la { $version }, que ya no está vigente. Guardarla la pone en vigor otra vez.
setup-to-in-force = Ver la vigente

## Importaciones

setup-imports = Importaciones
setup-imports-sub = { $runs ->
    [one] { $runs } importación
   *[other] { $runs } importaciones
}; { $waiting ->
    [0] ninguna fila en cuarentena
    [one] { $waiting } fila en cuarentena
   *[other] { $waiting } filas en cuarentena
}.
setup-column-when = Cuándo
setup-column-source = Fuente
setup-column-files = Archivos
setup-column-findings = Hallazgos
setup-column-took = Duración
setup-column-taken = Aceptadas
setup-unfinished = sin terminar
setup-unfinished-tap = El tap no llegó a su fin en esta ejecución. Lo que trajo está guardado; la siguiente sigue desde el último estado.
setup-done-tap = { $rows ->
    [one] { $rows } registro leído
   *[other] { $rows } registros leídos
} de { $files ->
    [one] { $files } flujo
   *[other] { $files } flujos
} en { $duration }.
setup-unfinished-said = Esta importación no terminó. Repite el mismo comando: sigue con el primer archivo que falta.
setup-no-imports = Todavía no se ha importado nada
setup-no-imports-said = Aquí aparecerá lo que entre, archivo por archivo: lo nuevo, lo rechazado y lo que parece estar mal. Importa tus archivos en tres pasos:
setup-step-suggest = Deja que Laer8 analice los archivos y escriba un primer mapeo; sus dudas quedan como comentarios.
setup-step-try = Mira qué pasaría.
setup-step-import = Impórtalos. Repetirlo no cambia nada.
setup-files-about = en el orden en que se leyeron
setup-findings-about = En todos los datos, no solo en estos archivos; las filas cuentan igualmente.
setup-examples = Ejemplos
setup-example = Línea { $line }: { $message }
setup-all-mended = Ninguna sigue en cuarentena.

## Cuarentena

setup-quarantine = Cuarentena
setup-quarantine-sub = { $rows ->
    [0] No espera ninguna fila.
    [one] { $rows } fila no se pudo entender. No cuenta para nada hasta que se corrija.
   *[other] { $rows } filas no se pudieron entender. No cuentan para nada hasta que se corrijan.
}
setup-quarantine-empty = Todas las filas se entendieron
setup-quarantine-empty-said = Las filas que una importación no puede aceptar aparecen aquí con el motivo, para corregirlas y leerlas otra vez.
setup-by-file = Por archivo
setup-by-file-about = con el motivo y qué hacer
setup-rows = { $rows ->
    [one] { $rows } fila
   *[other] { $rows } filas
}
setup-rows-title = Filas
setup-no-rows = Ninguna fila coincide.
setup-no-column = sin columna
setup-at-fault = El error:
setup-cell-empty = vacía
setup-download = Descargar
setup-mend = Corregirlas
setup-mend-download = Descarga un archivo. El motivo está junto a cada fila.
setup-mend-cells = Corrige las celdas en una hoja de cálculo, sin cambiar el nombre del archivo.
setup-mend-upload = Súbelo. Una fila corregida cuenta como si desde el principio hubiera estado bien.
setup-mended-file = Archivo corregido
setup-mapping = Mapeo
setup-mapping-missing = sin mapeo
setup-other-mapping = Con otro mapeo
setup-read-again = Leer otra vez
setup-not-read = No se leyó:
setup-nothing-left = No queda nada en cuarentena.
setup-upload-none = elige primero un archivo
setup-upload-large = la subida se interrumpió o pasa de { $megabytes } MB; para archivos grandes usa laer8 import mend
setup-known-none = nadie tiene valor
setup-unfed = El { $share } del peso depende de medidas para las que nadie tiene valor. Puede que por eso haya cuentas sin puntuación: aporta los datos o cambia la ficha.
