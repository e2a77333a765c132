# Health: what is measured, why a value is missing, how a score is read.
# A measure's `.about` says what it counts, over how long, and in which unit.

measure-usage-trend = Usage against usual
    .about = Uses in the last 28 days against the account's own average over the 91 days before, as a change in percent.
measure-active-days = Active days
    .about = On how many of the last 28 days anything was used.
measure-people-active = People active
    .about = The most people seen on one of the last 28 days: at least that many use it.
measure-seats-used = Seats used
    .about = People active for each seat paid for, in percent; above 100 when seats are shared.
measure-breadth = Feature breadth
    .about = The share of the features in the plan that were used in the last 28 days, in percent.
measure-depth = Feature depth
    .about = Of the features that matter, the share used as often as their target in the last 28 days, in percent.
measure-silence = Silence
    .about = Days since anything was last used.
measure-error-rate = Error rate
    .about = Errors for each use in the last 28 days, in percent.
measure-open-tickets = Open tickets, weighted
    .about = Open tickets added up by severity: low 1, medium 2, high 4, urgent 8.
measure-resolution-time = Time to resolution
    .about = The median time from opening to solution of the tickets solved in the last 90 days, in hours.
measure-escalations = Escalations
    .about = Tickets escalated in the last 90 days.
measure-support-load = Support load
    .about = Tickets opened in the last 90 days for each ten seats.
measure-csat = CSAT
    .about = The mean rating in surveys and of tickets in the last 90 days, from 1 to 5.
measure-nps = NPS
    .about = The account's own answers of the last 180 days: promoters less detractors, in points from −100 to 100.
measure-pulse = Owner's pulse
    .about = The owner's own judgement from 0 to 100; it fades to a neutral 50 within 90 days.
measure-last-contact = Last contact
    .about = Days since the customer last took part in a call, a meeting or an exchange of mail.
measure-tenure = Tenure
    .about = Days since the account first paid for anything.
measure-days-to-renewal = Days to renewal
    .about = Days until the first term of a subscription ends.
measure-works-as-promised = Works as promised
    .about = From open tickets, broken promises and errors, in percent; 100 is nothing to complain about.
measure-potential-realised = Potential realised
    .about = How much of the features, seats and depth paid for is really used, against comparable accounts, in percent.

## Why a measure has no value

missing-not-tracked = nobody records this here
missing-never-recorded = never recorded for this account
missing-too-young = the history is too short
missing-too-few = too little to judge by
missing-expired = too old to mean anything
missing-seats-unknown = the number of seats is unknown
missing-people-not-counted = people are not counted
missing-entitlement-unknown = what the plan includes is unknown
missing-no-target = no feature that matters has a target
missing-not-a-customer = pays for nothing
missing-no-term = can be cancelled at any moment

## What a scorecard does about a measure without a value

missing-rule-skip = left out
missing-rule-neutral = counts a neutral 50 points
missing-rule-worst = counts 0 points

## Figures on the way to a value

figure-uses = Uses
figure-usual-uses = Usual uses
figure-errors = Errors
figure-people = People
figure-seats = Seats
figure-features-used = Features used
figure-features-entitled = Features in the plan
figure-tickets = Tickets
figure-responses = Answers
figure-promoters = Promoters
figure-detractors = Detractors
figure-stated-pulse = Pulse when given

## How a score is read

band-healthy = Healthy
    .about = All is well.
band-watch = Watch
    .about = Something is not as it should be.
band-at-risk = At risk
    .about = The customer may leave.
band-not-enough-data = Not enough data
    .about = Too little is known for a score, so none is guessed.

departure-sponsor-left = The sponsor left
departure-champion-left = The champion left

## Kinds of facts

family-usage = Usage
family-tickets = Tickets
family-surveys = Surveys
family-notes = Notes and contacts
family-subscriptions = Subscriptions

## The explanation of a score

score-title = Why { $score }
score-none = No score
score-none-reason = Only { $coverage } of the scorecard is known; a score needs { $needed }.
score-neutral = Neutral start
score-contributions = What each measure adds
score-caps = Taken off by caps
score-cap-line = { $label }: at most { $most }
score-total = Score
score-coverage = { $coverage } of the data is there
score-change = { $change } in { $days ->
    [one] { $days } day
   *[other] { $days } days
}
score-trend-30 = 30 days ago
score-trend-90 = 90 days ago
score-card-by-condition = Scorecard { $scorecard }, because { $reason }
score-card-by-default = Scorecard { $scorecard }, as no other applies
score-age = { $days ->
    [0] today
    [one] { $days } day old
   *[other] { $days } days old
}
score-source-rows = Source rows
score-source-row = { $file }, line { $row }
score-source-entered = entered in Laer8
score-source-more = { $count ->
    [one] and { $count } more row
   *[other] and { $count } more rows
}
score-against-usual = against { $usual } usually
