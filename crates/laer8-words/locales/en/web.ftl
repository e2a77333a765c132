# What the pages say beside the words of each area.

## Frame

web-today = Today
web-accounts = Accounts
web-journey = Journey
web-health = Health
web-revenue = Revenue
web-skip = Skip to the content
web-areas = Areas
web-more-areas = More
web-crumbs = Where you are
web-search = Search accounts
web-as-of = As of
web-as-of-day = Show what was known on
web-go = Show
web-other-language = Español
web-theme = Light or dark
web-today-word = today
web-stale = The newest fact is from { $newest }, { $days ->
    [one] { $days } day ago
   *[other] { $days } days ago
}: this page shows that day.
web-show-today = Show today anyway
web-past = This is what was known on { $day }.
web-back-to-now = Back to now
web-table = Table
web-close = Close
web-period = Period
web-months = { $months ->
    [one] { $months } month
   *[other] { $months } months
}
web-no-day = “{ $day }” is not a day; write it like 2026-11-22.
web-in-30-days = in 30 days
web-see-them = See them
web-nobody = Nobody.

## What went wrong

web-error-invalid = That can’t be shown
web-error-missing = There is no such page
web-error-missing-said = The address leads nowhere. It may have been mistyped, or what it led to is gone.
web-error-server = Something went wrong here
web-error-server-said = It is our fault, and it is in the log. Nothing was lost; try again.
web-empty-title = Nothing here yet
web-empty-said = Your accounts, their health and your revenue will appear here. Import your data with “laer8 import”, or look around in a demo company with “laer8 demo”.
web-empty-do = How to import

## Today

web-growing = The business grew { $growth } in 12 months; NRR { $nrr }.
web-shrinking = The business shrank { $growth } in 12 months; NRR { $nrr }.
web-growth-unknown = There is no revenue a year ago to compare with.
web-book-by-health = ARR by health
web-all-owners = All owners
web-queue-about = by money at stake, urgency and how near the renewal is
web-nothing-today = Nothing needs your attention
web-nothing-today-said = Signals appear here when an account falls silent, its score drops, it escalates, or its renewal nears with its goals unmet.
web-urgent = Urgent
web-to-win = to win
web-at-stake = at stake
web-more-accounts = { $count ->
    [one] Show { $count } more account
   *[other] Show { $count } more accounts
}

## Accounts

web-name-contains = Name contains
web-filter = Filter
web-remove-filter = Remove this filter
web-clear = Clear all
web-no-accounts = No account matches
web-no-accounts-said = Remove a filter, or clear all of them.
web-column-seats = Seats
web-column-potential = Potential
web-pages = Pages
web-first-page = First page
web-previous = Previous
web-next = Next

## Account

web-part-of = part of
web-customer-since = customer since { $month }
web-since = since { $day }
web-of-data = of data
web-works = works as promised
web-last-contact = last two-way contact { $days ->
    [0] today
    [one] { $days } day ago
   *[other] { $days } days ago
}
web-no-contact = no two-way contact is known
web-why = Why { $score }
web-why-about = neutral 50, plus and minus what each measure adds
web-measure-about = { $points } points of 100, { $weight } of the score: { $adds } against a neutral 50.
web-days-ago-30 = 30 days before
web-days-ago-90 = 90 days before
web-score-history = Score, 180 days
web-use = Use, 26 weeks
web-use-about = uses a week by feature; the figure is the last week’s
web-never-used = never used
web-last-used = last on { $day }
web-more-features = More features
web-ledger-about = every change of MRR
web-no-ledger = It never paid.
web-subscriptions = Subscriptions
web-auto-renews = renews automatically
web-renews-by-hand = does not renew automatically
web-timeline = Timeline
web-no-timeline = Nothing is known of the last year.
web-earlier = Earlier
web-people = People
web-left-on = left { $day }
web-tickets = Tickets
web-ticket = Ticket
web-ticket-opened = Ticket opened
web-ticket-solved = Ticket solved
web-ticket-escalated = Escalated
web-solved-in = solved in { $time }
web-left = Left
web-traits = Fields and traits

## Journey

web-loop-grows = The loop is growing
web-loop-shrinks = The loop is shrinking
web-loop-grows-but = The loop is growing, { $stage } is holding it back
web-loop-shrinks-and = The loop is shrinking, { $stage } is holding it back
web-journey-sub = { $gap } works but is not used; { $overdue ->
    [one] { $overdue } account is
   *[other] { $overdue } accounts are
} past the target of the stage, { $debt ->
    [one] { $debt } is
   *[other] { $debt } are
} up for renewal with adoption goals unmet.
web-loop-about = arc: ARR at the stage; ochre: overdue; grey: what moved on
web-matrix-about = a point is an account, its size the ARR
web-matrix-most = the { $count } with most revenue are drawn
web-gap-about = { $count ->
    [one] { $count } account has a product that works and is not used. Enablement, not support, is what it needs.
   *[other] { $count } accounts have a product that works and is not used. Enablement, not support, is what they need.
}
web-axis-works = works as promised
web-axis-potential = used to its potential
web-overdue = { $count } overdue
web-net-growth-months = { $months ->
    [one] net growth, { $months } month
   *[other] net growth, { $months } months
}
web-stages = Stages

## Health

web-health-title = { $count ->
    [0] No customer is at risk
    [one] { $count } customer at risk, { $arr } ARR
   *[other] { $count } customers at risk, { $arr } ARR
}
web-health-sub = In 30 days, { $fell } fell and { $rose } rose by five points or more.
web-bands = All customers
web-bands-about = customers by health
web-distribution = Scores
web-distribution-about = how many customers in each step of ten
web-by-segment = By segment
web-mean-score = Mean score
web-health-over-time = Customers by health, as known on each day
web-fell = Fell most
web-rose = Rose most

## Revenue

web-revenue-title = Net growth { $growth }
web-nrr-note = of the opening MRR, kept, with growth
web-grr-note = of the opening MRR, kept, without growth
web-quick-note = gained ÷ lost
web-mrr-over-time = MRR at the end of each month
web-won-and-lost = Acquisition against attrition, MRR a month
web-arr-by = ARR by
web-entries-about = the ledger entries behind it
web-no-entries = There are none in this period.
web-what-changed = What changed
web-steady = Revenue is what it was 12 months ago; NRR { $nrr }.
web-past-stale = No fact is newer than { $newest }.
web-paying-doubts = The data contradict themselves about who pays; all of these count as customers here.
