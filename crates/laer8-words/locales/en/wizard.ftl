# Importing files by the pages, step by step.

wizard-title = Import files
wizard-new = Import files
wizard-steps = Steps
wizard-step-files = Files
wizard-step-mapping = Columns
wizard-step-check = Check
wizard-step-import = Import

## Files

wizard-files-about = CSV and Excel (.xlsx): accounts, people, subscriptions, usage, tickets, surveys. Laer8 looks at the values, suggests what each column is, and shows what would happen before anything is kept.
wizard-choose-files = Files
wizard-choose-about = Several at once, as they belong together; up to { $megabytes } MB.
wizard-upload = Read the files
wizard-open = Not imported yet
wizard-open-about = files are kept for { $days } days
wizard-open-by = { $by }, { $when }
wizard-discard = Discard
wizard-go-on = Go on
wizard-state-mapping = columns
wizard-state-trying = being checked
wizard-state-tried = checked
wizard-state-importing = being imported
wizard-state-interrupted = interrupted
wizard-fault-place = This server has no folder for uploads. Whoever runs it can start it with laer8 serve.
wizard-fault-none = Choose at least one file.
wizard-fault-large = The files are larger than { $megabytes } MB together, or the upload broke off. Split them, or use laer8 import.
wizard-fault-many = These are more than { $count } files. Import them a few at a time.
wizard-fault-table = { $name } is neither CSV nor an Excel workbook (.xlsx). Save it as one of them.
wizard-fault-twice = { $name } is there twice. Rename one of them.
wizard-fault-unreadable = None of the files can be read:
wizard-fault-unfinished = Some columns are still to be chosen.
wizard-fault-begun = These files are being imported already.

## Columns

wizard-mapping-title = What the columns are
wizard-begun-from = It starts from how the files of { $source } were last read.
wizard-suggested = Suggested from the names of the columns and all of their values. Change what is not right.
wizard-whole = For all files
wizard-source = Source
wizard-source-about = where the files come from, such as crm; ids are kept under it
wizard-currency-about = of amounts that name none
wizard-zone = Time zone
wizard-dates-year = YYYY
wizard-dates-day = DD
wizard-dates-month = MM
wizard-dates-short-year = YY
wizard-dates-hour = hh
wizard-dates-minute = mm
wizard-dates-second = ss
wizard-dates-month-name = Mmm
wizard-dates-half = am/pm
wizard-choose = Choose…
wizard-rows = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
wizard-sheet = sheet { $sheet }
wizard-is = Each row is
wizard-leave-out = nothing: leave it out
wizard-reads = Reads files called
wizard-reads-about = * stands for any text, so that the next one is read too
wizard-column = Column
wizard-values = Values
wizard-becomes = Becomes
wizard-nothing = – nothing –
wizard-trait = Custom field
wizard-no-values = no values
wizard-unnamed = column { $number }, without a name
wizard-fixed = The same for every row
wizard-import-day = the day of the import
wizard-word = “{ $word }” means
wizard-decimals = before decimals
wizard-thousands = between thousands
wizard-wanted = Choose the column for: { $fields }.
wizard-open-questions = { $count ->
    [one] One thing is still to be chosen
   *[other] { $count } things are still to be chosen
}
wizard-in-file = { $file }: { $what }
wizard-must-fill = { $field } must be filled
wizard-save = Save
wizard-check = Check what would happen
wizard-download = Download the mapping
wizard-unreadable = These can’t be read as tables:

## Check

wizard-check-title = What would happen
wizard-checking = Checking what would happen
wizard-checking-about = Nothing is kept. You can leave this page and come back to it.
wizard-check-done = { $rows ->
    [one] { $rows } row was read
   *[other] { $rows } rows were read
}. Nothing was kept yet.
wizard-check-all-well = Every row would be taken in.
wizard-check-refused = { $rows ->
    [one] { $rows } row would be refused. It would go to quarantine, to be fixed.
   *[other] { $rows } rows would be refused. They would go to quarantine, to be fixed.
}
wizard-check-nothing = No row would be taken in. Look at the columns again.
wizard-left-out = Not read, as no part of the mapping is for them:
wizard-would-refuse = Would be refused
wizard-reason-line = Line { $line }: { $message }
wizard-back = Change the columns
wizard-import = Import
wizard-failed = It could not be read:

