# What is worked out while somebody waits, and whose.

working-year = The year is being worked out: { $done } of { $of } accounts so far. Meanwhile, other pages work as ever.
working-look-again = Look again
working-everybody = All customers
