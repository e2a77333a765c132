# Deshacer lo que se acaba de hacer.
undo-withdrawn = La nota se ha retirado.
undo-do = Deshacer
