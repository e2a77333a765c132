# Fuentes que envían eventos según ocurren.
ago-now = ahora mismo
ago-seconds = hace { $count } s
ago-minutes = hace { $count } min
ago-hours = hace { $count } h
ago-days = { $count ->
    [one] hace { $count } día
   *[other] hace { $count } días
}
sources-title = Fuentes
sources-none = Ningún producto envía eventos todavía. Añade uno: laer8 source add producto
sources-off = desactivada
sources-never = nada todavía
sources-column-name = Fuente
sources-column-key = Clave de escritura
sources-column-heard = Último evento
sources-column-accepted = Aceptados
sources-column-waiting = En espera
sources-column-refused = Rechazados
sources-column-state = Estado
sources-column-quarantine = En cuarentena
sources-column-lag = De recibido a puntuado
sources-lag = { $ms } ms
sources-lag-none = –
sources-column-duplicates = Duplicados
sources-column-when = Recibido
sources-column-event = Evento
sources-column-who = Quién
sources-column-fate = Resultado
sources-column-account = Cuenta
sources-last-hour = Última hora
sources-fresh = a tiempo
sources-silent = en silencio
sources-within = se espera cada { $minutes ->
    [one] minuto
   *[other] { $minutes } min
}
sources-some-silent = { $sources ->
    [one] Una fuente lleva en silencio más de lo previsto
   *[other] { $sources } fuentes llevan en silencio más de lo previsto
}
sources-all-heard = { $events ->
    [one] Un evento
   *[other] { $events } eventos
} en la última hora, de { $sources ->
    [one] una fuente
   *[other] { $sources } fuentes
}
sources-backlog = { $events ->
    [0] Todo lo recibido está procesado.
    [one] Hay un evento recibido que aún no está procesado.
   *[other] Hay { $events } eventos recibidos que aún no están procesados.
}
sources-minute = { $ago }: { $events }
sources-empty = Ningún producto envía eventos todavía
sources-empty-said = El uso de tu producto puede llegar según ocurre, y las puntuaciones y señales lo siguen en menos de un segundo. Los SDK de Segment funcionan con Laer8 como servidor. Empieza por una fuente: tiene una clave y un nombre.
sources-add = Añadir una fuente
sources-add-about = Una por producto o sitio. Una fuente con el mismo nombre que una de importación la continúa: ambas usan los mismos identificadores.
sources-add-do = Añadir fuente
sources-name = Nombre
sources-name-example = producto
sources-exists = Una fuente con ese nombre ya envía eventos.
sources-no-name = El nombre de una fuente tiene como mucho 64 caracteres y no es «laer8».
sources-saved = Guardado.
sources-key-renewed = La fuente tiene una clave nueva. Lo que se envíe con la antigua se rechaza.
sources-replayed = { $events ->
    [one] Se ha vuelto a leer un evento.
   *[other] Se han vuelto a leer { $events } eventos.
} Lo que siga sin entenderse volverá aquí.
sources-waiting-about = hasta que se conozca su cuenta
sources-refused = Sin entender
sources-refused-about = Corrige lo que esté mal y vuelve a leerlo, o corrige el producto y vuelve a leerlos todos.
sources-replay-all = Volver a leer todos
sources-replay = Volver a leer
sources-event = El evento
sources-events = Últimos eventos
sources-events-about = Lo último que ha llegado y qué ha pasado con ello.
sources-events-none = Todavía no ha llegado nada. En cuanto llegue algo, se verá aquí.
sources-how = Cómo enviar
sources-how-about = Los SDK y la API HTTP de Segment, con este servidor y esta clave.
sources-settings = Ajustes
sources-fresh-minutes = Esperar algo cada … minutos
sources-active = Aceptar eventos
sources-filling = «{ $measure }» cuenta lo que llegó antes de entrar en vigor: { $part }
sources-kept = Lo que se envió
sources-kept-about = Cada evento se guarda tal como se envió, comprimido, para que una medida nueva pueda contar lo que llegó antes. Lo que se borra no se puede recuperar: las medidas nuevas ya no lo cuentan, pero lo contado se conserva.
sources-kept-days = Guardar durante … días
sources-kept-always = para siempre
sources-kept-wrong = Escribe de { $least } a { $most } días, o nada para guardarlo siempre.
sources-save = Guardar
sources-renew = Clave nueva
sources-renew-about = La clave antigua deja de funcionar al instante.
event-fate-accepted = aceptado
event-fate-waits = espera a su cuenta
event-fate-duplicate = duplicado
event-fate-refused = sin entender
event-fate-other-account = aceptado; la persona está en otra cuenta
event-fate-not-stored = no se puede guardar
event-refused-not-an-object = No es un objeto JSON
event-refused-too-large = Es demasiado grande
event-refused-too-deep = Tiene demasiados niveles
event-refused-no-type = No tiene tipo
event-refused-unknown-type = Su tipo es desconocido
event-refused-no-id = No nombra a nadie
event-refused-no-event-name = El evento no tiene nombre
event-refused-no-group-id = No nombra ninguna cuenta
event-refused-no-previous-id = No tiene el identificador anterior
event-refused-too-long = Un identificador o un nombre es demasiado largo
event-refused-wrong-type = Las propiedades o los atributos no son un objeto
event-refused-not-stored = No se puede guardar
sources-all-waiting = { $events ->
    [one] Un evento espera hasta que se conozca su cuenta.
   *[other] { $events } eventos esperan hasta que se conozca su cuenta.
}
sources-all-quarantined = { $events ->
    [one] Uno no se pudo entender.
   *[other] { $events } no se pudieron entender.
}
