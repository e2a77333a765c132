# Imports: what rows are, why one is refused, what looks wrong, the report.

record-account = Accounts
record-person = People
record-product = Products
record-plan = Plans
record-feature = Features
record-subscription = Subscriptions
record-usage = Usage
record-ticket = Tickets
record-survey = Survey answers
record-churn-event = Churn events
record-note = Notes
record-exchange-rate = Exchange rates

## Why a row is refused; `.about` says what to do

refusal-wrong-field-count = More or fewer fields than the header
    .about = Look for a stray or missing separator or quote in the row.
refusal-unclosed-quote = A quote never closes
    .about = Close the quote in this row; all lines after it were read as one field.
refusal-bad-encoding = Not valid text
    .about = Set encoding = "windows-1252" in the mapping if the file is not UTF-8.
refusal-missing = A value is missing
    .about = Fill it in, or give the field a default in the mapping.
refusal-no-account = No account named
    .about = Fill in the account, the subscription or the person.
refusal-not-a-date = Not a date
    .about = Fix the date, or add its form to the dates of the mapping.
refusal-not-a-number = Not a number
    .about = Fix the number, or set the decimal and grouping marks in the mapping.
refusal-not-whole = Not a whole number
    .about = Write a number without decimals.
refusal-out-of-range = Out of range
    .about = Write a value that makes sense for this field.
refusal-too-precise = More than four decimals
    .about = Round the amount; money is kept with four decimals.
refusal-too-large = Too large
    .about = Check the number; look for a missing decimal mark.
refusal-not-a-flag = Neither true nor false
    .about = Add the word to true or false in the mapping.
refusal-not-a-currency = Not a currency
    .about = Write three letters such as EUR or USD.
refusal-unknown-word = Unknown word
    .about = Add the word to translate of the field in the mapping.
refusal-unknown-reference = Names something that does not exist
    .about = Import the file that it refers to first, or fix the id.

## What looks wrong in the data; the rows count all the same

finding-never-ran = Subscription ends on or before the day it starts
    .about = It never ran and brings no revenue; check both dates.
finding-solved-before-opened = Ticket solved before it was opened
    .about = Its time to resolution counts as zero; check the times.
finding-answered-before-opened = Ticket answered before it was opened
    .about = Check the times in the source.
finding-solved-before-answered = Ticket solved before it was first answered
    .about = Check the times in the source.
finding-negative-count = Count below zero
    .about = Kept as a correction of earlier usage.
finding-negative-price = Price below zero
    .about = It lowers the recurring revenue; check whether it is a discount.
finding-in-future = Dated after the day of the import
    .about = It counts from its day on; check the date.
finding-churned-but-paying = Marked as churned, and still pays
    .about = The ledger counts what is paid. End the subscription, or correct the mark.
finding-churn-event-but-paying = Churn event, and still pays
    .about = The ledger counts what is paid; the event explains only.
finding-left-without-event = Stopped paying without a churn event
    .about = The ledger counts the churn; its reason is unknown.
finding-duplicate-id = One id for several rows
    .about = Rows with the same id and different content; the first was kept.
finding-usage-outside-subscription = Usage while nothing is subscribed
    .about = The usage counts; check the start and end of the subscriptions.
finding-event-before-signup = Something happened before the account signed up
    .about = Check the day of signing up.
finding-unknown-parent = The parent account does not exist
    .about = Import the parent, or fix its id.
finding-unknown-feature = Usage of a feature that is not in the catalogue
    .about = The feature was added; give it a name and a product.
finding-seats-exceeded = More people than seats
    .about = Seats are shared, or the number of seats is out of date.

finding-count = { $count ->
    [one] { $count } time
   *[other] { $count } times
}
finding-examples = for example { $examples }

## The report of an import

import-title = Import of { $source }
import-dry-run = Dry run: nothing was changed.
import-column-file = File
import-column-record = Rows are
import-column-rows = Read
import-column-new = New
import-column-changed = Changed
import-column-unchanged = Unchanged
import-column-refused = Refused
import-column-left-out = Left out
import-progress = { $file }: { $rows } rows, { $rate } a second
import-reading = Reading { $file }
import-done = { $rows ->
    [one] { $rows } row read
   *[other] { $rows } rows read
} from { $files ->
    [one] { $files } file
   *[other] { $files } files
} in { $duration }.
import-nothing-changed = Nothing changed: all of it was known already.
import-resumed = An earlier run was cut short; it goes on where it stopped.
import-file-known = { $file } is unchanged since it was imported and was not read again.
import-refused-title = Refused rows
import-refused-line = { $reason }: { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}, the first in line { $line }
import-refused-hint = Export them with laer8 export --quarantine FILE, fix them, and import that file.
import-released = { $rows ->
    [one] { $rows } fixed row left quarantine.
   *[other] { $rows } fixed rows left quarantine.
}
import-findings-title = What looks wrong
import-no-findings = Nothing looks wrong.
import-unmapped-files = No section of the mapping reads { $files }.
import-suggest-doubts = { $count ->
    [0] The mapping leaves nothing in doubt.
    [one] { $count } doubt is written as a comment; decide it before importing.
   *[other] { $count } doubts are written as comments; decide them before importing.
}
import-suggest-written = Mapping written to { $file }.
