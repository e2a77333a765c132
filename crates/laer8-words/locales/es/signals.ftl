# Señales: cómo se llaman, qué vigilan (`.about`), el motivo en una línea
# (`.reason` y sus variantes) y qué hacer.
# Motivos y próximos pasos son elementos de lista: sin punto final.

signal-silence = Silencio
    .about = Lleva sin usarse mucho más de lo habitual.
    .reason = { $days ->
        [one] Sin uso desde hace { $days } día
       *[other] Sin uso desde hace { $days } días
    }; lo habitual es { $usual ->
        [one] cada día
       *[other] cada { $usual } días
    }
    .never = { $days ->
        [one] Sin ningún uso en su primer día como cliente
       *[other] Sin ningún uso en { $days } días como cliente
    }
signal-score-drop = Caída de la puntuación
    .about = La puntuación de salud ha bajado mucho en 30 o 90 días.
    .reason = La puntuación ha bajado { $points } puntos en { $days ->
        [one] { $days } día
       *[other] { $days } días
    }; ahora es { $score }
signal-renewal-debt = Renovación con adopción pendiente
    .about = La ventana de renovación está abierta y desde entonces faltan objetivos de adopción.
    .reason = { $days ->
        [0] Renueva hoy
        [one] Renueva en { $days } día
       *[other] Renueva en { $days } días
    } con { $unmet ->
        [one] { $unmet } objetivo de adopción sin cumplir
       *[other] { $unmet } objetivos de adopción sin cumplir
    }
    .leaving = { $days ->
        [0] Termina hoy, con preaviso dado
        [one] Termina en { $days } día, con preaviso dado
       *[other] Termina en { $days } días, con preaviso dado
    } y { $unmet ->
        [one] { $unmet } objetivo de adopción sin cumplir
       *[other] { $unmet } objetivos de adopción sin cumplir
    }
signal-escalation = Escalado
    .about = Un ticket escalado sigue abierto.
    .reason = { $tickets ->
        [one] { $tickets } ticket escalado sin resolver
       *[other] { $tickets } tickets escalados sin resolver, el primero
    } desde hace { $days ->
        [one] { $days } día
       *[other] { $days } días
    }
    .today = { $tickets ->
        [one] { $tickets } ticket escalado hoy y sin resolver
       *[other] { $tickets } tickets escalados hoy y sin resolver
    }
signal-works-unused = Funciona, pero no se usa
    .about = Funciona según lo prometido y se aprovecha poco de su potencial.
    .reason = Funciona, pero solo se aprovecha el { $percent } de su potencial
signal-seats-full = Plazas casi llenas
    .about = Casi todas las plazas pagadas están en uso.
    .reason = { $used } de { $seats ->
        [one] { $seats } plaza
       *[other] { $seats } plazas
    } en uso
signal-outgrown = El plan se queda corto
    .about = En un mes se usa más de lo que incluye el plan.
    .reason = { $uses } de { $included ->
        [one] { $included } uso incluido
       *[other] { $included } usos incluidos
    } en { $month }
signal-champion-lost = Sin promotor interno
    .about = Se fue un promotor interno o patrocinador y nadie ocupa ahora ese papel.
    .reason = { $name } ({ $role }) se fue el { $day } y nadie ha tomado el relevo
signal-payment-risk = Pago en riesgo
    .about = Hay un pago atrasado.
    .reason = { $days ->
        [0] Pago atrasado desde hoy
        [one] Pago atrasado desde hace { $days } día
       *[other] Pago atrasado desde hace { $days } días
    }

## Qué hacer: una frase en infinitivo

next-step-reach-out = Preguntar qué ha pasado y enseñar aquello para lo que lo compraron
next-step-review-health = Averiguar qué ha bajado la puntuación y acordar quién se encarga de arreglarlo
next-step-plan-renewal = Acordar con el cliente, antes de renovar, cómo se cumplirán los objetivos que faltan
next-step-save-conversation = Hay preaviso: averiguar por qué y llevar a alguien de dirección a la próxima conversación
next-step-resolve-escalation = Nombrar a una persona que lo lleve hasta el final y decir al cliente cuándo
next-step-drive-adoption = Enseñar al equipo, sobre su propio trabajo, lo que paga y no usa
next-step-offer-seats = Ofrecer más plazas antes de que alguien se quede fuera
next-step-offer-upgrade = Ofrecer el plan superior con su propio uso como argumento
next-step-negotiate-terms = El plan más grande se les queda corto: acordar condiciones propias
next-step-find-champion = Preguntar quién toma el relevo y repetir el arranque con esa persona
next-step-settle-payment = Preguntar quién lleva la factura y resolverla antes de que se bloquee nada

severity-info = Conviene saberlo
severity-warning = Pronto
severity-critical = Hoy

signal-at-stake = { $money } en juego
signal-to-gain = { $money } por ganar
signal-since = desde el { $day }
signal-started = Surgida
signal-ended = Terminada
