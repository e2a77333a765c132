//! Usage: by far the most rows. New ones go straight in; only where the
//! database knows a key already is anything compared.

use super::{Absorber, Placed, Refused, Verdict, verdict::Occurrence};
use crate::AppError;
use laer8_domain::{
    days::Day,
    ids::{AccountId, FeatureId},
    records::{AccountRef, UsageRecord},
    usage::UsageRow,
};
use laer8_store::{Family, KeyedUsage, Kind, UsageFact};
use rustc_hash::{FxHashMap, FxHashSet};

/// What a row tells.
struct Told {
    fact: UsageFact,
    /// Since when it is known, should it turn out to correct another.
    corrected_on: Day,
}

impl Absorber<'_> {
    pub(super) async fn usage(
        &mut self,
        records: Vec<Placed<UsageRecord>>,
        verdicts: &mut [Verdict],
    ) -> Result<(), AppError> {
        if records.is_empty() {
            return Ok(());
        }
        let references: Vec<_> = records.iter().map(|placed| &placed.record.account).collect();
        self.names.load_account_refs(self.tx, &references).await?;
        if records.iter().any(|placed| matches!(placed.record.account, AccountRef::Subscription(_))) {
            self.names.load_lives(self.tx).await?;
        }
        let features: FxHashSet<&str> = records.iter().map(|placed| placed.record.feature.as_str()).collect();
        let mut features: Vec<&str> = features.into_iter().collect();
        features.sort_unstable(); // new features get their ids in a fixed order
        self.known_features(&features).await?;

        let mut facts: Vec<(usize, Told)> = Vec::with_capacity(records.len());
        for placed in records {
            let position = placed.position;
            match self.fact(placed) {
                Ok(Some(fact)) => facts.push((position, fact)),
                Ok(None) => {} // the same row once more
                Err(refused) => verdicts[position] = Verdict::Refused(refused),
            }
        }
        // By account and day, neighbours meet in the larger of the database's two indexes.
        let mut in_order: Vec<&UsageFact> = facts.iter().map(|(_, told)| &told.fact).collect();
        if self.setting.repeats {
            // Of rows with one key, the first is stored and the others correct it.
            let mut met: FxHashSet<&str> = FxHashSet::default();
            in_order.retain(|fact| met.insert(&fact.external_id));
        }
        in_order.sort_unstable_by_key(|fact| (fact.account, fact.usage.day, fact.usage.feature));
        let new = self.tx.insert_usage(self.setting.source, &in_order).await?;
        if new == facts.len() as u64 {
            for (position, told) in facts {
                verdicts[position] = Verdict::New;
                self.came_in(Family::Usage, told.fact.account, told.fact.usage.day, told.fact.usage.known_on);
            }
            return Ok(());
        }
        self.compare(facts, verdicts).await
    }

    /// Some keys were there already, or were just stored: what is stored now
    /// under each key must come to what the row says, or it is corrected by
    /// the difference.
    async fn compare(&mut self, facts: Vec<(usize, Told)>, verdicts: &mut [Verdict]) -> Result<(), AppError> {
        let keys: Vec<String> = facts.iter().map(|(_, told)| told.fact.external_id.clone()).collect();
        let mut stored: FxHashMap<String, KeyedUsage> =
            self.tx.usage_by_keys(self.setting.source, &keys).await?;
        let mut corrections = Vec::new();
        for (position, told) in facts {
            let fact = &told.fact;
            let Some(before) = stored.get_mut(&fact.external_id) else { continue };
            let same_place = before.account == fact.account
                && before.usage.feature == fact.usage.feature
                && before.usage.day == fact.usage.day;
            let is_same = same_place && difference(&fact.usage, &before.usage).is_none();
            let is_mine = before.import == fact.import && before.row == fact.row && before.revision == 0;
            if is_same && is_mine {
                verdicts[position] = Verdict::New;
                self.came_in(Family::Usage, fact.account, fact.usage.day, fact.usage.known_on);
            } else if !is_same {
                verdicts[position] = Verdict::Changed;
                self.correct(told, before, same_place, &mut corrections);
            }
        }
        self.tx.insert_usage(self.setting.source, &corrections.iter().collect::<Vec<_>>()).await?;
        Ok(())
    }

    /// What was stored is taken back, and what the row says now is put in its
    /// place.
    fn correct(
        &mut self,
        told: Told,
        before: &mut KeyedUsage,
        same_place: bool,
        corrections: &mut Vec<UsageFact>,
    ) {
        let Told { fact, corrected_on: known_on } = told;
        self.came_in(Family::Usage, fact.account, fact.usage.day, known_on);
        self.affected.insert(before.account);
        let mut revision = before.revision + 1;
        if same_place {
            let usage = difference(&fact.usage, &before.usage).unwrap_or(fact.usage);
            let usage = UsageRow { known_on, ..usage };
            corrections.push(UsageFact { revision, usage, ..fact.clone() });
        } else {
            let back = UsageRow {
                count: -before.usage.count,
                seconds: -before.usage.seconds,
                errors: -before.usage.errors,
                people: None,
                known_on,
                ..before.usage
            };
            corrections.push(UsageFact { revision, usage: back, account: before.account, ..fact.clone() });
            revision += 1;
            let there = UsageRow { known_on, ..fact.usage };
            corrections.push(UsageFact { revision, usage: there, ..fact.clone() });
        }
        *before = KeyedUsage {
            revision,
            account: fact.account,
            usage: UsageRow { people: before.usage.people.max(fact.usage.people), ..fact.usage },
            ..*before
        };
    }

    /// The fact that a record tells; none when the same row was met before in
    /// this file.
    fn fact(&mut self, placed: Placed<UsageRecord>) -> Result<Option<Told>, Refused> {
        let version = placed.version();
        let record = placed.record;
        let account = self.names.account(&record.account)?;
        let feature = self
            .names
            .find(Kind::Feature, &record.feature)
            .map(FeatureId)
            .ok_or_else(|| Refused::UnknownFeature(record.feature.clone()))?;
        self.note_odd_days(&record, placed.row);
        let known_on = self.known_on("usage", placed.known, record.day);
        let corrected_on = self.corrected_on(placed.known);
        let usage = UsageRow {
            feature,
            day: record.day,
            count: record.count,
            seconds: record.seconds,
            errors: record.errors,
            people: record.people,
            known_on,
        };
        let external_id = match record.id {
            Some(id) => {
                let contents = (account, feature, record.day, record.count, record.seconds, record.errors);
                match self.meet("usage", &(&id, version), &contents, placed.row) {
                    Occurrence::First => id,
                    Occurrence::Same => return Ok(None),
                    Occurrence::Other(line) => return Err(Refused::DuplicateId { id, line }),
                }
            }
            None => self.nameless_key(account, feature, record.day),
        };
        let import = self.setting.import;
        let fact = UsageFact { external_id, revision: 0, account, usage, import, row: placed.row };
        Ok(Some(Told { fact, corrected_on }))
    }

    /// Usage through a subscription that did not run that day contradicts it.
    fn note_odd_days(&mut self, record: &UsageRecord, row: u32) {
        let Some(life) = self.names.life(&record.account) else {
            return;
        };
        let what = match life.end {
            _ if record.day < life.start => "usage_before_start",
            Some(end) if record.day >= end => "usage_after_end",
            _ => return,
        };
        self.findings.add(what, || {
            let end = life.end.map(|end| format!(" to {end}")).unwrap_or_default();
            let name = record.id.as_deref().unwrap_or("a row");
            format!("line {row}: {name} on {}, subscription from {}{end}", record.day, life.start)
        });
    }

    /// A row without an id is told apart by what it is about and by its place
    /// among the rows about the same. What is sent has no such place: there, it
    /// is all that there is to say of that day.
    fn nameless_key(&mut self, account: AccountId, feature: FeatureId, day: Day) -> String {
        let is_sent = self.sent_since.is_some();
        let number = if is_sent { 1 } else { self.seen.number(&(account, feature, day)) };
        format!("{account}/{feature}/{day}/{number}")
    }
}

/// What must be added to `before` to make it `now`; none when nothing must.
fn difference(now: &UsageRow, before: &UsageRow) -> Option<UsageRow> {
    let usage = UsageRow {
        count: now.count - before.count,
        seconds: now.seconds - before.seconds,
        errors: now.errors - before.errors,
        people: now.people.filter(|people| Some(*people) > before.people),
        ..*now
    };
    let nothing = usage.count == 0 && usage.seconds == 0 && usage.errors == 0 && usage.people.is_none();
    (!nothing).then_some(usage)
}
