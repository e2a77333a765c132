# Lo que se calcula mientras alguien espera, y de quién.

working-year = Se está calculando el año: { $done } de { $of } cuentas hasta ahora. Mientras tanto, se puede seguir en otra página.
working-look-again = Volver a comprobar
working-everybody = Todos los clientes
