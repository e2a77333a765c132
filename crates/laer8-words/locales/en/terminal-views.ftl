# More of what the program `laer8` says in the terminal: what its pages show
# beside the words of each area. Names of commands and flags are the same in
# every language.

## Frame

facts-are-old = The newest fact is from { $newest }, { $days ->
    [one] { $days } day
   *[other] { $days } days
} before this page: what happened since then is not known.
more-accounts = { $count ->
    [one] { $count } more account; use --all to see it
   *[other] { $count } more accounts; use --all to see them
}
more-entries = { $count ->
    [one] { $count } more entry; use --all to see it
   *[other] { $count } more entries; use --all to see them
}
and-more-accounts = { $count ->
    [one] and { $count } more account
   *[other] and { $count } more accounts
}
renewal-any-day = No fixed term
value-known = known
errors-count = { $count ->
    [one] { $count } error
   *[other] { $count } errors
}
error-too-early = Nothing was known on { $day }; the first fact is of { $first }.

serving = Open { $address } in a browser; Ctrl-C ends it.

## today

net-growth-12 = Growth, 12 mo.
today-gain = Another { $gain } could be won.
reason-part-lost = The { $role } left on { $day } and nobody took over

## accounts

accounts-paying = { $accounts ->
    [one] { $accounts } account
   *[other] { $accounts } accounts
}, { $customers ->
    [one] { $customers } customer
   *[other] { $customers } customers
}, { $arr } ARR

## score

stage-since = { $stage } since { $day }
per-ten-seats-short = { $tickets } / 10 seats
column-adds = Adds
score-trend-title = Trend
score-signals-title = Signals
score-progress-title = Progress
score-outstanding = Missing until the next stage:
score-debt = Adoption debt, unmet when the renewal window opened:
score-missing-title = Without a value
ticket-open = open
ticket-solved = solved
ticket-escalated = escalated

## journey

journey-debt = Adoption debt: { $count ->
    [one] { $count } account is up for renewal with adoption goals unmet, { $arr } ARR.
   *[other] { $count } accounts are up for renewal with adoption goals unmet, { $arr } ARR.
}
journey-stayed = { $count ->
    [one] { $count } account stayed in its stage.
   *[other] { $count } accounts stayed in their stage.
}
column-flow = Move
column-arr-before = ARR before
column-arr-after = ARR now
column-since = Since
overdue-longest = Longest over their target
matrix-used = Used to its potential
matrix-unused = Not used
matrix-works = Works as promised
matrix-fails = Does not

## revenue

waterfall-title = From opening to closing, MRR
periods-title = Period by period, MRR
revenue-from-nothing = There was no revenue on { $day } to compare with.
waterfall-ties = They add up exactly; each is shown to the cent.
bars-begin-at = Bars begin at { $amount }.
cohorts-about = Of the MRR that customers started with, what they pay after so many months.
short-new = New
short-expansion = Expans.
short-reactivation = React.
short-contraction = Contr.
short-churn = Churn
short-exchange = Exch.
short-quick-ratio = Quick ratio
short-growth = Growth

## import, quarantine