## Import

wizard-importing = Importing
wizard-importing-about = You can leave this page and come back to it. If the server restarts, it goes on with the first file that is not done.
wizard-waiting = Waiting to begin. Another import of this source may be under way.
wizard-look-again = Look again
wizard-progress-file = { $file }, { $position } of { $files }
wizard-progress-rows = { $rows ->
    [one] { $rows } row read
   *[other] { $rows } rows read
}
wizard-progress-rows-of = { $rows } of { $all } rows read
wizard-progress-refused = { $rows ->
    [0] none refused
    [one] { $rows } refused
   *[other] { $rows } refused
}
wizard-done = Imported
wizard-done-said = { $rows ->
    [0] No row is in.
    [one] One row is in.
   *[other] { $rows } rows are in.
} The next files of { $source } are read the same way: their columns are known.
wizard-done-drop = Or put them into a folder “{ $source }” inside the watched one, and they are imported by themselves.
wizard-to-run = See what became of each file
wizard-to-today = To Today
wizard-interrupted = The import ended before it was done
wizard-interrupted-said = What was read stays. It goes on with the first file that is not done.
wizard-run-failed = This import ended before it was done:
wizard-run-under-way = This import is under way.

## Fields that a column can fill

target-id = Id
target-since = Known since
target-name = Name
target-industry = Industry
target-country = Country
target-domain = E-mail domain
target-owner = Owner (e-mail)
target-parent = Parent account
target-signed-up = Signed up on
target-seats = Seats
target-payment-overdue = Payment overdue
target-account = Account (id)
target-subscription = Subscription (id)
target-person = Person (id)
target-email = E-mail
target-title = Job title
target-role = Role in the decision
target-influence = Influence, 0 to 100
target-reports-to = Reports to (id)
target-left = Has left
target-product = Product (id)
target-entitles = Features included
target-upgrade = Next larger plan
target-included-uses = Uses included a month
target-core = Core feature
target-depth-target = Uses per seat that count as depth
target-start = First day
target-effective-from = This version holds from
target-end = First day after the end
target-ended = Ends on that day
target-plan = Plan
target-quantity = Seats or units
target-price = Price
target-price-basis = The price is for
target-price-per = The price is charged every
target-currency = Currency
target-trial = Is a trial
target-term-start = First day of the first term
target-term-months = Months in a term
target-auto-renew = Renews automatically
target-notice-days = Days of notice
target-captive-until = Can’t end before
target-feature = Feature
target-day = Day
target-count = Uses
target-seconds = Length of use
target-errors = Errors
target-people = Distinct people
target-opened = Opened
target-subject = Subject
target-priority = Priority
target-responded = First response
target-solved = Solved
target-reopened = Reopened
target-escalated = Escalated
target-sla-breached = SLA breached
target-rating = Rating, 1 to 5
target-kind = Kind
target-score = Score
target-comment = Comment
target-reason = Reason
target-refund = Refund
target-two-way = The customer took part
target-author = Author
target-text = Text
target-pulse = Pulse, 0 to 100
target-from = From currency
target-to = To currency
target-rate = Rate
target-dates = Dates are written
target-decimal = The mark in numbers

## Words that can be chosen

choice-day = day
choice-week = week
choice-month = month
choice-quarter = quarter
choice-year = year
choice-unit = one seat or unit
choice-total = all of it
choice-low = low
choice-medium = medium
choice-high = high
choice-urgent = urgent
choice-nps = NPS
choice-csat = CSAT
choice-ces = CES
choice-note = note
choice-call = call
choice-meeting = meeting
choice-email = e-mail
choice-pulse = pulse
choice-champion = champion
choice-sponsor = sponsor
choice-decision-maker = decision maker
choice-administrator = administrator
choice-user = user
choice-detractor = detractor
wizard-done-refused = { $rows ->
    [one] One row could not be read and waits in
   *[other] { $rows } rows could not be read and wait in
}
