//! Usage that is counted as it happens.
//!
//! A product that is tracked says each use by itself; what is kept is how much
//! of it there was, by measure, account, feature and day. Knowledge has days as
//! its resolution, so all that became known of one thing on one day is one row
//! that grows until the day is over. What is known on a later day is a row of
//! its own: a past day stays as it was believed to be.

use super::Absorber;
use crate::AppError;
use laer8_domain::{
    days::{Day, days_between},
    ids::{AccountId, FeatureId},
    usage::UsageRow,
};
use laer8_store::{Family, Kind, PresenceKey, UsageFact};
use rustc_hash::{FxHashMap, FxHashSet};

/// Of what something is counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TallyKey {
    /// By which measure; how it counts may change, so what it is includes its
    /// version.
    pub(crate) measure: String,
    pub(crate) account: AccountId,
    /// What the source calls the feature.
    pub(crate) feature: String,
    pub(crate) day: Day,
    pub(crate) known_on: Day,
}

/// How much of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) uses: i64,
    pub(crate) seconds: i64,
    pub(crate) errors: i64,
    /// Digests of those who were there, each once in the window from `day` on.
    pub(crate) people: FxHashSet<i64>,
}

/// Who is known to have been noted, so that nobody asks the database for each
/// use.
#[derive(Debug, Default)]
pub(crate) struct Noted(FxHashSet<(AccountId, FeatureId, Day, i64)>);

impl Noted {
    /// How many are remembered: some 30 MB.
    const MOST: usize = 500_000;
}

impl Absorber<'_> {
    /// Adds what was counted to what was counted before.
    pub(crate) async fn tallies(
        &mut self,
        tallies: FxHashMap<TallyKey, Tally>,
        noted: &mut Noted,
    ) -> Result<(), AppError> {
        if tallies.is_empty() {
            return Ok(());
        }
        let mut tallies: Vec<(TallyKey, Tally)> = tallies.into_iter().collect();
        // By account and day, neighbours meet in the larger of the database's two indexes.
        tallies.sort_unstable_by(|(a, _), (b, _)| {
            (a.account, a.day, &a.feature, &a.measure, a.known_on)
                .cmp(&(b.account, b.day, &b.feature, &b.measure, b.known_on))
        });
        let features: FxHashSet<&str> = tallies.iter().map(|(key, _)| key.feature.as_str()).collect();
        let mut features: Vec<&str> = features.into_iter().collect();
        features.sort_unstable(); // new features get their ids in a fixed order
        self.known_features(&features).await?;

        let present = self.present(&tallies, noted).await?;
        let mut facts = Vec::with_capacity(tallies.len());
        for (key, tally) in &tallies {
            let Some(feature) = self.names.find(Kind::Feature, &key.feature).map(FeatureId) else { continue };
            self.came_in(Family::Usage, key.account, key.day, key.known_on);
            let window = presence(key, feature);
            facts.push(UsageFact {
                external_id: format!("{}/{}/{feature}/{}", key.measure, key.account, key.day),
                // Days by which it was late: later words have higher revisions.
                revision: u32::try_from(days_between(key.day, key.known_on)).unwrap_or(0),
                account: key.account,
                usage: UsageRow {
                    feature,
                    day: key.day,
                    count: tally.uses,
                    seconds: tally.seconds,
                    errors: tally.errors,
                    people: present.get(&window).copied(),
                    known_on: key.known_on,
                },
                import: None,
                row: 0,
            });
        }
        Ok(self.tx.add_to_usage(self.setting.source, &facts).await?)
    }

    /// Notes who was there; answers how many there are now, where there are
    /// more than before.
    async fn present(
        &self,
        tallies: &[(TallyKey, Tally)],
        noted: &mut Noted,
    ) -> Result<FxHashMap<PresenceKey, u32>, AppError> {
        let mut new = Vec::new();
        for (key, tally) in tallies {
            let Some(feature) = self.names.find(Kind::Feature, &key.feature).map(FeatureId) else { continue };
            let unknown =
                tally.people.iter().filter(|who| noted.0.insert((key.account, feature, key.day, **who)));
            new.extend(unknown.map(|who| (presence(key, feature), *who)));
        }
        if new.is_empty() {
            return Ok(FxHashMap::default());
        }
        if noted.0.len() > Noted::MOST {
            noted.0.clear();
        }
        new.sort_unstable();
        self.tx.put_presences(&new).await?;
        let mut windows: Vec<PresenceKey> = new.into_iter().map(|(key, _)| key).collect();
        windows.dedup();
        Ok(self.tx.present(&windows).await?)
    }
}

fn presence(key: &TallyKey, feature: FeatureId) -> PresenceKey {
    PresenceKey { account: key.account, feature, measure: key.measure.clone(), since: key.day }
}
