//! Usage facts: many, keyed by source and external id, corrected by
//! differences.

use crate::{
    StoreError, Tx,
    entities::usage_facts,
    rows::{Known, line, unsigned},
};
use laer8_domain::{
    days::{Day, Window},
    identity::Subject,
    ids::{AccountId, FeatureId, ImportId, SourceId},
    usage::UsageRow,
};
use rustc_hash::FxHashMap;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

const TABLE: &str = "usage_facts";

/// What becomes of usage whose key is there.
const ADD: &str = "(source_id, external_id, revision) DO UPDATE SET \
     count = usage_facts.count + excluded.count, \
     seconds = usage_facts.seconds + excluded.seconds, \
     errors = usage_facts.errors + excluded.errors, \
     people = CASE WHEN excluded.people IS NULL THEN usage_facts.people \
     WHEN usage_facts.people IS NULL OR usage_facts.people < excluded.people THEN excluded.people \
     ELSE usage_facts.people END";

/// Keys in one `IN (…)`.
const KEYS_IN_A_QUERY: usize = 4_000;

/// A row of usage with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageFact {
    /// What the source calls the row.
    pub external_id: String,
    /// 0 for the row itself, higher for what corrects it.
    pub revision: u32,
    /// Whose.
    pub account: AccountId,
    /// What; `count`, `seconds` and `errors` of a correction are differences.
    pub usage: UsageRow,
    /// The file that brought it.
    pub import: Option<ImportId>,
    /// Its line there.
    pub row: u32,
}

/// What is stored under one key: the row and its corrections added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyedUsage {
    /// The highest revision.
    pub revision: u32,
    /// Whose.
    pub account: AccountId,
    /// The sums; `known_on` of the latest.
    pub usage: UsageRow,
    /// The file that brought the row itself.
    pub import: Option<ImportId>,
    /// Its line there.
    pub row: u32,
}

