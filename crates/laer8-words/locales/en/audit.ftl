# The audit log: what somebody did, said after their name.

audit-times = Newest first; times are in { $zone }.
audit-details = Details
audit-earlier = Earlier changes
audit-newest = The newest
audit-operator = The operator
audit-key = API key “{ $name }”
audit-user-first = began here as the first administrator
audit-user-add = added { $user } as { $role }
audit-user-role = changed the role of { $user } from { $before } to { $after }
audit-user-let = let { $user } sign in again
audit-user-stop = stopped { $user } from signing in
audit-user-same = saved { $user } without a change
audit-user-invite = made a sign-in link for { $user }
audit-user-password = chose a new password
audit-session-begin = signed in
audit-key-add = made the API key “{ $key }” with the role { $role }
audit-key-remove = revoked the API key “{ $key }”
audit-workspace-named = named the workspace “{ $after }”
audit-workspace-name = renamed the workspace from “{ $before }” to “{ $after }”
audit-workspace-currency = changed the reporting currency from { $before } to { $after }
audit-workspace-same = saved the workspace without a change
audit-note-add = wrote a note on { $account }
audit-note-change = changed a note on { $account }
audit-note-withdraw = withdrew a note on { $account }
audit-pulse-set = set the pulse of { $account } to { $pulse }
audit-owner-set = made { $after } the owner of { $account }
audit-owner-moved = handed { $account } over from { $before } to { $after }
audit-owner-none = took { $account } away from { $before }; it has no owner
audit-config-change = saved { $version } of { $document }
audit-scorecard = the scorecard “{ $name }”
audit-import-run = imported files of { $source }
audit-ingest-run = took in what the tap of { $source } wrote
audit-quarantine-mend = { $count ->
    [one] fixed { $count } refused row of { $source }
   *[other] fixed { $count } refused rows of { $source }
}
audit-records-absorb = { $count ->
    [one] brought in { $count } record of { $source }
   *[other] brought in { $count } records of { $source }
}
audit-export-restore = { $count ->
    [one] read back an export of { $count } record
   *[other] read back an export of { $count } records
}
audit-demo-fill = { $count ->
    [one] filled the workspace with a demo company of { $count } account
   *[other] filled the workspace with a demo company of { $count } accounts
}
audit-view-save = saved the view “{ $view }”
audit-view-change = changed the view “{ $view }”
audit-view-delete = deleted the view “{ $view }”
audit-other = did { $action } to { $subject }
audit-detail-who = Who
audit-detail-when = When
audit-detail-code = Recorded as
audit-source-add = added the source { $source }
audit-source-change = changed the source { $source }
audit-source-renew-key = gave the source { $source } a new write key
audit-source-replay = { $count ->
    [one] had an event of { $source } read again
   *[other] had { $count } events of { $source } read again
}
audit-source-keep-all = decided to keep what sources send for ever
audit-source-keep = { $count ->
    [one] decided to keep what sources send for a day
   *[other] decided to keep what sources send for { $count } days
}
