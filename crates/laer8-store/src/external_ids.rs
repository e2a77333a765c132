//! Sources, and what each calls the things that we give ids.

use crate::{
    StoreError, Tx,
    entities::{external_ids, id_counters, sources},
    rows::IDS_IN_A_QUERY,
};
use laer8_domain::ids::SourceId;
use rustc_hash::FxHashMap;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};

/// A kind of thing that gets ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Accounts.
    Account,
    /// People at accounts.
    Person,
    /// Products.
    Product,
    /// Plans.
    Plan,
    /// Features.
    Feature,
    /// Subscriptions.
    Subscription,
    /// Tickets.
    Ticket,
    /// Survey responses.
    Survey,
    /// Churn events.
    ChurnEvent,
    /// Notes.
    Note,
    /// Sources.
    Source,
    /// Import runs.
    ImportRun,
    /// Imports of a file.
    Import,
    /// Users of Laer8.
    User,
    /// API keys.
    ApiKey,
    /// Ways of looking at the accounts that people keep.
    SavedView,
    /// That two accounts, or two people, are read as one.
    Join,
    /// States of the workspace: the next one each time that what was worked out
    /// before no longer holds.
    Generation,
}

impl Kind {
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Person => "person",
            Self::Product => "product",
            Self::Plan => "plan",
            Self::Feature => "feature",
            Self::Subscription => "subscription",
            Self::Ticket => "ticket",
            Self::Survey => "survey",
            Self::ChurnEvent => "churn_event",
            Self::Note => "note",
            Self::Source => "source",
            Self::ImportRun => "import_run",
            Self::Import => "import",
            Self::User => "user",
            Self::ApiKey => "api_key",
            Self::SavedView => "saved_view",
            Self::Join => "join",
            Self::Generation => "generation",
        }
    }
}

