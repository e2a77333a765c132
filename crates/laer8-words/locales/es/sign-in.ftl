### Entrar, usuarios, claves, ajustes.

error-wrong-password = El correo o la contraseña no son correctos. Inténtalo de nuevo o pide un enlace nuevo a un administrador.
error-stale-link = Este enlace ya no sirve. Pide uno nuevo a un administrador.
error-too-many = { $seconds ->
    [one] Demasiados intentos. Inténtalo de nuevo en { $seconds } segundo.
   *[other] Demasiados intentos. Inténtalo de nuevo en { $seconds } segundos.
}
error-no-address = «{ $text }» no es una dirección de correo. Escríbela como ana@example.com.
error-user-taken = Ya hay un usuario { $email }.
error-no-name = Escribe un nombre, de 1 a 200 caracteres.
error-last-admin = { $email } es el último administrador. Nombra antes a otra persona.
error-password-short = Una contraseña tiene al menos { $least } caracteres. Unas cuantas palabras seguidas van bien.
error-password-long = Esta contraseña es demasiado larga.
error-password-address = La contraseña no puede ser la dirección de correo. Elige otra.
error-passwords-differ = Las dos contraseñas no son iguales. Escribe la misma dos veces.

sign-in-title = Entrar
sign-in-do = Entrar
sign-in-email = Correo electrónico
sign-in-password = Contraseña
sign-in-forgot = ¿La has olvidado? Un administrador puede darte un enlace nuevo.
sign-in-signed-out = Tu sesión ha terminado. Lo que has escrito sigue en la página anterior: vuelve atrás, entra en otra pestaña y envíalo de nuevo.
sign-out-do = Salir

setup-title = Te damos la bienvenida a Laer8
setup-about = Aún no puede entrar nadie. Conviértete en el primer administrador; después podrás invitar a los demás.
setup-do = Empezar
setup-code-needed = Aún no puede entrar nadie. El primer administrador empieza con el enlace que el servidor mostró al arrancar.
setup-code-how = Está en el terminal o en el registro del servidor. También sirve crear allí un usuario y seguir el enlace que muestra: laer8 user add CORREO NOMBRE --role admin
setup-done-already = Aquí ya hay un administrador. Entra o pídele un enlace.

welcome-title = Te damos la bienvenida, { $name }
welcome-about = Elige una contraseña para { $email }.
welcome-do = Guardar y entrar
password-new = Contraseña nueva
password-again = Repite la contraseña nueva
password-old = Contraseña actual
password-hint = Al menos { $least } caracteres. Unas cuantas palabras seguidas van bien.

settings-title = Ajustes
settings-me = Mi cuenta
settings-users = Usuarios
settings-keys = Claves de API
settings-workspace = Espacio de trabajo
settings-audit = Registro de cambios
settings-operator = Actúas como operador de esta máquina: la demostración entra sola. Se entra con contraseña donde un espacio de trabajo se sirve con «laer8 serve».
settings-role = Rol
settings-language = Idioma y tema
settings-language-about = Para este navegador.
settings-light = Claro
settings-dark = Oscuro
settings-system = Según el sistema
settings-password = Contraseña
settings-password-do = Cambiar la contraseña
settings-password-about = Al cambiarla terminan todas tus demás sesiones.
settings-password-done = Tu contraseña ha cambiado y tus demás sesiones han terminado.
settings-sessions = Sesiones
settings-sessions-about = Dónde está abierta tu sesión.
settings-session-current = sesión actual
settings-sessions-end = Terminar las demás
settings-sessions-ended = { $count ->
    [0] No había ninguna otra sesión.
    [one] Ha terminado { $count } sesión más.
   *[other] Han terminado { $count } sesiones más.
}
settings-began = Desde
settings-seen = Último uso
settings-agent = Navegador
settings-name = Nombre
settings-active = Puede entrar
settings-state-invited = Aún sin contraseña
settings-state-active = Activo
settings-state-inactive = No puede entrar
settings-user-add = Invitar a alguien
settings-user-add-do = Crear un enlace
settings-user-save = Guardar
settings-user-link = Enlace para entrar
settings-user-linked = Envía este enlace a { $email }. Sirve una vez, durante { $days } días, y solo se muestra ahora:
settings-user-saved = Guardado: { $email }.
settings-users-none = Invita a alguien abajo: con el enlace que obtengas elegirá su contraseña.
settings-key-add = Crear una clave
settings-key-name = Para qué es
settings-key-made = Esta es la clave para { $name }. Solo se muestra ahora; guárdala donde guardas los secretos:
settings-key-remove = Revocar
settings-key-removed = La clave está revocada y ya no sirve.
settings-key-used = Último uso
settings-key-never = Nunca
settings-key-by = Creada por
settings-keys-about = Los programas envían la clave como «Authorization: Bearer …». Una clave puede hacer lo que puede su rol.
settings-keys-none = Crea una para cada programa, y así podrás revocarlas por separado.
settings-workspace-name = Nombre
settings-workspace-currency = Moneda de los informes
settings-workspace-zone = Zona horaria
settings-workspace-fixed = Los días guardados no se mueven: la zona horaria queda como la fijó la primera importación. Una moneda nueva vale para todo lo que se muestra.
settings-workspace-saved = Guardado.
settings-audit-about = Quién ha cambiado qué
settings-audit-none = Aún no se ha cambiado nada.
settings-documents = Fichas y reglas

user-link = Da este enlace a { $email }. Sirve una vez, durante { $days } días: { $link }
serving-unclaimed = Aún no puede entrar nadie. Empieza aquí: { $link }
serving-plain = En esta dirección las contraseñas viajan sin cifrar. Pon delante un proxy con TLS e indica su dirección con --url.

## Escribir en una cuenta

edit-write-note = Escribir una nota
edit-pulse = Pulso
edit-pulse-do = Fijar el pulso
edit-pulse-about = Tu juicio, de 0 (perdida) a 100 (no puede ir mejor).
edit-pulse-why = Por qué
edit-kind = Tipo
edit-day = Día
edit-with = Con
edit-with-nobody = Nadie de allí
edit-two-way = El cliente participó
edit-text = Qué se dijo
edit-save = Guardar
edit-change = Cambiar
edit-withdraw = Retirar
edit-owner = Responsable
edit-owner-hint = Correo electrónico o nombre; vacío para nadie
edit-by = de { $author }
edit-failed = No se ha guardado
edit-failed-about = No se ha perdido nada: corrígelo aquí y guárdalo de nuevo.
edit-back = Volver a la cuenta
edit-conflict-now = Lo que dice ahora:

error-edit-empty = Escribe qué se dijo, al menos una palabra.
error-edit-long = Una nota tiene como mucho 20.000 caracteres. Escribe una más corta y di dónde está el resto.
error-edit-future = Una nota es de hoy, { $day }, o de antes.
error-edit-kind = Una nota es una nota, una llamada, una reunión o un correo.
error-edit-pulse = Un pulso está entre 0 y 100.
error-edit-owner = Un responsable es un correo electrónico o un nombre de 200 caracteres como mucho.
error-edit-imported = Esto llegó de otro sistema. Cámbialo allí.
error-conflict = Alguien lo ha cambiado mientras tanto. Míralo de nuevo y cámbialo después.
web-error-forbidden = Esto no está permitido
