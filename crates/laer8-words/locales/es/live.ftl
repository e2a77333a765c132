# Lo que dicen las páginas mientras cambian sin volver a cargarse.

live-loading = Cargando
live-offline = No se puede llegar al servidor. No se ha perdido nada: comprueba la conexión y vuelve a intentarlo.
live-failed = No ha funcionado. No se ha cambiado nada: vuelve a cargar la página e inténtalo otra vez.
live-found = { $count ->
    [0] Ninguna cuenta se llama así. Ver la tabla
    [one] Ver esa cuenta en la tabla
   *[other] Ver las { $count } cuentas en la tabla
  }

## Lo que se lee en un gráfico

live-week = Semana hasta el { $day }
live-week-ending = Semana que acaba el
live-since = Desde