impl Tx {
    /// The source of that name; made when there is none yet.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn source(&self, name: &str) -> Result<SourceId, StoreError> {
        if let Some(source) = self.find_source(name).await? {
            return Ok(source);
        }
        let id = self.next_ids(Kind::Source, 1).await?;
        let row = sources::ActiveModel { id: Set(id), name: Set(name.to_owned()) };
        sources::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(SourceId(id))
    }

    /// The source of that name, where there is one.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn find_source(&self, name: &str) -> Result<Option<SourceId>, StoreError> {
        let found = sources::Entity::find().filter(sources::Column::Name.eq(name)).one(&self.db).await?;
        Ok(found.map(|source| SourceId(source.id)))
    }

    /// All sources, by id.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn sources(&self) -> Result<Vec<(SourceId, String)>, StoreError> {
        let rows = sources::Entity::find().order_by_asc(sources::Column::Id).all(&self.db).await?;
        Ok(rows.into_iter().map(|row| (SourceId(row.id), row.name)).collect())
    }

    /// Everything that a source calls by a name, of one kind.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn all_ids(&self, source: SourceId, kind: Kind) -> Result<FxHashMap<String, i64>, StoreError> {
        let pairs: Vec<(String, i64)> = external_ids::Entity::find()
            .filter(external_ids::Column::SourceId.eq(source.0))
            .filter(external_ids::Column::Kind.eq(kind.key()))
            .select_only()
            .column(external_ids::Column::ExternalId)
            .column(external_ids::Column::InternalId)
            .into_tuple()
            .all(&self.db)
            .await?;
        Ok(pairs.into_iter().collect())
    }

    /// What a source calls by this name.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn id_of(&self, source: SourceId, kind: Kind, name: &str) -> Result<Option<i64>, StoreError> {
        let key = (source.0, kind.key().to_owned(), name.to_owned());
        Ok(external_ids::Entity::find_by_id(key).one(&self.db).await?.map(|row| row.internal_id))
    }

    /// What a source calls by these names, where it does.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn ids_of(
        &self,
        source: SourceId,
        kind: Kind,
        names: &[&str],
    ) -> Result<Vec<(String, i64)>, StoreError> {
        let mut found = Vec::with_capacity(names.len());
        for chunk in names.chunks(IDS_IN_A_QUERY) {
            let pairs: Vec<(String, i64)> = external_ids::Entity::find()
                .filter(external_ids::Column::SourceId.eq(source.0))
                .filter(external_ids::Column::Kind.eq(kind.key()))
                .filter(external_ids::Column::ExternalId.is_in(chunk.iter().copied()))
                .select_only()
                .column(external_ids::Column::ExternalId)
                .column(external_ids::Column::InternalId)
                .into_tuple()
                .all(&self.db)
                .await?;
            found.extend(pairs);
        }
        Ok(found)
    }

    /// Lets a source call something that has an id by this name.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Exists`] when the source calls
    /// something by that name.
    pub async fn name_id(&self, source: SourceId, kind: Kind, name: &str, id: i64) -> Result<(), StoreError> {
        let row = external_ids::ActiveModel {
            source_id: Set(source.0),
            kind: Set(kind.key().to_owned()),
            external_id: Set(name.to_owned()),
            internal_id: Set(id),
        };
        external_ids::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Gives ids to names that have none yet, in their order.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Exists`] when a name has one.
    pub async fn assign_ids(
        &self,
        source: SourceId,
        kind: Kind,
        names: &[String],
    ) -> Result<Vec<i64>, StoreError> {
        let first = self.next_ids(kind, names.len()).await?;
        let ids: Vec<i64> = (first..).take(names.len()).collect();
        let rows = names.iter().zip(&ids).map(|(name, id)| external_ids::ActiveModel {
            source_id: Set(source.0),
            kind: Set(kind.key().to_owned()),
            external_id: Set(name.clone()),
            internal_id: Set(*id),
        });
        self.insert_all(rows).await?;
        Ok(ids)
    }

    /// What the sources call these things: `(id, source, external id)`.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn external_ids(
        &self,
        kind: Kind,
        ids: &[i64],
    ) -> Result<Vec<(i64, SourceId, String)>, StoreError> {
        let mut found = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(IDS_IN_A_QUERY) {
            let rows = external_ids::Entity::find()
                .filter(external_ids::Column::Kind.eq(kind.key()))
                .filter(external_ids::Column::InternalId.is_in(chunk.iter().copied()))
                .all(&self.db)
                .await?;
            found.extend(
                rows.into_iter().map(|row| (row.internal_id, SourceId(row.source_id), row.external_id)),
            );
        }
        Ok(found)
    }

    /// The things that any source calls by this name.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn find_external_id(&self, kind: Kind, name: &str) -> Result<Vec<i64>, StoreError> {
        Ok(external_ids::Entity::find()
            .filter(external_ids::Column::Kind.eq(kind.key()))
            .filter(external_ids::Column::ExternalId.eq(name))
            .select_only()
            .column(external_ids::Column::InternalId)
            .into_tuple()
            .all(&self.db)
            .await?)
    }

    /// Takes `count` ids of a kind; returns the first.
    pub(crate) async fn next_ids(&self, kind: Kind, count: usize) -> Result<i64, StoreError> {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let row = id_counters::ActiveModel { kind: Set(kind.key().to_owned()), next: Set(1) };
        let keep = OnConflict::column(id_counters::Column::Kind).do_nothing().to_owned();
        id_counters::Entity::insert_many([row]).on_conflict(keep).exec_without_returning(&self.db).await?;
        let mut counter = id_counters::Entity::update_many()
            .col_expr(id_counters::Column::Next, Expr::col(id_counters::Column::Next).add(count))
            .filter(id_counters::Column::Kind.eq(kind.key()))
            .exec_with_returning(&self.db)
            .await?;
        let next = counter.pop().ok_or_else(|| StoreError::corrupt("id_counters", "no counter"))?.next;
        Ok(next - count)
    }
}
