//! Ways of looking at the accounts that people keep: a filter, columns and an
//! order under a name.

use crate::{Actor, App, AppError};
use laer8_domain::{ids::SavedViewId, users::Role};
use laer8_store::{AuditEntry, SavedView, StoreError, Tx};
use serde::Serialize;
use utoipa::ToSchema;

/// Letters of a name at most.
const LONGEST_NAME: usize = 60;

/// Letters of a query at most: an address that every browser takes.
const LONGEST_QUERY: usize = 4_000;

/// A view, as somebody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SavedViewRow {
    /// Which.
    pub id: SavedViewId,
    /// Whose it is.
    pub owner: String,
    /// What it is called.
    pub name: String,
    /// Whether everybody sees it.
    pub shared: bool,
    /// Whether the accounts page of whoever asks opens with it.
    pub opens: bool,
    /// Filter, columns and order, as an address writes them.
    pub query: String,
    /// Whether whoever asks may change it.
    pub editable: bool,
}

/// What a view shall be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ViewDraft {
    /// What it is called: 1 to 60 letters.
    pub name: String,
    /// Whether everybody sees it.
    pub shared: bool,
    /// Whether its owner's accounts page opens with it.
    pub opens: bool,
    /// Filter, columns and order, as an address writes them.
    pub query: String,
}

/// What changes of a view; what is none stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ViewChange {
    /// What it is called.
    pub name: Option<String>,
    /// Whether everybody sees it.
    pub shared: Option<bool>,
    /// Whether its owner's accounts page opens with it; only its owner says.
    pub opens: Option<bool>,
    /// Filter, columns and order.
    pub query: Option<String>,
}

impl App {
    /// The actor's own views and those that are shared, by name. Needs
    /// [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn saved_views(&self, actor: &Actor) -> Result<Vec<SavedViewRow>, AppError> {
        actor.must_be(Role::Viewer)?;
        let views = self.store.read().await?.saved_views(&actor.name).await?;
        let mut rows: Vec<SavedViewRow> = views.into_iter().map(|view| row(actor, view)).collect();
        // The database's own order of letters differs from one to the other.
        rows.sort_by_cached_key(|row| (row.name.to_lowercase(), row.id));
        Ok(rows)
    }

    /// A view: one of the actor's own, or a shared one. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::NotFound`], also for what somebody
    /// else keeps to themselves; [`AppError::Store`].
    pub async fn saved_view(&self, actor: &Actor, id: SavedViewId) -> Result<SavedViewRow, AppError> {
        actor.must_be(Role::Viewer)?;
        let view = visible(&self.store.read().await?, actor, id).await?;
        Ok(row(actor, view))
    }

    /// Keeps a view. Needs [`Role::Viewer`], and [`Role::Member`] to share it.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Invalid`] for a name that is empty,
    /// too long or taken; [`AppError::Store`].
    pub async fn save_view(&self, actor: &Actor, draft: ViewDraft) -> Result<SavedViewRow, AppError> {
        actor.must_be(if draft.shared { Role::Member } else { Role::Viewer })?;
        let now = self.clock.now();
        let view = SavedView {
            id: SavedViewId(0),
            owner: actor.name.clone(),
            name: name(&draft.name)?,
            shared: draft.shared,
            opens: draft.opens,
            query: query(draft.query)?,
            created_at: now,
            updated_at: now,
        };
        let tx = self.store.write().await?;
        if view.opens {
            tx.close_saved_views(&actor.name).await?;
        }
        let id = tx.insert_saved_view(view.clone()).await.map_err(|error| taken(error, &view.name))?;
        let view = SavedView { id, ..view };
        self.log_view(&tx, actor, "view.save", &view).await?;
        tx.commit().await?;
        Ok(row(actor, view))
    }

    /// Changes a view. Needs [`Role::Viewer`] for one's own, [`Role::Member`]
    /// to share it, and [`Role::Admin`] for a shared one of somebody else.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::NotFound`], also for what somebody
    /// else keeps to themselves; [`AppError::Invalid`] for a name that is empty,
    /// too long or taken; [`AppError::Store`].
    pub async fn change_view(
        &self,
        actor: &Actor,
        id: SavedViewId,
        change: ViewChange,
    ) -> Result<SavedViewRow, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.write().await?;
        let before = changeable(&tx, actor, id).await?;
        let mut view = before.clone();
        if let Some(new) = change.name {
            view.name = name(&new)?;
        }
        if let Some(new) = change.query {
            view.query = query(new)?;
        }
        view.shared = change.shared.unwrap_or(view.shared);
        if view.shared && !before.shared {
            actor.must_be(Role::Member)?;
        }
        if let Some(opens) = change.opens.filter(|_| view.owner == actor.name) {
            tx.close_saved_views(&actor.name).await?;
            view.opens = opens;
        }
        view.updated_at = self.clock.now();
        tx.update_saved_view(view.clone()).await.map_err(|error| taken(error, &view.name))?;
        self.log_view(&tx, actor, "view.change", &view).await?;
        tx.commit().await?;
        Ok(row(actor, view))
    }

    /// Throws a view away and says what it was, so that it can be kept again.
    /// Needs [`Role::Viewer`] for one's own, [`Role::Admin`] for a shared one of
    /// somebody else.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::NotFound`], also for what somebody
    /// else keeps to themselves; [`AppError::Store`].
    pub async fn delete_view(&self, actor: &Actor, id: SavedViewId) -> Result<SavedViewRow, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.write().await?;
        let view = changeable(&tx, actor, id).await?;
        tx.delete_saved_view(id).await?;
        self.log_view(&tx, actor, "view.delete", &view).await?;
        tx.commit().await?;
        Ok(row(actor, view))
    }

    async fn log_view(&self, tx: &Tx, actor: &Actor, action: &str, view: &SavedView) -> Result<(), AppError> {
        let detail = serde_json::json!({
            "name": view.name, "owner": view.owner, "shared": view.shared, "query": view.query,
        });
        let entry = AuditEntry {
            at: self.clock.now(),
            actor: actor.name.clone(),
            action: action.to_owned(),
            subject: format!("view:{}", view.id),
            detail,
        };
        Ok(tx.audit(entry).await?)
    }
}

