# The loop: stages, standings, criteria, potential, and the layer-8 matrix.

stage-land = Land
    .about = Bought, and not yet really used.
stage-adopt = Adopt
    .about = In use, and not yet as it should be.
stage-expand = Expand
    .about = Used as it should be; more can be had.
stage-renew = Renew
    .about = The time to stay or to leave.

standing-land = { stage-land }
standing-adopt = { stage-adopt }
standing-expand = { stage-expand }
standing-renew = { stage-renew }
standing-prospect = Prospect
    .about = Has never paid and is not trying it.
standing-trial = Trial
    .about = Is trying it and pays nothing yet.
standing-former = Former customer
    .about = Used to pay, and no longer does.

## What the criteria of a stage count

criterion-active-days = Days with use
criterion-features-used = Features used
criterion-breadth = Share of the plan's features used
criterion-core-breadth = Share of the plan's core features used
criterion-people-active = People active
criterion-seats-used = Share of the seats in use

criterion-unmet = { $criterion }: { $value } of { $target } in { $days ->
    [one] { $days } day
   *[other] { $days } days
}

## The layer-8 matrix: works as promised × used to its potential

quadrant-thriving = Thriving
    .about = It works as promised, and they use it.
quadrant-layer8-gap = Layer-8 gap
    .about = It works as promised, and they do not use what they pay for.
quadrant-product-problem = Product problem
    .about = They use it, and it does not work as promised.
quadrant-rescue = Rescue
    .about = It does not work as promised, and they hardly use it.

works-part-tickets = Open tickets by severity
works-part-breaches = Broken promises
works-part-errors = Errors in a thousand uses

potential-part-features = Features
potential-part-seats = Seats in use
potential-part-depth = Depth

benchmark-plan-and-size = upper quartile of accounts with the same plan and size
benchmark-plan = upper quartile of accounts with the same plan
benchmark-fixed-target = fixed target, as too few accounts are comparable

## How accounts moved

flow-entered = Entered
flow-moved = Moved on
flow-left = Left

## The loop in words

journey-title = The loop
journey-matrix-title = Layer-8 matrix
journey-flows-title = What moved since { $day }
journey-column-stage = Stage
journey-column-accounts = Accounts
journey-column-arr = ARR
journey-column-overdue = Overdue
journey-column-overdue-arr = ARR overdue
journey-column-from = From
journey-column-to = To
journey-column-quadrant = Field
journey-column-works = Works
journey-column-potential = Potential
journey-overdue-days = { $days ->
    [one] { $days } day over target
   *[other] { $days } days over target
}
journey-in-stage-days = { $days ->
    [one] in { $stage } for { $days } day
   *[other] in { $stage } for { $days } days
}
journey-renews-on = renews on { $day }
journey-renews-in = { $days ->
    [0] renews today
    [one] renews in { $days } day
   *[other] renews in { $days } days
}
journey-notice-by = notice by { $day }
journey-ends-on = ends on { $day }
journey-continuous = can be cancelled at any moment
journey-adoption-debt = Adoption debt
journey-adoption-debt-count = { $count ->
    [one] { $count } adoption goal unmet
   *[other] { $count } adoption goals unmet
}
journey-not-measured = stage not measured: no usage is recorded
journey-matrix-unknown = { $count ->
    [one] { $count } account can't be placed: too little is known of it
   *[other] { $count } accounts can't be placed: too little is known of them
}
journey-finding-debt = { $count ->
    [one] { $count } account is past its adoption target; { $arr } is waiting there.
   *[other] { $count } accounts are past their adoption target; { $arr } is waiting there.
}
journey-finding-gap = { $count ->
    [one] { $arr } works and is not used, at { $count } account.
   *[other] { $arr } works and is not used, at { $count } accounts.
}
