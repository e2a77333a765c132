# Words of the pages of health, revenue, imports and documents, beside those
# that the terminal has too.

## Revenue

web-revenue-grew = { $months ->
    [one] Revenue grew { $growth } in { $months } month
   *[other] Revenue grew { $growth } in { $months } months
}
web-revenue-shrank = { $months ->
    [one] Revenue shrank { $growth } in { $months } month
   *[other] Revenue shrank { $growth } in { $months } months
}
web-customers-from-to = { $before } → { $after } customers
web-cohort-months = percent of the starting MRR, by months since the start

## Health

web-mean-in-a-year = Mean score { $score }, { $change } in a year
web-as-table = Both charts as a table
web-see-all = See all
web-by-segment-about = share of ARR by health

## Imports and quarantine

web-mend-rows = Fix refused rows
web-waiting-rows = { $rows ->
    [one] Fix { $rows } refused row
   *[other] Fix { $rows } refused rows
}
web-line = Line

## Documents

document-identity-about = Which accounts and people of several sources belong together, and which source wins.
document-journey-about = When a stage is done, how long it should take, and when renewal begins.
document-segments-about = Which customers belong together, by what is known of them.
document-signals-about = What calls for attention, when, and how urgently.
document-scorecard-about = The same scorecard as text, with everything that the form has.

## Settings

settings-users-count = { $count ->
    [0] Nobody can sign in yet
    [one] { $count } person
   *[other] { $count } people
}
settings-users-waiting = { $count ->
    [0] everybody has chosen a password
    [one] { $count } has not chosen a password yet
   *[other] { $count } have not chosen a password yet
}
settings-keys-docs = What the API can do
settings-keys-count = { $count ->
    [0] No key in use
    [one] { $count } key in use
   *[other] { $count } keys in use
}
settings-workspace-card = Name, currency, time zone
web-to-today = Go to Today
web-to-area = Go to { $area }
web-stale-link = Ask for a new link
