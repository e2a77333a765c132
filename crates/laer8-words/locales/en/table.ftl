# The table of accounts: its columns, filters and saved views.

## What is worked out of an account

field-score = Health score
field-band = Health
field-coverage = Data behind the score
field-change-30 = Change in 30 days
field-change-90 = Change in 90 days
field-signal = Signals
field-potential = Potential realised
field-works = Works as promised
field-quadrant = Layer-8 quadrant
field-renewal-on = Renewal
field-renewal-days = Days to renewal
field-stage-since = In the stage since
field-overdue-days = Days overdue

table-column-change-90 = 90 days
table-column-coverage = Data
table-column-tenure = Customer, days

table-group-account = Account
table-group-health = Health
table-group-journey = Journey
table-group-revenue = Revenue
table-group-traits = Custom fields

## Rows and totals

table-mean = mean { $mean }
table-place = { $from }–{ $to } of { $of }
table-late = +{ $days } d
table-rows = Rows

## Filters

table-filters = Filters and columns
table-add-filter = Add filter
table-how = How it is compared
table-how-is = is one of
table-how-not = is none of
table-how-range = is in the range
table-how-known = has a value
table-how-unknown = has no value ({ $count })
table-least = At least
table-below = Below
table-range = From { $least } to { $most } at present.
table-range-none = None of these accounts has a value.
table-range-backwards = The range ends before it begins: write the smaller limit first.
table-no-limit = “{ $typed }” is no number and no day; write 1500.5, or a day as 2026-11-22.
table-other-value = Another value
table-apply = Apply
table-clear = Clear

## Columns

table-columns = Columns
table-columns-shown = Shown, in this order
table-columns-reset = Back to the usual ones
table-earlier = Move earlier
table-later = Move later

## Saved views

table-views = Saved views
table-all = All accounts
table-view-new = Save as view
table-view-about = Keeps filters, columns and order under a name.
table-view-name = Name
table-view-share = Share with everybody
table-view-opens = Open Accounts with it
table-view-save = Save
table-view-update = Update
table-view-reset = Undo
table-view-settings = View settings
table-view-delete = Delete this view
table-view-changed = changed
table-view-shared = shared
table-view-shared-by = shared by { $owner }
table-view-private = private
table-no-such-name = No account is called “{ $name }”
