### Signing in, users, keys, settings.

error-wrong-password = This e-mail address and password do not match. Try again, or ask an administrator for a new link.
error-stale-link = This link no longer works. Ask an administrator for a new one.
error-too-many = { $seconds ->
    [one] Too many attempts. Try again in { $seconds } second.
   *[other] Too many attempts. Try again in { $seconds } seconds.
}
error-no-address = “{ $text }” is not an e-mail address. Write it like ana@example.com.
error-user-taken = There is already a user { $email }.
error-no-name = Write a name of 1 to 200 characters.
error-last-admin = { $email } is the last administrator. Make somebody else one first.
error-password-short = A password has at least { $least } characters. A few words in a row are good.
error-password-long = This password is too long.
error-password-address = A password must not be the e-mail address. Choose another.
error-passwords-differ = The two passwords differ. Write the same twice.

sign-in-title = Sign in
sign-in-do = Sign in
sign-in-email = E-mail address
sign-in-password = Password
sign-in-forgot = Forgotten? An administrator can send you a new link.
sign-in-signed-out = You are signed out. What you wrote is still in the page before: go back, sign in in another tab, then send it again.
sign-out-do = Sign out

setup-title = Welcome to Laer8
setup-about = Nobody can sign in yet. Make yourself the first administrator; you can invite the others afterwards.
setup-do = Begin
setup-code-needed = Nobody can sign in yet. The first administrator begins with the link that the server printed when it started.
setup-code-how = It is in the terminal or the log of the server. Or make a user there, and follow the link that it prints: laer8 user add EMAIL NAME --role admin
setup-done-already = There is already an administrator here. Sign in, or ask them for a link.

welcome-title = Welcome, { $name }
welcome-about = Choose a password for { $email }.
welcome-do = Save and sign in
password-new = New password
password-again = Repeat the new password
password-old = Current password
password-hint = At least { $least } characters. A few words in a row are good.

settings-title = Settings
settings-me = You
settings-users = Users
settings-keys = API keys
settings-workspace = Workspace
settings-audit = Audit log
settings-operator = You act as the operator of this machine: the demo signs in by itself. People sign in with a password where a workspace is served with “laer8 serve”.
settings-role = Role
settings-language = Language and theme
settings-language-about = For this browser.
settings-light = Light
settings-dark = Dark
settings-system = Follow the system
settings-password = Password
settings-password-do = Change password
settings-password-about = Changing it ends all your other sessions.
settings-password-done = Your password is changed, and your other sessions are ended.
settings-sessions = Sessions
settings-sessions-about = Where you are signed in.
settings-session-current = this one
settings-sessions-end = End the others
settings-sessions-ended = { $count ->
    [0] There was no other session.
    [one] { $count } other session is ended.
   *[other] { $count } other sessions are ended.
}
settings-began = Since
settings-seen = Last used
settings-agent = Browser
settings-name = Name
settings-active = May sign in
settings-state-invited = No password yet
settings-state-active = Active
settings-state-inactive = May not sign in
settings-user-add = Invite somebody
settings-user-add-do = Make a link
settings-user-save = Save
settings-user-link = New sign-in link
settings-user-linked = Send this link to { $email }. It works once, for { $days } days, and is shown only now:
settings-user-saved = Saved: { $email }.
settings-users-none = Invite somebody below: the link you get lets them choose a password.
settings-key-add = Make a key
settings-key-name = What it is for
settings-key-made = This is the key for { $name }. It is shown only now; keep it where secrets are kept:
settings-key-remove = Revoke
settings-key-removed = The key is revoked and no longer works.
settings-key-used = Last used
settings-key-never = Never
settings-key-by = Made by
settings-keys-about = Programs send a key as “Authorization: Bearer …”. A key may do what its role may.
settings-keys-none = Make one for each program, so that each can be revoked alone.
settings-workspace-name = Name
settings-workspace-currency = Reporting currency
settings-workspace-zone = Time zone
settings-workspace-fixed = Days that are stored do not move, so the time zone stays as the first import set it. A new currency applies to everything that is shown.
settings-workspace-saved = Saved.
settings-audit-about = Who changed what
settings-audit-none = Nothing has been changed yet.
settings-documents = Scorecards and rules

user-link = Give { $email } this link. It works once, for { $days } days: { $link }
serving-unclaimed = Nobody can sign in yet. Begin here: { $link }
serving-plain = Passwords cross the network unencrypted at this address. Put a proxy with TLS in front, and say its address with --url.

## Writing on an account

edit-write-note = Write a note
edit-pulse = Pulse
edit-pulse-do = Set the pulse
edit-pulse-about = Your judgement, 0 (lost) to 100 (could not be better).
edit-pulse-why = Why
edit-kind = Kind
edit-day = Day
edit-with = With
edit-with-nobody = Nobody there
edit-two-way = The customer took part
edit-text = What was said
edit-save = Save
edit-change = Change
edit-withdraw = Withdraw
edit-owner = Owner
edit-owner-hint = E-mail address or name; empty for nobody
edit-by = by { $author }
edit-failed = That was not saved
edit-failed-about = Nothing is lost: fix it here and save again.
edit-back = Back to the account
edit-conflict-now = What it says now:

error-edit-empty = Write what was said, at least a word.
error-edit-long = A note has at most 20,000 characters. Write a shorter one, and say where the rest is.
error-edit-future = A note is of today, { $day }, or earlier.
error-edit-kind = A note is a note, a call, a meeting or an e-mail.
error-edit-pulse = A pulse is between 0 and 100.
error-edit-owner = An owner is an e-mail address or a name of at most 200 characters.
error-edit-imported = This came in from another system. Change it there.
error-conflict = Somebody changed this meanwhile. Look at it again, then change it.
web-error-forbidden = You may not do this
