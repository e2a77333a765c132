//! Other ids by which a source knows its people: what a device called somebody
//! before they said who they are.

use crate::{
    StoreError, Tx,
    entities::known_as,
    rows::{IDS_IN_A_QUERY, rows_in_a_statement},
};
use laer8_domain::ids::SourceId;
use rustc_hash::FxHashMap;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};

impl Tx {
    /// Who these ids of a source are, where that is known: external ids of
    /// people.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn known_as(
        &self,
        source: SourceId,
        aliases: &[&str],
    ) -> Result<FxHashMap<String, String>, StoreError> {
        let mut known = FxHashMap::default();
        for chunk in aliases.chunks(IDS_IN_A_QUERY) {
            let rows = known_as::Entity::find()
                .filter(known_as::Column::SourceId.eq(source.0))
                .filter(known_as::Column::Alias.is_in(chunk.iter().copied()))
                .all(&self.db)
                .await?;
            known.extend(rows.into_iter().map(|row| (row.alias, row.person)));
        }
        Ok(known)
    }

    /// The other ids of these people of a source.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn aliases_of(&self, source: SourceId, people: &[&str]) -> Result<Vec<String>, StoreError> {
        let mut aliases = Vec::new();
        for chunk in people.chunks(IDS_IN_A_QUERY) {
            let rows = known_as::Entity::find()
                .filter(known_as::Column::SourceId.eq(source.0))
                .filter(known_as::Column::Person.is_in(chunk.iter().copied()))
                .all(&self.db)
                .await?;
            aliases.extend(rows.into_iter().map(|row| row.alias));
        }
        Ok(aliases)
    }

    /// Notes that an id of a source is a person; the last word counts.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn put_known_as(&self, source: SourceId, pairs: &[(String, String)]) -> Result<(), StoreError> {
        let key = [known_as::Column::SourceId, known_as::Column::Alias];
        let replace = OnConflict::columns(key).update_column(known_as::Column::Person).to_owned();
        for chunk in pairs.chunks(rows_in_a_statement(3)) {
            let rows = chunk.iter().map(|(alias, person)| known_as::ActiveModel {
                source_id: Set(source.0),
                alias: Set(alias.clone()),
                person: Set(person.clone()),
            });
            known_as::Entity::insert_many(rows)
                .on_conflict(replace.clone())
                .exec_without_returning(&self.db)
                .await?;
        }
        Ok(())
    }
}
