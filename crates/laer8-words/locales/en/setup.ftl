# Scorecards and other documents of the configuration; imports and quarantine.

## Scorecards

setup-scorecards = Scorecards
setup-scorecards-sub = { $count ->
    [one] { $count } scorecard. The first whose conditions hold scores the customer.
   *[other] { $count } scorecards, tried from top to bottom: the first whose conditions hold scores the customer.
}
setup-column-scorecard = Scorecard
setup-column-applies = Applies to
setup-column-customers = Customers
setup-column-measures = Measures
setup-column-version = Version
setup-column-by = Saved by
setup-column-state = State
setup-column-cap = Cap
setup-column-most = At most
setup-column-now = Limits now
setup-column-value = Value
setup-column-points = Points
setup-applies-others = everyone without another scorecard
setup-applies-and-others = { $conditions }, and everyone else
setup-and = and
setup-or = or
setup-shipped = built-in
setup-version = version { $number }
setup-by = { $author }, { $when }
setup-other-documents = Behind the scores
setup-other-documents-about = what decides stages, segments and signals, as documents
setup-kind-identity = Identity
setup-kind-journey = Journey
setup-kind-segments = Segments
setup-kind-signals = Signals
setup-kind-scorecard = Scorecard
setup-views = Ways to see it
setup-tab-read = Read
setup-tab-edit = Change
setup-tab-toml = As TOML
setup-scored-by-it = Customers
setup-of-100 = of 100 points
setup-of-the-score = of the score
setup-coverage = Minimum data
setup-coverage-about = known, or there is no score
setup-known = { $known } of { $all } have a value; median { $middle }
setup-without-value = Without a value:
setup-caps = Caps
setup-caps-about = whatever else is well, the score is no higher
setup-no-caps = Nothing limits the score.
setup-caps-nobody = nobody
setup-accounts-arr = { $accounts ->
    [one] { $accounts } account, { $arr }
   *[other] { $accounts } accounts, { $arr }
}
setup-history = Versions
setup-history-about = an earlier one comes back as a new version
setup-in-force = in force
setup-roll-back = Bring back
setup-undo = Undo
setup-saved = Version { $number } is in force. Scores, signals and queues follow it from now on.

## What brings a cap into force

setup-trigger-at-least = { $measure } is at least { $value }
setup-trigger-below = { $measure } is below { $value }
setup-trigger-between = { $measure } is at least { $least } and below { $limit }
setup-trigger-left = { $days ->
    [one] { $what } within the last day, and nobody took over
   *[other] { $what } within the last { $days } days, and nobody took over
}

## Changing one

setup-edit-title = Change { $name }
setup-edit-sub = Nothing is saved before you say so. What would change is worked out for every customer.
setup-weight = Weight
setup-at-least = At least
setup-below = Below
setup-within = Counts for
setup-unit-days = days
setup-unit-hours = hours
setup-unit-people = people
setup-unit-tickets = tickets
setup-unit-severity = severity points
setup-unit-per-ten-seats = for each 10 seats
setup-unit-rating = 1 to 5
setup-unit-points = points
setup-take-out = Remove
setup-thresholds = Bands
setup-healthy-from = Healthy from
setup-watch-from = Watch from
setup-preview = Preview
setup-preview-about = against the scorecard in force
setup-save = Save
setup-discard = Discard
setup-no-change = No account changes band.
setup-moved = { $count ->
    [0] No score changes.
    [one] { $count } score changes.
   *[other] { $count } scores change.
}
setup-before = Now
setup-after = Then
setup-arr-by-band = ARR by health
setup-matrix = Changes of band
setup-distribution = Customers
setup-changing = They change band
setup-changes = What you change
setup-no-changes = Nothing yet.
setup-no-customers = There are no customers yet to try it on.
setup-mend-first = Fix this first; nothing was saved:
setup-meanwhile = Somebody was quicker: { $version } ({ $by }) is in force, and you began from “{ $base }”.
setup-meanwhile-both = Nothing of yours is lost. See what both changed, then save yours over theirs or go on from theirs.
setup-theirs = Theirs
setup-yours = Yours
setup-save-over = Save mine over theirs
setup-take-theirs = Go on from theirs

## What differs

setup-from-to = { $what }: { $before } → { $after }
setup-changed-name = The name
setup-changed-applies = To whom it applies
setup-weight-of = Weight of { $what }
setup-curve-of = Curve of { $what }
setup-missing-of = { $what } without a value
setup-cap-of = Cap “{ $what }”
setup-changed-trigger = When “{ $what }” limits the score
setup-added = Added: { $what }
setup-taken-out = Removed: { $what }

## What is wrong with one

