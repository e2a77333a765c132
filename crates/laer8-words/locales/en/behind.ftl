# What stands behind a number of the Account and the Revenue page.

behind-opening = Customers on { $day }, before the period
behind-closing = Customers on { $day }
behind-either = Customers at the beginning and at the end
behind-exchange = What exchange rates did
behind-cohort = Customers since { $month }, on { $day }
behind-group = { $name }, on { $day }
behind-kept = Kept
behind-accounts = { $count ->
    [one] { $count } account
   *[other] { $count } accounts
}
behind-none = There is no such account in this period.
behind-lost = { $count ->
    [0] none of them pays nothing at the end
    [one] { $count } of them pays nothing at the end
   *[other] { $count } of them pay nothing at the end
}
behind-how-retention = NRR { $nrr } is { $closing } ÷ { $opening }. GRR { $grr } is { $kept } ÷ { $opening }. Logo churn { $churn }: { $lost }.
behind-how-growth = Net growth { $growth } is ({ $closing } − { $opening }) ÷ { $opening }.
behind-how-arr = ARR { $arr } is 12 × { $mrr } MRR.
behind-how-cohort = { $mrr } of the { $start } that they began with: { $share }.
behind-how-quick = Quick ratio { $ratio } is { $gained } gained ÷ { $lost } lost.
behind-movements = All movements

behind-parts-about = the weighted mean of its parts
behind-part = Part
behind-part-found = Found
behind-part-against = Compared with
behind-part-worst = Worth nothing at
behind-part-percent = Percent
behind-part-weight = Weight

behind-use = { $feature }: uses from { $from } to { $to }
behind-use-none = It was not used in this week.
behind-use-more = { $count ->
    [one] { $count } more row.
   *[other] { $count } more rows.
}
