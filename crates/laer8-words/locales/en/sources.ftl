# Sources that send events as they happen.
ago-now = just now
ago-seconds = { $count } s ago
ago-minutes = { $count } min ago
ago-hours = { $count } h ago
ago-days = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}
sources-title = Sources
sources-none = No product sends events yet. Add one: laer8 source add product
sources-off = switched off
sources-never = nothing yet
sources-column-name = Source
sources-column-key = Write key
sources-column-heard = Last heard
sources-column-accepted = Accepted
sources-column-waiting = Waiting
sources-column-refused = Refused
sources-column-state = State
sources-column-quarantine = In quarantine
sources-column-lag = Receipt to score
sources-lag = { $ms } ms
sources-lag-none = –
sources-column-duplicates = Duplicates
sources-column-when = Received
sources-column-event = Event
sources-column-who = Who
sources-column-fate = What became of it
sources-column-account = Account
sources-last-hour = Last hour
sources-fresh = on time
sources-silent = silent
sources-within = expected every { $minutes ->
    [one] minute
   *[other] { $minutes } min
}
sources-some-silent = { $sources ->
    [one] One source has been silent for longer than expected
   *[other] { $sources } sources have been silent for longer than expected
}
sources-all-heard = { $events ->
    [one] One event
   *[other] { $events } events
} in the last hour, from { $sources ->
    [one] one source
   *[other] { $sources } sources
}
sources-backlog = { $events ->
    [0] Everything received has been processed.
    [one] One received event has not been processed yet.
   *[other] { $events } received events have not been processed yet.
}
sources-minute = { $ago }: { $events }
sources-empty = No product sends events yet
sources-empty-said = Use of your product can arrive as it happens, and scores and signals follow within a second. Segment's SDKs work with Laer8 as their host. Begin with a source: it has a key and a name.
sources-add = Add a source
sources-add-about = One for each product or site. A source with the same name as an import source continues it: both use the same ids.
sources-add-do = Add source
sources-name = Name
sources-name-example = product
sources-exists = A source of this name sends events already.
sources-no-name = A source has a name of at most 64 characters, which is not “laer8”.
sources-saved = Saved.
sources-key-renewed = The source has a new key. Anything sent with the old one is refused.
sources-replayed = { $events ->
    [one] One event was read again.
   *[other] { $events } events were read again.
} What is still not understood comes back.
sources-waiting-about = until their account is known
sources-refused = Not understood
sources-refused-about = Fix what is wrong and read it again, or fix the product and read all again.
sources-replay-all = Read all again
sources-replay = Read again
sources-event = The event
sources-events = Latest events
sources-events-about = What came last, and what became of it.
sources-events-none = Nothing has come yet. As soon as something does, it is seen here.
sources-how = How to send
sources-how-about = Segment's SDKs and HTTP API, with this host and this key.
sources-settings = Settings
sources-fresh-minutes = Expect something every … minutes
sources-active = Accept events
sources-filling = “{ $measure }” counts what came before it was in force: { $part }
sources-kept = What was sent
sources-kept-about = Every event is kept as it was sent, compressed, so that a new measure can count what came before. Deleting can't be undone: new measures can't count what is gone, but what was counted stays.
sources-kept-days = Keep for … days
sources-kept-always = for ever
sources-kept-wrong = Write { $least } to { $most } days, or nothing to keep it for ever.
sources-save = Save
sources-renew = New key
sources-renew-about = The old key stops working at once.
event-fate-accepted = accepted
event-fate-waits = waits for its account
event-fate-duplicate = duplicate
event-fate-refused = not understood
event-fate-other-account = accepted; person is at another account
event-fate-not-stored = can't be stored
event-refused-not-an-object = It is not a JSON object
event-refused-too-large = It is too large
event-refused-too-deep = It is nested too deeply
event-refused-no-type = It has no type
event-refused-unknown-type = Its type is unknown
event-refused-no-id = It names nobody
event-refused-no-event-name = The event has no name
event-refused-no-group-id = It names no account
event-refused-no-previous-id = It has no previous id
event-refused-too-long = An id or a name is too long
event-refused-wrong-type = Properties or traits are not an object
event-refused-not-stored = It can't be stored
sources-all-waiting = { $events ->
    [one] One event waits until its account is known.
   *[other] { $events } events wait until their account is known.
}
sources-all-quarantined = { $events ->
    [one] One could not be understood.
   *[other] { $events } could not be understood.
}
