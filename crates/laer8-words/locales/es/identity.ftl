# Cuentas unidas: lo que cuentan varias fuentes y se lee como una sola.
identity-title = Cuentas unidas
identity-about = Lo que varias fuentes dicen de una empresa se lee como una sola cuenta. Cada unión se puede deshacer y no se pierde nada.
identity-edit = Editar las reglas
identity-read = Leer las reglas
identity-rules = Reglas
identity-rules-about = Se prueban en este orden, a medida que llegan los datos. Una regla nunca adivina.
identity-accounts = Las cuentas se unen por
identity-people = Las personas de una cuenta se unen por
identity-wins = Cuando las fuentes difieren
identity-no-rule = nada; solo lo que una persona une
identity-rule-domain = el mismo dominio de correo
identity-rule-email = la misma dirección de correo
identity-rule-shared = el mismo id en { $sources }
identity-rule-reference = el campo «{ $field }», que contiene el id en { $of }
identity-rule-field = el mismo «{ $field }»
identity-left-out = { $count ->
    [one] { $count } dominio compartido (p. ej. correo gratuito) no se usa para unir.
   *[other] { $count } dominios compartidos (p. ej. correo gratuito) no se usan para unir.
}
identity-wins-newest = Prevalece el dato más reciente.
identity-wins-sources = La primera de { $sources } que diga algo.
identity-wins-field = { $field }: la primera de { $sources } que diga algo.
identity-wins-field-newest = { $field }: el dato más reciente.
identity-wins-people = Personas:
identity-open = Por decidir
identity-open-about = Tienen algo en común, y una regla tendría que adivinar. Marca las que correspondan.
identity-doubt-same-source = Una fuente contiene varias de ellas.
identity-doubt-kept-apart = Algunas se mantienen separadas.
identity-join-these = Unir
identity-keep-apart = Mantener separadas
identity-more-of = { $count ->
    [one] Y { $count } más. Si un dominio no es de nadie, exclúyelo en las reglas.
   *[other] Y { $count } más. Si un dominio no es de nadie, exclúyelo en las reglas.
}
identity-more-candidates = { $count ->
    [one] { $count } más por decidir después de estas.
   *[other] { $count } más por decidir después de estas.
}
identity-show-accounts = Cuentas ({ $count })
identity-show-people = Personas ({ $count })
identity-show-undone = Deshechas y separadas ({ $count })
identity-none-accounts = No hay cuentas unidas. Cuando dos fuentes hablan de empresas con un mismo dominio, aparecen aquí.
identity-none-people = No hay personas unidas. Cuando dos fuentes hablan de alguien con una misma dirección de correo en una cuenta, aparece aquí.
identity-none-undone = No se ha deshecho ninguna unión ni se mantiene nada separado.
identity-read-as = Se lee como
identity-also = Unida a ella
identity-reason = Motivo
identity-joined = Unida
identity-undone = Deshecha
identity-by-rule = por la regla
identity-nameless = Sin nombre
identity-reason-hand = Lo decidió una persona
identity-reason-domain = Mismo dominio: { $value }
identity-reason-email = Misma dirección de correo: { $value }
identity-reason-external-id = Mismo id: { $value }
identity-reason-field = Mismo «{ $field }»: { $value }
identity-parted = { $first } y { $second } se leen de nuevo como dos. Ninguna regla las vuelve a unir.
identity-join-again = Unirlas de nuevo
identity-by-hand = Unir dos cuentas
identity-by-hand-about = Indica cada una por su nombre, por su id en una fuente o por el número de su dirección, como #12.
identity-one = Una cuenta
identity-other = La otra cuenta
identity-join = Unir
identity-too-few = Marca al menos dos.
identity-ambiguous = Podría ser cualquiera de { $candidates }; escribe el número.
identity-try = Ver qué uniría
identity-tried = Uniría { $joined }, separaría { $parted } y dejaría { $open } por decidir.
identity-would-join = Uniría
identity-would-part = Separaría
identity-from = de { $source }
audit-account-join = unió { $account } y { $other } ({ $reason })
audit-account-part = separó { $account } y { $other }
audit-account-keep-apart = mantuvo separadas { $account } y { $other }
audit-person-join = unió a la persona #{ $person } y a #{ $other } ({ $reason })
audit-person-part = separó a la persona #{ $person } y a #{ $other }
audit-person-keep-apart = mantuvo separadas a la persona #{ $person } y a #{ $other }
audit-rules = El sistema
