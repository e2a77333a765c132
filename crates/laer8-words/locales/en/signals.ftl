# Signals: what they are called, what they watch (`.about`), the reason in one
# line (`.reason`, and its variants), and what to do about them.
# Reasons and next steps are items of lists: no full stop.

signal-silence = Silence
    .about = Not used for much longer than usual.
    .reason = { $days ->
        [one] No use for { $days } day
       *[other] No use for { $days } days
    }; usually { $usual ->
        [one] every day
       *[other] every { $usual } days
    }
    .never = { $days ->
        [one] Never used in its first day as a customer
       *[other] Never used in { $days } days as a customer
    }
signal-score-drop = Score drop
    .about = The health score fell a lot within 30 or 90 days.
    .reason = Score fell { $points } points in { $days ->
        [one] { $days } day
       *[other] { $days } days
    }, now { $score }
signal-renewal-debt = Renewal with adoption debt
    .about = The renewal window is open, and adoption goals are unmet since then.
    .reason = { $days ->
        [0] Renews today
        [one] Renews in { $days } day
       *[other] Renews in { $days } days
    } with { $unmet ->
        [one] { $unmet } adoption goal unmet
       *[other] { $unmet } adoption goals unmet
    }
    .leaving = { $days ->
        [0] Ends today, notice given
        [one] Ends in { $days } day, notice given
       *[other] Ends in { $days } days, notice given
    }, with { $unmet ->
        [one] { $unmet } adoption goal unmet
       *[other] { $unmet } adoption goals unmet
    }
signal-escalation = Escalation
    .about = An escalated ticket is still open.
    .reason = { $tickets ->
        [one] { $tickets } escalated ticket open
       *[other] { $tickets } escalated tickets open, the first
    } for { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
    .today = { $tickets ->
        [one] { $tickets } ticket escalated today and open
       *[other] { $tickets } tickets escalated today and open
    }
signal-works-unused = Works, but unused
    .about = It works as promised, and little of its potential is used.
    .reason = It works, but only { $percent } of its potential is used
signal-seats-full = Seats nearly full
    .about = Nearly every seat that is paid for is in use.
    .reason = { $used } of { $seats ->
        [one] { $seats } seat
       *[other] { $seats } seats
    } in use
signal-outgrown = Plan outgrown
    .about = More is used in a month than the plan includes.
    .reason = { $uses } of { $included ->
        [one] { $included } included use
       *[other] { $included } included uses
    } in { $month }
signal-champion-lost = Champion lost
    .about = A champion or sponsor left, and nobody has the role now.
    .reason = { $name } ({ $role }) left on { $day } and nobody took over
signal-payment-risk = Payment at risk
    .about = A payment is overdue.
    .reason = { $days ->
        [0] Payment overdue since today
        [one] Payment overdue for { $days } day
       *[other] Payment overdue for { $days } days
    }

## What to do: one imperative sentence each

next-step-reach-out = Ask what happened, and show the one thing they bought it for
next-step-review-health = Find out what pulled the score down, and agree who owns the fix
next-step-plan-renewal = Agree with them before the renewal on how the missing goals are met
next-step-save-conversation = Notice is given: find out why, and bring somebody senior into the next conversation
next-step-resolve-escalation = Name one person to see it through, and tell the customer when
next-step-drive-adoption = Show the team what they pay for and do not use, on their own work
next-step-offer-seats = Offer more seats before somebody is turned away
next-step-offer-upgrade = Offer the next larger plan, with their own usage as the reason
next-step-negotiate-terms = They have outgrown the largest plan: agree on terms of their own
next-step-find-champion = Ask who takes over, and repeat the kick-off with that person
next-step-settle-payment = Ask who handles the invoice, and clear it up before anything is blocked

severity-info = Good to know
severity-warning = Soon
severity-critical = Today

signal-at-stake = { $money } at stake
signal-to-gain = { $money } to gain
signal-since = since { $day }
signal-started = Raised
signal-ended = Ended
