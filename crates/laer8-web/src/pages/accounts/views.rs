//! Saved views: tabs above the table, and the forms that keep, change and
//! delete them.
//!
//! A view's link is its whole state, with `view` beside it to say where it
//! came from: an address that somebody sends on shows the same table to
//! whoever opens it, even when the view is gone.

use super::{
    draw,
    state::{PATH, base},
};
use crate::{
    error::Trouble,
    query::Query,
    request::{AS_OF, Asked},
};
use axum::{
    Form,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use laer8_app::{AppError, SavedViewRow, ViewChange, ViewDraft};
use laer8_domain::{ids::SavedViewId, users::Role};
use laer8_words::Arg;
use serde::Deserialize;

/// In the address: the view that the table began with.
const VIEW: &str = "view";
/// Its value where somebody wants all accounts although a view would open.
const ALL: &str = "all";

/// A view above the table.
pub(super) struct Tab {
    pub(super) name: String,
    pub(super) address: String,
    pub(super) here: bool,
    /// Whose it is and who sees it.
    pub(super) about: String,
    pub(super) shared: bool,
}

/// The views above the table, and what can be done with the present one.
pub(super) struct Views {
    pub(super) tabs: Vec<Tab>,
    /// The view that the table began with.
    pub(super) current: Option<Current>,
    /// What the forms keep of the table.
    pub(super) query: String,
    pub(super) day: String,
    pub(super) may_share: bool,
    /// Whether there is anything to keep under a name.
    pub(super) draft: Draft,
}

/// The view that the table began with.
pub(super) struct Current {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) shared: bool,
    pub(super) opens: bool,
    pub(super) is_own: bool,
    pub(super) editable: bool,
    /// Whether the table is another by now.
    pub(super) changed: bool,
    /// The table as the view has it.
    pub(super) address: String,
    /// Why a change of it could not be taken.
    pub(super) said: Option<String>,
}

/// What is typed for a new view.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) open: bool,
    pub(super) name: String,
    pub(super) shared: bool,
    pub(super) opens: bool,
    pub(super) said: Option<String>,
}

/// What was wrong with which form.
pub(super) enum Refused {
    New(Draft),
    Changed(String),
}

/// The views that whoever asks can see.
pub(super) async fn of(asked: &Asked) -> Result<Vec<SavedViewRow>, Trouble> {
    let views = asked.site.app.saved_views(&asked.actor).await;
    views.map_err(|error| Trouble::of(asked, &error))
}

/// What a view keeps of an address: not the day, not where it came from.
fn kept(query: &Query) -> Query {
    query.without_any(&[AS_OF, VIEW])
}

fn address(asked: &Asked, query: &Query, view: &str) -> String {
    let query = kept(query).with(VIEW, view);
    let query = match asked.query.get(AS_OF) {
        Some(day) => query.with(AS_OF, day),
        None => query,
    };
    query.address(PATH)
}

/// Where somebody is led who asks for nothing and has a view that opens.
pub(super) fn opening(asked: &Asked, views: &[SavedViewRow]) -> Option<String> {
    if !asked.query.without(AS_OF).pairs().is_empty() {
        return None;
    }
    let view = views.iter().find(|view| view.opens)?;
    Some(address(asked, &Query::parse(&view.query), &view.id.to_string()))
}

impl Views {
    pub(super) fn new(asked: &Asked, views: &[SavedViewRow], refused: Option<Refused>) -> Self {
        let words = asked.words;
        let here = kept(&base(asked));
        let at = asked.query.get(VIEW).and_then(|id| id.parse().ok()).map(SavedViewId);
        let current = views.iter().find(|view| Some(view.id) == at);
        let mut tabs = vec![Tab {
            name: words.say("table-all"),
            address: address(asked, &Query::default(), ALL),
            here: current.is_none(),
            about: String::new(),
            shared: false,
        }];
        tabs.extend(views.iter().map(|view| tab(asked, view, Some(view.id) == at)));
        let (mut draft, mut said) = (Draft::default(), None);
        match refused {
            Some(Refused::New(refused)) => draft = refused,
            Some(Refused::Changed(why)) => said = Some(why),
            None => {}
        }
        draft.open |= asked.query.get("panel") == Some("save");
        Self {
            tabs,
            current: current.map(|view| Current {
                id: view.id.0,
                name: view.name.clone(),
                shared: view.shared,
                opens: view.opens,
                is_own: view.owner == asked.actor.name,
                editable: view.editable,
                changed: !is_same(&here, &Query::parse(&view.query)),
                address: address(asked, &Query::parse(&view.query), &view.id.to_string()),
                said,
            }),
            query: here.text(),
            day: asked.query.get(AS_OF).unwrap_or_default().to_owned(),
            may_share: asked.actor.role.includes(Role::Member),
            draft,
        }
    }

    /// What the page is called after.
    pub(super) fn title(&self) -> Option<&str> {
        self.current.as_ref().map(|view| view.name.as_str())
    }

    /// Whether a form could not be taken.
    pub(super) fn refused(&self) -> bool {
        self.draft.said.is_some() || self.current.as_ref().is_some_and(|view| view.said.is_some())
    }
}

