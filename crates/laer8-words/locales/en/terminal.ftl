# What the program `laer8` says in the terminal: headings, columns, sentences
# and the hints of errors. Names of commands and flags are the same in every
# language.

## Frame

as-of = As of { $day }
as-of-today = As of today, { $day }
stale-notice = The newest fact is from { $newest }. Showing that day; use --as-of today for today.
workspace-empty = There is nothing here yet. Run laer8 demo to see the demo company, or laer8 import --suggest DIR to start with your own files.
book-line = { $accounts ->
    [one] { $accounts } account
   *[other] { $accounts } accounts
} · { $arr } ARR
more-rows = { $count ->
    [one] { $count } more row; use --all to see it
   *[other] { $count } more rows; use --all to see them
}
nothing-found = No account matches.
filtered-by = Only { $filter }
done-in = Done in { $duration }.

column-account = Account
column-owner = Owner
column-segment = Segment
column-stage = Stage
column-health = Health
column-trend = 30 days
column-mrr = MRR
column-arr = ARR
column-renewal = Renewal
column-signals = Signals
column-quadrant = Field
column-reason = Reason
column-next = Next step
column-stake = At stake
column-measure = Measure
column-value = Value
column-points = Points
column-weight = Weight
column-age = Age
column-setting = Setting
column-setting-value = Value in force
column-source = From

## today

today-title = Today, { $day }
today-count = { $count ->
    [0] Nothing needs you today.
    [one] { $count } account needs a look; { $stake } is at stake.
   *[other] { $count } accounts need a look; { $stake } is at stake.
}
today-why = Ranked by money at stake, urgency and the nearness of the renewal.
today-others = { $count ->
    [one] and { $count } other signal
   *[other] and { $count } other signals
}
today-next = Next: { $step }
today-feed-stale = No usage has arrived since { $day }. Check the feed: silence is not reported until it is back.

## accounts

accounts-title = Accounts
accounts-total = { $accounts ->
    [one] { $accounts } account
   *[other] { $accounts } accounts
}, { $mrr } MRR
account-customer-since = customer since { $month }
account-part-of = part of { $account }
account-no-owner = no owner

## score

score-heading = { $account }: { $score }, { $band }
score-heading-none = { $account }: not enough data
score-stage-line = Stage { $stage }, segment { $segment }
score-adds-up = 50 and all points above, less what caps took, are the score.

## what-if

what-if-title = What the new scorecard would do
what-if-changed = { $accounts ->
    [0] No account changes band.
    [one] { $accounts } account with { $arr } ARR changes band.
   *[other] { $accounts } accounts with { $arr } ARR change band.
}
what-if-move = { $from } → { $to }: { $accounts ->
    [one] { $accounts } account
   *[other] { $accounts } accounts
}, { $arr } ARR
what-if-column-before = Now
what-if-column-after = Then
what-if-nothing-saved = Nothing was saved.
what-if-saved = Saved. The earlier scorecard stays in the history.

## config

config-title = Settings in force
config-source-default = default
config-source-file = { $file }
config-source-environment = environment, { $name }
config-source-flag = flag { $name }
config-order = A flag overrides the environment, which overrides laer8.toml, which overrides the default.

## demo

demo-title = Demo company
demo-creating = Creating the demo company
demo-created = { $accounts ->
    [one] { $accounts } account
   *[other] { $accounts } accounts
} and { $usage ->
    [one] { $usage } usage row
   *[other] { $usage } usage rows
} over { $years ->
    [one] { $years } year
   *[other] { $years } years
}, from seed { $seed }.
demo-exists = The demo company is already here; nothing was changed.
demo-invented = The company, its customers and all people are invented.
demo-next = Try laer8 today, laer8 journey, laer8 revenue, or laer8 score followed by the name of an account.

## recalculation and export

recalculating = Working out where every account stands
recalculated = { $accounts ->
    [one] { $accounts } account worked out
   *[other] { $accounts } accounts worked out
} in { $duration }.
exported = { $rows ->
    [one] { $rows } row written
   *[other] { $rows } rows written
} to { $file }.
quarantine-empty = No row is in quarantine.

## Errors: what is wrong, and what to do

error-heading = Error
hint-heading = What to do
error-no-such-account = There is no account “{ $account }”.
error-no-such-account-near = There is no account “{ $account }”. Did you mean { $near }?
error-no-condition = “{ $typed }” is no condition. Write FIELD=VALUE, FIELD!=VALUE, FIELD>=NUMBER or FIELD<NUMBER.
error-no-such-field = No account has a field “{ $field }”.
error-no-such-field-known = No account has a field “{ $field }”. There are { $known }.
error-several-accounts = “{ $account }” could be any of { $candidates }. Write more of the name, or its id.
error-not-a-day = “{ $text }” is not a day. Write it like 2024-12-31, or today.
error-window-empty = The window from { $from } to { $to } has no day in it. Put the earlier day first; --to is the first day after the window.
error-not-a-language = “{ $text }” is not a language that Laer8 speaks. Write en or es.
error-no-permission = Your role, { $role }, may not do this. Ask an administrator.
error-database-open = The database { $url } can't be opened. Check the address, and that the place is writable.
error-database-busy = Another process is using the database. Try again when it is done.
error-disk-full = The disk is full; nothing was changed. Make room and try again.
error-database-newer = The data was written by a newer Laer8. Install that version or a later one.
error-no-mapping = The mapping { $file } can't be read. Check the path, or create one with laer8 import --suggest DIR.
error-mapping = { $count ->
    [one] The mapping has { $count } fault; fix it and try again:
   *[other] The mapping has { $count } faults; fix them and try again:
}
error-no-files = There are no files to import in { $dir }.
error-scorecard = The scorecard { $file } can't be used:
error-settings = The settings in { $file } can't be read:
error-unexpected = Something went wrong that should not have: { $cause }. Nothing was changed.
error-interrupted = Interrupted. Run the same command again; it goes on where it stopped.
