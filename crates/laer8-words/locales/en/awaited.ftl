# What the events of a source wait for.
awaited-title = Waiting for their account
awaited-about = These events are kept, and count for their day as soon as it is known whose they are.
awaited-column-whom = Waits for
awaited-column-events = Events
awaited-column-since = Since
awaited-column-do = What to do
awaited-account = account
awaited-person = person
awaited-account-advice = Send a group call for it, or import it under this source.
awaited-person-advice = Send a group call for this person, or name the account in the events (context.groupId).
awaited-known-advice = If both mean the same account, say so in the rules.
awaited-rule = Rules
awaited-more = More wait; these are those with most events.
