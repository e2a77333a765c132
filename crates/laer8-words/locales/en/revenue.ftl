# Recurring revenue: movements, ratios, cohorts.

movement-new = New
    .about = From nothing, for the first time.
movement-expansion = Expansion
    .about = Customers that pay more.
movement-reactivation = Reactivation
    .about = From nothing, a customer earlier.
movement-contraction = Contraction
    .about = Customers that pay less.
movement-churn = Churn
    .about = From something to nothing.
movement-exchange = Exchange rates
    .about = What exchange rates did; never a movement of a customer.

metric-mrr = MRR
    .about = Monthly recurring revenue: contract prices brought to a month. Trials and one-off charges do not count.
metric-arr = ARR
    .about = Annual recurring revenue: 12 × MRR.
metric-opening = Opening
    .about = MRR at the end of the day before.
metric-closing = Closing
    .about = MRR at the end of the last day.
metric-acquisition = Acquisition
    .about = New and reactivation.
metric-attrition = Attrition
    .about = Contraction and churn.
metric-net-growth = Net growth
    .about = (Closing − opening) ÷ opening.
metric-nrr = NRR
    .about = Net revenue retention: what those who paid at the opening pay at the closing, against what they paid then.
metric-grr = GRR
    .about = Gross revenue retention: the same without any growth; never above 100%.
metric-logo-churn = Logo churn
    .about = Customers lost, against customers at the opening.
metric-quick-ratio = Quick ratio
    .about = (New + expansion + reactivation) ÷ (contraction + churn).
metric-customers = Customers
    .about = Accounts with recurring revenue.

revenue-title = Revenue, { $window }
revenue-by = ARR by { $facet }
revenue-column-movement = Movement
revenue-column-amount = Amount
revenue-column-accounts = Accounts
revenue-column-period = Period
revenue-column-entries = Entries
revenue-column-share = Share
revenue-column-arr = ARR
revenue-no-key = without
revenue-total = Total
revenue-retention-title = Retention
revenue-ledger-title = Ledger
revenue-ledger-column-day = Day
revenue-ledger-column-account = Account
revenue-ledger-column-change = Change
revenue-ledger-column-after = MRR after
revenue-part-started = { $plan }: starts, { $seats ->
    [one] { $seats } seat
   *[other] { $seats } seats
}
revenue-part-ended = { $plan }: ends
revenue-part-changed = { $plan }: { $before } → { $after } seats
revenue-part-plan = { $before } → { $after }
revenue-part-price = { $plan }: price { $before } → { $after }
revenue-cohorts-title = Cohorts by start month, revenue kept
revenue-cohort-column-month = Start
revenue-cohort-column-accounts = Accounts
revenue-cohort-after = month { $month }
revenue-ties = Opening, movements and closing add up to the cent.
revenue-undefined = – is a ratio over zero.
revenue-growing = The book grows: { $growth } since { $day }.
revenue-shrinking = The book shrinks: { $growth } since { $day }.
revenue-steady = The book stands still since { $day }.
revenue-incomplete = { $count ->
    [one] { $count } subscription has no exchange rate and is left out; import a rate for { $currencies }.
   *[other] { $count } subscriptions have no exchange rate and are left out; import rates for { $currencies }.
}
