# What is worked out while somebody waits, and whose.

working-year = The year is being worked out: { $done } of { $of } accounts so far. You can leave, and come back.
working-look-again = Look again
working-everybody = All customers
