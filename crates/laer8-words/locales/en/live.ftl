# What pages say while they change in place.

live-loading = Loading
live-offline = The server can't be reached. Nothing is lost: see whether you are connected, and try again.
live-failed = That did not work. Nothing was changed: load the page again, and try once more.
live-found = { $count ->
    [0] No account has a name like this. Show the table
    [one] Show the one account in the table
   *[other] Show all { $count } accounts in the table
  }

## What is read off a chart

live-week = Week to { $day }
live-week-ending = Week ending
live-since = Since
