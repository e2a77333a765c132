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
sources-none = Ningún producto envía eventos todavía. Añada uno: laer8 source add producto
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
sources-column-fate = Qué ha sido de él
sources-column-account = Cuenta
sources-last-hour = Última hora
sources-fresh = llega a tiempo
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
    [0] Todo lo recibido está incorporado.
    [one] Hay un evento recibido que aún no está incorporado.
   *[other] Hay { $events } eventos recibidos que aún no están incorporados.
}
sources-minute = { $ago }: { $events }
sources-empty = Ningún producto envía eventos todavía
sources-empty-said = El uso de su producto puede llegar según ocurre, y las puntuaciones y señales lo siguen en menos de un segundo. Los SDK de Segment funcionan con solo indicarles otro servidor. Empiece por una fuente: tiene una clave y un nombre.
sources-add = Añadir una fuente
sources-add-about = Una por producto o sitio. El nombre de la fuente de una importación une las dos: ambas usan los mismos identificadores.
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
sources-refused-about = Corrija lo que esté mal y vuelva a leerlo, o corrija el producto y vuelva a leerlos todos.
sources-replay-all = Volver a leer todos
sources-replay = Volver a leer
sources-event = El evento
sources-events = Últimos eventos
sources-events-about = Lo último que ha llegado y qué ha sido de ello.
sources-events-none = Todavía no ha llegado nada. En cuanto llegue algo, se verá aquí.
sources-how = Cómo enviar
sources-how-about = Los SDK y la API HTTP de Segment, con este servidor y esta clave.
sources-settings = Ajustes
sources-fresh-minutes = Esperar algo cada … minutos
sources-active = Aceptar eventos
sources-filling = «{ $measure }» cuenta lo que llegó antes de entrar en vigor: { $part }
sources-kept = Lo que se envió
sources-kept-about = Cada evento se guarda tal como se envió, comprimido, para que una medida nueva pueda contar lo que llegó antes. Lo que se borra ya no cuenta para medidas nuevas; lo contado se queda.
sources-kept-days = Guardar durante … días
sources-kept-always = para siempre
sources-kept-wrong = Escriba de { $least } a { $most } días, o nada para guardarlo siempre.
sources-save = Guardar
sources-renew = Clave nueva
sources-renew-about = Desde ese momento la antigua deja de funcionar.
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
event-refused-no-event-name = No tiene nombre
event-refused-no-group-id = No nombra ninguna cuenta
event-refused-no-previous-id = No tiene el identificador anterior
event-refused-too-long = Un identificador o un nombre es demasiado largo
event-refused-wrong-type = Las propiedades o los rasgos no son un objeto
event-refused-not-stored = No se puede guardar
