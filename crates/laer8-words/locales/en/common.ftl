# Words that every area uses: yes and no, counts, and the names of the nouns.
# British spelling. Numbers that are counted are arguments of their own, so that
# the words agree with them.

yes = Yes
no = No
value-unknown = unknown
value-none = none
of-most = { $value } of { $most }
quarter-of-year = Q{ $quarter } { $year }
days-decimal = { $days } days
tickets-per-ten-seats = { $tickets } for each 10 seats

## Counts

days-count = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
accounts-count = { $count ->
    [one] { $count } account
   *[other] { $count } accounts
}
people-count = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
tickets-count = { $count ->
    [one] { $count } ticket
   *[other] { $count } tickets
}
features-count = { $count ->
    [one] { $count } feature
   *[other] { $count } features
}
seats-count = { $count ->
    [one] { $count } seat
   *[other] { $count } seats
}
uses-count = { $count ->
    [one] { $count } use
   *[other] { $count } uses
}
rows-count = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
files-count = { $count ->
    [one] { $count } file
   *[other] { $count } files
}
signals-count = { $count ->
    [one] { $count } signal
   *[other] { $count } signals
}
subscriptions-count = { $count ->
    [one] { $count } subscription
   *[other] { $count } subscriptions
}

## The part that a person plays at an account

role-champion = Champion
role-sponsor = Sponsor
role-decision-maker = Decision maker
role-administrator = Administrator
role-user = User
role-detractor = Detractor

## Who uses Laer8

user-role-admin = Administrator
    .about = Looks after users, keys and settings, and may do all that the others may.
user-role-manager = Manager
    .about = Changes scorecards, imports and segments, and does the daily work.
user-role-member = Member
    .about = Does the daily work: notes, pulse, owners.
user-role-viewer = Viewer
    .about = Looks and changes nothing.

## Timeline, surveys, tickets

note-note = Note
note-call = Call
note-meeting = Meeting
note-email = E-mail
note-pulse = Pulse

survey-nps = NPS
survey-csat = CSAT
survey-ces = CES

priority-low = Low
priority-medium = Medium
priority-high = High
priority-urgent = Urgent

ticket-event-opened = Opened
ticket-event-prioritised = Priority set
ticket-event-responded = First answered
ticket-event-escalated = Escalated
ticket-event-solved = Solved
ticket-event-reopened = Reopened
ticket-event-rated = Rated by the customer
ticket-event-sla-breached = Promised time passed
ticket-event-withdrawn = Earlier entry withdrawn

## Prices and periods

billing-day = a day
billing-week = a week
billing-month = a month
billing-quarter = a quarter
billing-year = a year
price-basis-unit = for each seat
price-basis-total = in all

granularity-day = Day
granularity-month = Month
granularity-quarter = Quarter
granularity-year = Year

## Segments that are shipped

segment-enterprise = Enterprise
segment-mid-market = Mid-market
segment-small = Small business

## Fields and facets of an account

field-name = Name
field-industry = Industry
field-country = Country
field-domain = Domain
field-owner = Owner
field-parent = Parent account
field-signed-up = Signed up
field-seats = Seats
field-payment-overdue = Payment overdue
field-plan = Plan
field-mrr = MRR
field-arr = ARR
field-customer = Customer
field-trial = Trial
field-tenure-days = Days as a customer
field-stage = Stage
field-segment = Segment

## Fields of a person

person-field-name = Name
person-field-email = E-mail
person-field-title = Job title
person-field-role = Role
person-field-influence = Influence
person-field-reports-to = Reports to
person-field-left = Left the account