short-changed = Changed
short-unchanged = Same
short-refused = Refused
refused-in-file = { $reason }: { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
refused-hint = They are in quarantine: laer8 import quarantine lists them, --export DIR writes them out to be fixed.
mend-hint = Fix the rows, then run laer8 import mend --mapping FILE { $folder }
mend-title = Fixed rows
mend-remaining = { $rows ->
    [one] { $rows } row is still in quarantine.
   *[other] { $rows } rows are still in quarantine.
}
quarantine-title = Quarantine
quarantine-count = { $rows ->
    [one] { $rows } row in quarantine.
   *[other] { $rows } rows in quarantine.
}
sections-without-file = No file was found for { $sections }.
import-is-old = The newest fact is from { $newest }: every page shows that day unless you say --as-of today.
import-next = Next: laer8 today, laer8 revenue, laer8 journey.
import-next-dry = Run it again without --dry-run to keep it.
suggest-questions = { $count ->
    [one] { $count } line says “choose”: the import refuses the mapping until that is decided.
   *[other] { $count } lines say “choose”: the import refuses the mapping until they are decided.
}
restored = { $records ->
    [one] { $records } record read
   *[other] { $records } records read
}: { $taken } taken, { $unchanged } known already.

## ingest

ingest-column-stream = Stream
ingest-done = { $lines ->
    [one] { $lines } line read
   *[other] { $lines } lines read
} from { $streams ->
    [one] { $streams } stream
   *[other] { $streams } streams
} in { $duration }.
ingest-released = { $rows ->
    [one] { $rows } row that waited for what it names was taken in.
   *[other] { $rows } rows that waited for what they name were taken in.
}
ingest-unmapped = The mapping does not read { $streams }.
ingest-missing = The mapping reads what the tap does not send; select it in the tap, or fix the name: { $columns }
ingest-not-whole = The tap did not come to its end. What it sent is stored; run it again with the last state, which --print-state prints.
ingest-states-unread = Nobody reads the states any more. The records are still taken in; --print-state prints the last one.

## What a line of a tap is refused for

record-message = Lines of a tap
refusal-too-long = Too long
    .about = At most 16 MB are read of a line; let the tap leave the large field out.
refusal-not-utf8 = Not valid UTF-8
    .about = Look at how the tap writes its output; Singer takes UTF-8 only.
refusal-bad-json = Not a message of Singer
    .about = A tap writes one JSON object a line, and its log elsewhere.
refusal-no-type = A message without a type
    .about = Look at what wrote it; it is not what Singer takes.
refusal-no-stream = A message that names no stream
    .about = Look at what wrote it; it is not what Singer takes.
refusal-no-content = A message without its content
    .about = Look at what wrote it; it is not what Singer takes.
refusal-no-schema = A record before the schema of its stream
    .about = Update the tap, or fix the line and read it again.
refusal-no-key = A record without its key
    .about = Fill the key in; the schema of the stream says which it is.
refusal-wrong-type = Not of the type that the schema says
    .about = Fix the value, or update the tap.

## What a row is refused for when it is understood but does not fit

refusal-unlikely-date = An unlikely date
    .about = Fix the date, or check in which order the mapping reads day, month and year.
refusal-unknown-account = Names an account that does not exist
    .about = Import the accounts first, or fix the id.
refusal-unknown-subscription = Names a subscription that does not exist
    .about = Import the subscriptions first, or fix the id.
refusal-unknown-person = Names a person who does not exist
    .about = Import the people first, or fix the id.
refusal-unknown-product = Names a product that does not exist
    .about = Declare it in the mapping, or import the products first.
refusal-unknown-feature = Names a feature that does not exist
    .about = Declare it in the mapping, or import the features first.
refusal-unknown-plan = Names a plan that does not exist
    .about = Declare it in the mapping, or import the plans first.
refusal-duplicate-id = Duplicate id with different values
    .about = Give one of the rows an id of its own.
refusal-other-account = Belongs to another account already
    .about = Fix the account, or give it an id of its own.
refusal-says-nothing = The row says nothing
    .about = It needs at least a date.
refusal-out-of-scale = Outside its scale
    .about = Fix the number.

## What looks wrong once everything is read

finding-churned-without-event = Marked as churned, without a churn event
    .about = Why it left is unknown.
finding-event-without-flag = Churn event, but not marked as churned
    .about = The ledger counts what is paid; correct the mark or the event.
finding-customer-before-signup = Paid before it signed up
    .about = Check the day of signing up.
finding-usage-before-start = Usage before its subscription starts
    .about = The usage counts; check the start of the subscription.
finding-usage-after-end = Usage after its subscription ended
    .about = The usage counts; check the end of the subscription.

## config, user

document-saved = Saved { $kind } { $key } as version { $version }; laer8 config rollback brings earlier ones back.
document-shipped = built-in
documents-title = Documents in force
documents-hint = laer8 config get KIND KEY prints one; laer8 config put KIND FILE puts a changed one in force.
column-kind = Kind
column-key = Key
column-version = Version
column-author = Changed by
users-title = Users
users-none = Nobody yet. Add someone with laer8 user add EMAIL NAME.
column-active = May sign in
user-is = { $email } is { $role }.
user-is-inactive = { $email } may not sign in any more ({ $role }).

## demo, export

demo-progress = { $accounts ->
    [one] { $accounts } account
   *[other] { $accounts } accounts
}, { $records ->
    [one] { $records } record
   *[other] { $records } records
}
demo-made = { $accounts ->
    [one] { $accounts } account
   *[other] { $accounts } accounts
} and { $records ->
    [one] { $records } record
   *[other] { $records } records
} up to { $day }, from seed { $seed }.
export-title = Export
export-hint = laer8 import restore { $folder } reads it back, into this or another workspace.

score-none-no-customer = It pays for nothing, so it has no score. What is known of it is below.