/// Whether two addresses ask for the same table: in whichever order they say
/// so, but for the columns, whose order is seen.
fn is_same(a: &Query, b: &Query) -> bool {
    let sorted = |query: &Query| {
        let mut pairs: Vec<(String, String)> = query.without("col").pairs().to_vec();
        pairs.sort();
        pairs
    };
    sorted(a) == sorted(b) && a.all("col").eq(b.all("col"))
}

fn tab(asked: &Asked, view: &SavedViewRow, here: bool) -> Tab {
    let owner = super::super::short_name(&view.owner);
    let about = match (view.shared, view.owner == asked.actor.name) {
        (true, true) => asked.words.say("table-view-shared"),
        (true, false) => asked.words.say_with("table-view-shared-by", &[("owner", Arg::Text(&owner))]),
        _ => asked.words.say("table-view-private"),
    };
    Tab {
        name: view.name.clone(),
        address: address(asked, &Query::parse(&view.query), &view.id.to_string()),
        here,
        about,
        shared: view.shared,
    }
}

/// A form that keeps the present table under a name.
#[derive(Debug, Deserialize)]
pub(crate) struct NewView {
    #[serde(default)]
    name: String,
    #[serde(default)]
    query: String,
    #[serde(default)]
    day: String,
    shared: Option<String>,
    opens: Option<String>,
}

/// A form that changes a view: what it is called and who sees it, or, without
/// a name, the table that it shows.
#[derive(Debug, Deserialize)]
pub(crate) struct ChangedView {
    name: Option<String>,
    /// The table as it is now.
    #[serde(default)]
    query: String,
    #[serde(default)]
    day: String,
    shared: Option<String>,
    opens: Option<String>,
}

/// Whoever asks, looking at the table that a form was sent from.
fn at(mut asked: Asked, query: &str, day: &str, view: Option<i64>) -> Asked {
    asked.visitor.query = kept(&Query::parse(query));
    let mut query = base(&asked);
    if let Some(view) = view {
        query = query.with(VIEW, &view.to_string());
    }
    if let Ok(of) = day.parse() {
        asked.as_of = laer8_app::AsOf::Day(of);
        query = query.with(AS_OF, day);
    } else if day == "today" {
        asked.as_of = laer8_app::AsOf::Today;
        query = query.with(AS_OF, day);
    }
    PATH.clone_into(&mut asked.visitor.path);
    asked.visitor.query = query;
    asked
}

/// Keeps the table under a name.
pub(crate) async fn save(asked: Asked, Form(form): Form<NewView>) -> Result<Response, Trouble> {
    let asked = at(asked, &form.query, &form.day, None);
    let draft = ViewDraft {
        name: form.name.clone(),
        shared: form.shared.is_some(),
        opens: form.opens.is_some(),
        query: kept(&asked.query).text(),
    };
    match asked.site.app.save_view(&asked.actor, draft).await {
        Ok(view) => Ok(led(&asked, &view)),
        Err(AppError::Invalid(said)) => {
            let draft = Draft {
                open: true,
                name: form.name,
                shared: form.shared.is_some(),
                opens: form.opens.is_some(),
                said: Some(said),
            };
            again(asked, Refused::New(draft)).await
        }
        Err(error) => Err(Trouble::of(&asked, &error)),
    }
}

/// Changes a view.
pub(crate) async fn change(
    asked: Asked,
    id: Result<Path<i64>, axum::extract::rejection::PathRejection>,
    Form(form): Form<ChangedView>,
) -> Result<Response, Trouble> {
    let Ok(Path(id)) = id else { return Err(Trouble::missing(asked)) };
    let asked = at(asked, &form.query, &form.day, Some(id));
    let change = match form.name {
        Some(name) => ViewChange {
            name: Some(name),
            shared: Some(form.shared.is_some()),
            opens: Some(form.opens.is_some()),
            query: None,
        },
        None => ViewChange { query: Some(kept(&asked.query).text()), ..ViewChange::default() },
    };
    match asked.site.app.change_view(&asked.actor, SavedViewId(id), change).await {
        Ok(_) => Ok(Redirect::to(&asked.query.address(PATH)).into_response()),
        Err(AppError::Invalid(said)) => again(asked, Refused::Changed(said)).await,
        Err(error) => Err(Trouble::of(&asked, &error)),
    }
}

/// Throws a view away. What it showed stays on the screen and can be kept
/// again.
pub(crate) async fn delete(
    asked: Asked,
    id: Result<Path<i64>, axum::extract::rejection::PathRejection>,
    Form(form): Form<ChangedView>,
) -> Result<Response, Trouble> {
    let Ok(Path(id)) = id else { return Err(Trouble::missing(asked)) };
    let asked = at(asked, &form.query, &form.day, None);
    let deleted = asked.site.app.delete_view(&asked.actor, SavedViewId(id)).await;
    deleted.map_err(|error| Trouble::of(&asked, &error))?;
    Ok(Redirect::to(&asked.query.with(VIEW, ALL).address(PATH)).into_response())
}

fn led(asked: &Asked, view: &SavedViewRow) -> Response {
    Redirect::to(&address(asked, &Query::parse(&view.query), &view.id.to_string())).into_response()
}

/// The page with the form again, as it was sent, and why it was refused.
async fn again(asked: Asked, refused: Refused) -> Result<Response, Trouble> {
    let views = of(&asked).await?;
    let views = Views::new(&asked, &views, Some(refused));
    draw(asked, views, None).await
}
