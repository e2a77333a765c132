//! Reads events again that lie in quarantine.

use super::{IntakeError, sources::found, views::Replayed};
use crate::{Actor, App, AppError};
use laer8_domain::{ids::SourceId, users::Role};
use laer8_intake::tracking::{Endpoint, MOST_BATCH_BYTES};
use laer8_store::{RefusedEventRow, StoreError};

/// Events of the quarantine that are read again at once.
const REPLAYED: u64 = 10_000;

impl App {
    /// Reads events of a source's quarantine again, as if they came now: the one
    /// named, mended where `mended` says how it should have been, or all. Needs
    /// [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Invalid`] when
    /// what was mended can't be read, [`AppError::Store`].
    pub async fn replay_refused(
        &self,
        actor: &Actor,
        id: SourceId,
        one: Option<i64>,
        mended: Option<&str>,
    ) -> Result<Replayed, AppError> {
        actor.must_be(Role::Manager)?;
        let (source, rows) = {
            let tx = self.store.read().await?;
            let source = found(&tx, id).await?;
            let mut rows = tx.refused_events(id, None, REPLAYED).await?;
            rows.retain(|row| one.is_none_or(|one| row.id == one));
            (source, rows)
        };
        if let (Some(one), true) = (one, rows.is_empty()) {
            return Err(AppError::NotFound {
                kind: "event in quarantine",
                name: one.to_string(),
                hint: String::new(),
            });
        }
        // Sent first and let out then: who is killed between sends it twice, which
        // its id makes once.
        let events: Vec<String> = rows.iter().rev().map(|row| as_of_batch(row, mended)).collect();
        for body in batches(&events) {
            let sent = self.take_in(Endpoint::Batch, Some(&source.write_key), body.into_bytes()).await;
            sent.map_err(|error| match error {
                IntakeError::Full => AppError::Store(StoreError::Full),
                other => AppError::Invalid(other.to_string()),
            })?;
        }
        let tx = self.store.write().await?;
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        tx.forget_refused_events(&ids).await?;
        let detail = serde_json::json!({ "events": ids.len() });
        self.log(&tx, actor, "source.replay", format!("source:{}", source.name), detail).await?;
        tx.commit().await?;
        Ok(Replayed { events: ids.len() as u64 })
    }
}

/// A refused event as one of a batch. An event of a call of its own says by its
/// address what it is.
fn as_of_batch(row: &RefusedEventRow, mended: Option<&str>) -> String {
    let event = mended.unwrap_or(&row.event);
    if row.endpoint.is_empty() {
        return event.to_owned();
    }
    match serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(event) {
        Ok(mut fields) => {
            fields.entry("type").or_insert_with(|| row.endpoint.clone().into());
            serde_json::Value::Object(fields).to_string()
        }
        Err(_) => event.to_owned(),
    }
}

/// Events in as few bodies as may be sent.
fn batches(events: &[String]) -> Vec<String> {
    let mut bodies = Vec::new();
    let mut body = String::new();
    for event in events {
        if !body.is_empty() && body.len() + event.len() + 16 > MOST_BATCH_BYTES {
            bodies.push(format!("{{\"batch\":[{body}]}}"));
            body.clear();
        }
        if !body.is_empty() {
            body.push(',');
        }
        body.push_str(event);
    }
    if !body.is_empty() {
        bodies.push(format!("{{\"batch\":[{body}]}}"));
    }
    bodies
}
