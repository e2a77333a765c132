# Lo que una página dice a primera vista.

glance-title = { $count ->
    [one] Llama hoy a esta cuenta: { $stake } en juego
   *[other] Llama hoy a estas { $count } cuentas: { $stake } en juego
}
glance-title-plain = { $count ->
    [0] Hoy nadie te necesita
    [one] Llama hoy a esta cuenta
   *[other] Llama hoy a estas { $count } cuentas
}
glance-in-all = En total te necesitan { $count } cuentas, con { $stake } en juego.
glance-calls = Llama primero
glance-then = Después, estas
glance-in-a-year = en 12 meses
glance-a-year-ago = hace un año, { $value }
glance-lost = clientes perdidos en 12 meses

## Una cuenta

glance-capped = limitada, { $label }
glance-takes-most = lo que más resta es { $measure }
glance-adds-most = lo que más suma es { $measure }
glance-no-score = Sin puntuación
glance-ago = { $days ->
    [0] hoy
    [one] hace { $days } día
   *[other] hace { $days } días
}
glance-tickets = { $shown } de { $all }, primero los abiertos
glance-printed = Laer8, a fecha de { $day }
glance-terms = Condiciones
glance-more = Más

## El ciclo

glance-overdue-title = { $count ->
    [one] { $count } cuenta ha superado el plazo de su etapa, { $arr } de ARR
   *[other] { $count } cuentas han superado el plazo de su etapa, { $arr } de ARR
}
glance-overdue-about = primero, las de más tiempo
glance-overdue-all = { $count ->
    [one] Verla en la tabla
   *[other] Ver las { $count } en la tabla
}
glance-over-target = Días de retraso
glance-of = { $part } de { $all }
glance-flows-more = { $count ->
    [one] { $count } movimiento más
   *[other] { $count } movimientos más
}
glance-title-past = { $count ->
    [0] Nadie te necesitaba el { $day }
    [one] La cuenta a la que llamar el { $day }
   *[other] Las { $count } cuentas a las que llamar el { $day }
}
glance-title-past-stake = { $count ->
    [one] La cuenta a la que llamar el { $day }, { $stake } en juego
   *[other] Las { $count } cuentas a las que llamar el { $day }, { $stake } en juego
}
