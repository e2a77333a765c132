# What is worked out while somebody waits, and whose.

working-year = Se está calculando el año: { $done } de { $of } cuentas hasta ahora. Mientras tanto, se puede seguir en otra página.
working-look-again = Mirar otra vez
working-everybody = Todos los clientes
