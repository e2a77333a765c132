# What a page says at first sight.

glance-title = { $count ->
    [one] Call this account today, { $stake } at stake
   *[other] Call these { $count } accounts today, { $stake } at stake
}
glance-title-plain = { $count ->
    [0] Nobody needs you today
    [one] Call this account today
   *[other] Call these { $count } accounts today
}
glance-in-all = In all, { $count } accounts need you, with { $stake } at stake.
glance-calls = Call first
glance-then = Then these
glance-in-a-year = in 12 months
glance-a-year-ago = { $value } a year ago
glance-lost = customers lost in 12 months

## An account

glance-capped = capped, { $label }
glance-takes-most = { $measure } pulls it down most
glance-adds-most = { $measure } lifts it most
glance-no-score = No score
glance-ago = { $days ->
    [0] today
    [one] { $days } day ago
   *[other] { $days } days ago
}
glance-tickets = { $shown } of { $all }, the open ones first
glance-printed = Laer8, as of { $day }
glance-terms = Terms
glance-more = More

## The loop

glance-overdue-title = { $count ->
    [one] { $count } account is past the target of its stage, { $arr } ARR
   *[other] { $count } accounts are past the target of their stage, { $arr } ARR
}
glance-overdue-about = the longest first
glance-overdue-all = { $count ->
    [one] Show it in the table
   *[other] Show all { $count } in the table
}
glance-over-target = Days over target
glance-of = { $part } of { $all }
glance-flows-more = { $count ->
    [one] { $count } more movement
   *[other] { $count } more movements
}
glance-title-past = { $count ->
    [0] Nobody needed you on { $day }
    [one] The account to call on { $day }
   *[other] The { $count } accounts to call on { $day }
}
glance-title-past-stake = { $count ->
    [one] The account to call on { $day }, { $stake } at stake
   *[other] The { $count } accounts to call on { $day }, { $stake } at stake
}
