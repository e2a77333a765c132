# Lo que esperan los eventos de una fuente.
awaited-title = A la espera de su cuenta
awaited-about = Estos eventos se guardan, y contarán para su día en cuanto se sepa de quién son.
awaited-column-whom = Espera a
awaited-column-events = Eventos
awaited-column-since = Desde
awaited-column-do = Qué hacer
awaited-account = cuenta
awaited-person = persona
awaited-account-advice = Envía una llamada group para ella, o impórtala con esta fuente.
awaited-person-advice = Envía una llamada group para esta persona, o indica la cuenta en los eventos (context.groupId).
awaited-known-advice = Si ambas son la misma cuenta, dilo en las reglas.
awaited-rule = Reglas
awaited-more = Esperan más; estos son los que tienen más eventos.
