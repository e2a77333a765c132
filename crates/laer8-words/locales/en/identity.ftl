# Joined accounts: what several sources tell of and is read as one.
identity-title = Joined accounts
identity-about = What several sources say about one company is read as one account. Each join can be undone, and nothing is lost.
identity-edit = Edit the rules
identity-read = Read the rules
identity-rules = Rules
identity-rules-about = They are tried in this order, as facts come in. A rule never guesses.
identity-accounts = Match accounts by
identity-people = Match people at one account by
identity-wins = Where sources differ
identity-no-rule = nothing; only what a person joins
identity-rule-domain = the same e-mail domain
identity-rule-email = the same e-mail address
identity-rule-shared = the same id in { $sources }
identity-rule-reference = the field “{ $field }”, which holds the id in { $of }
identity-rule-field = the same “{ $field }”
identity-left-out = { $count ->
    [one] { $count } shared domain (such as free e-mail) is not used for matching.
   *[other] { $count } shared domains (such as free e-mail) are not used for matching.
}
identity-wins-newest = The newest value wins.
identity-wins-sources = The first of { $sources } that says something.
identity-wins-field = { $field }: the first of { $sources } that says something.
identity-wins-field-newest = { $field }: the newest value.
identity-wins-people = People:
identity-open = To decide
identity-open-about = These have something in common, and a rule would have to guess. Tick those that you mean.
identity-doubt-same-source = One source has several of them.
identity-doubt-kept-apart = Some of them are kept apart.
identity-join-these = Merge
identity-keep-apart = Keep separate
identity-more-of = { $count ->
    [one] And { $count } more. Where a domain is nobody’s own, leave it out in the rules.
   *[other] And { $count } more. Where a domain is nobody’s own, leave it out in the rules.
}
identity-more-candidates = { $count ->
    [one] { $count } more to decide after these.
   *[other] { $count } more to decide after these.
}
identity-show-accounts = Accounts ({ $count })
identity-show-people = People ({ $count })
identity-show-undone = Undone and kept apart ({ $count })
identity-none-accounts = No accounts are joined. When two sources tell of companies with one domain, they appear here.
identity-none-people = No people are joined. When two sources tell of somebody with one e-mail address at one account, they appear here.
identity-none-undone = No join was undone, and nothing is kept apart.
identity-read-as = Read as
identity-also = Joined to it
identity-reason = Reason
identity-joined = Joined
identity-undone = Undone
identity-by-rule = by the rule
identity-nameless = Without a name
identity-reason-hand = A person decided
identity-reason-domain = Same domain: { $value }
identity-reason-email = Same e-mail address: { $value }
identity-reason-external-id = Same id: { $value }
identity-reason-field = Same “{ $field }”: { $value }
identity-parted = { $first } and { $second } are read as two again. No rule joins them any more.
identity-join-again = Join them again
identity-by-hand = Join two accounts
identity-by-hand-about = Name each by its name, by its id in a source, or by the number in its address, as #12.
identity-one = One account
identity-other = The other account
identity-join = Join
identity-too-few = Tick at least two.
identity-ambiguous = It could be any of { $candidates }; write the number.
identity-try = See what it would join
identity-tried = It would join { $joined } and part { $parted }, and leave { $open } to decide.
identity-would-join = It would join
identity-would-part = It would part
identity-from = from { $source }
audit-account-join = joined { $account } and { $other } ({ $reason })
audit-account-part = parted { $account } and { $other }
audit-account-keep-apart = kept { $account } and { $other } apart
audit-person-join = joined person #{ $person } and #{ $other } ({ $reason })
audit-person-part = parted person #{ $person } and #{ $other }
audit-person-keep-apart = kept person #{ $person } and #{ $other } apart
audit-rules = The rules