setup-in-group = Group { $group }
setup-in-cap = Cap { $number } ({ $label })
setup-fault-empty = a number is missing; fill it in, or empty both fields of the point
setup-fault-number = “{ $text }” is no number
setup-fault-unreadable = it can’t be read: { $what }
setup-fault-no-schema = the version of the format is missing; write schema = 1 as the first line
setup-fault-schema = schema is { $found }; write 1
setup-fault-other-key = the key is “{ $key }”; keep the key that the document has
setup-fault-key = “{ $found }” is no key; write lower-case letters, digits and underscores
setup-fault-name = a name is empty; write both en and es
setup-fault-no-facet = a condition names no facet; write for example facet = "stage"
setup-fault-tests-nothing = the condition on “{ $found }” tests nothing; add is, not, at_least, below or known
setup-fault-limit = the condition on “{ $found }” has a limit that is no number
setup-fault-never-applies = nothing says when it applies; write when, or default = true
setup-fault-coverage = the minimum data is { $found }; write 0 to 100%
setup-fault-bands = healthy begins at { $healthy } and watch at { $watch }; watch must lie between 0 and healthy, healthy not above 100
setup-fault-no-groups = there is no group; add one
setup-fault-no-items = the group has no measure; add one, or remove the group
setup-fault-repeated-group = another group has the same key; give it one of its own
setup-fault-weight = the weight is { $found }; write a number above 0, or remove it
setup-fault-measure = there is no measure “{ $found }”
setup-fault-repeated-measure = the scorecard has this measure already; keep one of the two
setup-fault-missing = missing is “{ $found }”; write skip, neutral or worst
setup-fault-caps = there are { $found } caps; 32 are the most
setup-fault-at-most = the cap is { $found }; write 0 to 100
setup-fault-triggers = it has { $found } of measure, event and condition; write exactly one
setup-fault-limits = it needs at least one limit, and “at least” must be lower than “below”
setup-fault-event = there is no event “{ $found }”; write sponsor_left or champion_left
setup-fault-within-days = the days must be 1 or more, and belong to an event
setup-fault-curve-empty = the curve has no point; add one
setup-fault-curve-number = point { $pair } of the curve is not two numbers
setup-fault-curve-order = point { $pair } of the curve has the same value as another; each value may stand once, in rising order
setup-fault-curve-points = point { $pair } of the curve gives points outside 0 to 100

## As text

setup-text = The document
setup-text-about = TOML; comments stay as they are
setup-check = Check
setup-is-fine = It can be used.
setup-not-checked = Nothing was checked yet. Saving checks first.
setup-line = Line { $line }:
setup-earlier = This is { $version }, which is no longer in force. Saving it puts it in force again.
setup-to-in-force = Show the one in force

## Imports

setup-imports = Imports
setup-imports-sub = { $runs ->
    [one] { $runs } import
   *[other] { $runs } imports
}; { $waiting ->
    [0] no row is in quarantine
    [one] { $waiting } row is in quarantine
   *[other] { $waiting } rows are in quarantine
}.
setup-column-when = When
setup-column-source = Source
setup-column-files = Files
setup-column-findings = Findings
setup-column-took = Took
setup-column-taken = Taken in
setup-unfinished = not finished
setup-unfinished-tap = This run of the tap did not come to its end. What it brought is stored; the next run goes on from the last state.
setup-done-tap = { $rows ->
    [one] { $rows } record read
   *[other] { $rows } records read
} from { $files ->
    [one] { $files } stream
   *[other] { $files } streams
} in { $duration }.
setup-unfinished-said = This import did not finish. Run the same command again: it goes on with the first file that is not done.
setup-no-imports = Nothing was imported yet
setup-no-imports-said = What comes in will be listed here, file by file, with what was new, what was refused and what looks wrong. Import your files in three steps:
setup-step-suggest = Let Laer8 read the files and write a first mapping; its doubts are comments in it.
setup-step-try = See what would happen.
setup-step-import = Import them. Doing it again changes nothing.
setup-files-about = in the order in which they were read
setup-findings-about = In all that is known, not only in these files; the rows count all the same.
setup-examples = Examples
setup-example = Line { $line }: { $message }
setup-all-mended = None of them is in quarantine any more.

## Quarantine

setup-quarantine = Quarantine
setup-quarantine-sub = { $rows ->
    [0] No row is waiting.
    [one] { $rows } row could not be understood. It counts for nothing until it is fixed.
   *[other] { $rows } rows could not be understood. They count for nothing until they are fixed.
}
setup-quarantine-empty = Every row was understood
setup-quarantine-empty-said = Rows that an import can’t take appear here with the reason, to be fixed and read again.
setup-by-file = By file
setup-by-file-about = with the reason and what to do
setup-rows = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
setup-rows-title = Rows
setup-no-rows = No row matches.
setup-no-column = no column
setup-at-fault = At fault:
setup-cell-empty = empty
setup-download = Download
setup-mend = Fix them
setup-mend-download = Download a file. The reason stands beside each row.
setup-mend-cells = Fix the cells in a spreadsheet, and keep the file’s name.
setup-mend-upload = Upload it. A fixed row counts as if it had been right from the start.
setup-mended-file = Fixed file
setup-mapping = Mapping
setup-mapping-missing = without a mapping
setup-other-mapping = By another mapping
setup-read-again = Read again
setup-not-read = It was not read:
setup-nothing-left = Nothing is left in quarantine.
setup-upload-none = choose a file first
setup-upload-large = the upload broke off, or is larger than { $megabytes } MB; use laer8 import mend for large files
setup-known-none = nobody has a value
setup-unfed = { $share } of the weight rests on measures for which nobody has a value. Accounts may have no score for that reason: bring the data, or change the scorecard.
