# What is worked out while somebody waits, and whose.

working-year = Se está calculando el año: { $done } de { $of } cuentas hasta ahora. Puedes irte y volver.
working-look-again = Mirar otra vez
working-everybody = Todos los clientes
