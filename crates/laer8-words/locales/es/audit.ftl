# El registro de cambios: qué ha hecho alguien, dicho tras su nombre.

audit-times = Lo más reciente primero; horas en { $zone }.
audit-details = Detalles
audit-earlier = Cambios anteriores
audit-newest = Lo más reciente
audit-operator = El operador
audit-key = La clave de API «{ $name }»
audit-user-first = empezó aquí como primer administrador
audit-user-add = añadió a { $user } con el rol { $role }
audit-user-role = cambió el rol de { $user } de { $before } a { $after }
audit-user-let = volvió a dejar entrar a { $user }
audit-user-stop = dejó a { $user } sin acceso
audit-user-same = guardó a { $user } sin cambios
audit-user-invite = creó un enlace para { $user }
audit-user-password = eligió una contraseña nueva
audit-session-begin = inició sesión
audit-key-add = creó la clave de API «{ $key }» con el rol { $role }
audit-key-remove = revocó la clave de API «{ $key }»
audit-workspace-named = llamó «{ $after }» al espacio de trabajo
audit-workspace-name = cambió el nombre del espacio de trabajo de «{ $before }» a «{ $after }»
audit-workspace-currency = cambió la moneda de los informes de { $before } a { $after }
audit-workspace-same = guardó el espacio de trabajo sin cambios
audit-note-add = escribió una nota en { $account }
audit-note-change = cambió una nota de { $account }
audit-note-withdraw = retiró una nota de { $account }
audit-pulse-set = fijó en { $pulse } el pulso de { $account }
audit-owner-set = nombró a { $after } responsable de { $account }
audit-owner-moved = pasó { $account } de { $before } a { $after }
audit-owner-none = quitó { $account } a { $before }; se queda sin responsable
audit-config-change = guardó la { $version } de { $document }
audit-scorecard = la ficha de puntuación «{ $name }»
audit-import-run = importó archivos de { $source }
audit-ingest-run = recogió lo que escribió el tap de { $source }
audit-quarantine-mend = { $count ->
    [one] corrigió { $count } fila rechazada de { $source }
   *[other] corrigió { $count } filas rechazadas de { $source }
}
audit-records-absorb = { $count ->
    [one] incorporó { $count } registro de { $source }
   *[other] incorporó { $count } registros de { $source }
}
audit-export-restore = { $count ->
    [one] volvió a leer una exportación de { $count } registro
   *[other] volvió a leer una exportación de { $count } registros
}
audit-demo-fill = { $count ->
    [one] llenó el espacio de trabajo con una empresa de demostración de { $count } cuenta
   *[other] llenó el espacio de trabajo con una empresa de demostración de { $count } cuentas
}
audit-view-save = guardó la vista «{ $view }»
audit-view-change = cambió la vista «{ $view }»
audit-view-delete = borró la vista «{ $view }»
audit-other = hizo { $action } en { $subject }
audit-detail-who = Quién
audit-detail-when = Cuándo
audit-detail-code = Registrado como
audit-source-add = añadió la fuente { $source }
audit-source-change = cambió la fuente { $source }
audit-source-renew-key = dio una clave de escritura nueva a la fuente { $source }
audit-source-replay = { $count ->
    [one] volvió a leer un evento de { $source }
   *[other] volvió a leer { $count } eventos de { $source }
}
audit-source-keep-all = decidió guardar para siempre lo que envían las fuentes
audit-source-keep = { $count ->
    [one] decidió guardar un día lo que envían las fuentes
   *[other] decidió guardar { $count } días lo que envían las fuentes
}
