//! From when to when there are facts of each family, kept up as they arrive,
//! so that nobody has to look through millions of rows to know.

use crate::{StoreError, Tx, entities::fact_spans, rows::code};
use laer8_domain::days::Day;
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

/// A family of facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// Fields of accounts and people.
    Fields,
    /// Subscription versions.
    Subscriptions,
    /// Usage.
    Usage,
    /// Ticket events.
    Tickets,
    /// Survey responses.
    Surveys,
    /// Churn events.
    ChurnEvents,
    /// Notes.
    Notes,
}

impl Family {
    const ALL: [Self; 7] = [
        Self::Fields,
        Self::Subscriptions,
        Self::Usage,
        Self::Tickets,
        Self::Surveys,
        Self::ChurnEvents,
        Self::Notes,
    ];

    fn key(self) -> &'static str {
        match self {
            Self::Fields => "fields",
            Self::Subscriptions => "subscriptions",
            Self::Usage => "usage",
            Self::Tickets => "tickets",
            Self::Surveys => "surveys",
            Self::ChurnEvents => "churn_events",
            Self::Notes => "notes",
        }
    }
}

/// The days that the facts of a family cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Of which family.
    pub family: Family,
    /// The day on which the first became known.
    pub first_known: Day,
    /// The latest day on which one happened.
    pub last_day: Day,
}

impl Tx {
    /// The span of every family of which there are facts.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn spans(&self) -> Result<Vec<Span>, StoreError> {
        let rows = fact_spans::Entity::find().all(&self.db).await?;
        rows.into_iter()
            .map(|row| {
                let family = Family::ALL.into_iter().find(|family| family.key() == row.family);
                Ok(Span {
                    family: code(family, "fact_spans", &row.family)?,
                    first_known: row.first_known,
                    last_day: row.last_day,
                })
            })
            .collect()
    }

    /// Widens the span of a family to take in `span`.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn widen_span(&self, span: Span) -> Result<(), StoreError> {
        let stored = self.spans().await?.into_iter().find(|stored| stored.family == span.family);
        let (first, last) = stored.map_or((span.first_known, span.last_day), |stored| {
            (stored.first_known.min(span.first_known), stored.last_day.max(span.last_day))
        });
        let row = fact_spans::ActiveModel {
            family: Set(span.family.key().to_owned()),
            first_known: Set(first),
            last_day: Set(last),
        };
        let replace = OnConflict::column(fact_spans::Column::Family)
            .update_columns([fact_spans::Column::FirstKnown, fact_spans::Column::LastDay])
            .to_owned();
        fact_spans::Entity::insert(row).on_conflict(replace).exec_without_returning(&self.db).await?;
        Ok(())
    }
}