impl Tx {
    /// Adds rows of `source` whose keys are new; returns how many were. Rows
    /// whose key (with revision) is there already are left out.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn insert_usage(&self, source: SourceId, facts: &[&UsageFact]) -> Result<u64, StoreError> {
        // Those that are left out were heard before, and change nothing.
        self.heard(|feeds| facts.iter().for_each(|fact| feeds.usage(&fact.usage)));
        self.insert_rows(facts.iter().map(|fact| to_row(source, fact)), Known::LeaveOut).await
    }

    /// Adds rows of `source` to what is stored under their keys (with revision):
    /// counts add up, and of people the larger number holds.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn add_to_usage(&self, source: SourceId, facts: &[UsageFact]) -> Result<(), StoreError> {
        self.heard(|feeds| facts.iter().for_each(|fact| feeds.usage(&fact.usage)));
        self.insert_rows(facts.iter().map(|fact| to_row(source, fact)), Known::Do(ADD)).await?;
        Ok(())
    }

    /// What is stored under these keys of `source`.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn usage_by_keys(
        &self,
        source: SourceId,
        keys: &[String],
    ) -> Result<FxHashMap<String, KeyedUsage>, StoreError> {
        let mut stored: FxHashMap<String, KeyedUsage> = FxHashMap::default();
        for chunk in keys.chunks(KEYS_IN_A_QUERY) {
            let rows = usage_facts::Entity::find()
                .filter(usage_facts::Column::SourceId.eq(source.0))
                .filter(usage_facts::Column::ExternalId.is_in(chunk))
                .order_by_asc(usage_facts::Column::Revision)
                .all(&self.db)
                .await?;
            for row in rows {
                let fact = from_row(row)?;
                stored
                    .entry(fact.external_id)
                    .and_modify(|keyed| {
                        keyed.revision = fact.revision;
                        keyed.account = fact.account;
                        keyed.usage.feature = fact.usage.feature;
                        keyed.usage.day = fact.usage.day;
                        keyed.usage.count += fact.usage.count;
                        keyed.usage.seconds += fact.usage.seconds;
                        keyed.usage.errors += fact.usage.errors;
                        keyed.usage.people = keyed.usage.people.max(fact.usage.people);
                        keyed.usage.known_on = fact.usage.known_on;
                    })
                    .or_insert(KeyedUsage {
                        revision: fact.revision,
                        account: fact.account,
                        usage: fact.usage,
                        import: fact.import,
                        row: fact.row,
                    });
            }
        }
        Ok(stored)
    }

    /// Rows in the order of their keys and revisions, those of the keys after
    /// `after`; all rows of the last key are there, so there may be more than
    /// `limit`.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn usage_page(
        &self,
        after: Option<&(SourceId, String)>,
        limit: u64,
    ) -> Result<Vec<(SourceId, UsageFact)>, StoreError> {
        use usage_facts::Column;
        let in_order = |query: Select<usage_facts::Entity>| {
            query
                .order_by_asc(Column::SourceId)
                .order_by_asc(Column::ExternalId)
                .order_by_asc(Column::Revision)
        };
        let mut query = usage_facts::Entity::find();
        if let Some((source, key)) = after {
            let same_source =
                Condition::all().add(Column::SourceId.eq(source.0)).add(Column::ExternalId.gt(key.as_str()));
            query = query.filter(Condition::any().add(Column::SourceId.gt(source.0)).add(same_source));
        }
        let mut rows = in_order(query).limit(limit).all(&self.db).await?;
        if let Some(last) = rows.last() {
            let rest = usage_facts::Entity::find()
                .filter(Column::SourceId.eq(last.source_id))
                .filter(Column::ExternalId.eq(last.external_id.as_str()))
                .filter(Column::Revision.gt(last.revision));
            rows.extend(in_order(rest).all(&self.db).await?);
        }
        rows.into_iter().map(|row| Ok((SourceId(row.source_id), from_row(row)?))).collect()
    }

    /// Whether something is stored of a measure of a source: of the version that
    /// is called `name`.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn has_usage_of_measure(&self, source: SourceId, name: &str) -> Result<bool, StoreError> {
        let found = usage_facts::Entity::find()
            .filter(usage_facts::Column::SourceId.eq(source.0))
            .filter(usage_facts::Column::ExternalId.starts_with(format!("{name}/")))
            .limit(1)
            .one(&self.db)
            .await?;
        Ok(found.is_some())
    }

    /// Takes away what was counted by a measure of a source, in the version that
    /// is called `name`, to be counted otherwise; answers whether there was any.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn forget_usage_of_measure(&self, source: SourceId, name: &str) -> Result<bool, StoreError> {
        let gone = usage_facts::Entity::delete_many()
            .filter(usage_facts::Column::SourceId.eq(source.0))
            .filter(usage_facts::Column::ExternalId.starts_with(format!("{name}/")))
            .exec(&self.db)
            .await?;
        Ok(gone.rows_affected > 0)
    }

    /// The rows behind a figure: those of `account`, and of what is read as part
    /// of it, in `window` known on `known`, of these features or all; the newest first, at most `limit`.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn usage_behind(
        &self,
        account: AccountId,
        features: Option<&[FeatureId]>,
        window: Window,
        known: Day,
        limit: u64,
    ) -> Result<Vec<(SourceId, UsageFact)>, StoreError> {
        let members = self.members_of(Subject::Account, &[account.0]).await?;
        let mut query = usage_facts::Entity::find()
            .filter(usage_facts::Column::AccountId.is_in(members.into_iter().map(|(member, _)| member)))
            .filter(usage_facts::Column::Day.gte(window.start))
            .filter(usage_facts::Column::Day.lt(window.end))
            .filter(usage_facts::Column::KnownOn.lte(known));
        if let Some(features) = features {
            query =
                query.filter(usage_facts::Column::FeatureId.is_in(features.iter().map(|feature| feature.0)));
        }
        let rows = query
            .order_by_desc(usage_facts::Column::Day)
            .order_by_asc(usage_facts::Column::ExternalId)
            .limit(limit)
            .all(&self.db)
            .await?;
        rows.into_iter().map(|row| Ok((SourceId(row.source_id), from_row(row)?))).collect()
    }
}

fn to_row(source: SourceId, fact: &UsageFact) -> usage_facts::ActiveModel {
    usage_facts::ActiveModel {
        source_id: Set(source.0),
        external_id: Set(fact.external_id.clone()),
        revision: Set(line(fact.revision)),
        account_id: Set(fact.account.0),
        feature_id: Set(fact.usage.feature.0),
        day: Set(fact.usage.day),
        known_on: Set(fact.usage.known_on),
        count: Set(fact.usage.count),
        seconds: Set(fact.usage.seconds),
        errors: Set(fact.usage.errors),
        people: Set(fact.usage.people.map(line)),
        import_id: Set(fact.import.map(|import| import.0)),
        line: Set(line(fact.row)),
    }
}

fn from_row(row: usage_facts::Model) -> Result<UsageFact, StoreError> {
    Ok(UsageFact {
        external_id: row.external_id,
        revision: unsigned(row.revision, TABLE)?,
        account: AccountId(row.account_id),
        usage: UsageRow {
            feature: FeatureId(row.feature_id),
            day: row.day,
            count: row.count,
            seconds: row.seconds,
            errors: row.errors,
            people: row.people.map(|people| unsigned(people, TABLE)).transpose()?,
            known_on: row.known_on,
        },
        import: row.import_id.map(ImportId),
        row: unsigned(row.line, TABLE)?,
    })
}