/// A view that the actor may see.
async fn visible(tx: &Tx, actor: &Actor, id: SavedViewId) -> Result<SavedView, AppError> {
    let view = tx.saved_view(id).await?.filter(|view| view.shared || view.owner == actor.name);
    let missing = || AppError::NotFound {
        kind: "view",
        name: id.to_string(),
        hint: "; it may have been deleted".to_owned(),
    };
    view.ok_or_else(missing)
}

/// A view that the actor may change.
async fn changeable(tx: &Tx, actor: &Actor, id: SavedViewId) -> Result<SavedView, AppError> {
    let view = visible(tx, actor, id).await?;
    if view.owner != actor.name {
        actor.must_be(Role::Admin)?;
    }
    Ok(view)
}

fn row(actor: &Actor, view: SavedView) -> SavedViewRow {
    let is_own = view.owner == actor.name;
    SavedViewRow {
        id: view.id,
        opens: view.opens && is_own,
        editable: is_own || actor.role.includes(Role::Admin),
        owner: view.owner,
        name: view.name,
        shared: view.shared,
        query: view.query,
    }
}

fn name(name: &str) -> Result<String, AppError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters = name.chars().count();
    if letters == 0 {
        return Err(AppError::Invalid("the view has no name; write one".to_owned()));
    }
    if letters > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(AppError::Invalid(format!(
            "the name of a view has {LONGEST_NAME} letters at most; write a shorter one"
        )));
    }
    Ok(name)
}

fn query(query: String) -> Result<String, AppError> {
    if query.len() > LONGEST_QUERY || query.chars().any(char::is_control) {
        return Err(AppError::Invalid(
            "the view asks for more than can be kept; take some of its filters away".to_owned(),
        ));
    }
    Ok(query)
}

fn taken(error: StoreError, name: &str) -> AppError {
    match error {
        StoreError::Exists { .. } => AppError::Invalid(format!(
            "you have a view \"{name}\" already; choose another name, or update that one"
        )),
        other => other.into(),
    }
}
