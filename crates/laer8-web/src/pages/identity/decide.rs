//! What somebody decides on the page.

use super::{PATH, Page};
use crate::{
    error::{Trouble, said},
    pages::shown_as,
    request::Asked,
};
use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use laer8_app::{AppError, NewJoin};
use laer8_domain::{identity::Subject, ids::JoinId};

/// Joins those that were ticked, or keeps them apart. `id` stands as often as
/// there are of them; `name` names an account as people do.
pub(crate) async fn decide(
    asked: Asked,
    Form(given): Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let of = |name: &'static str| {
        given.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    };
    let subject = of("subject").next().and_then(Subject::from_key).unwrap_or(Subject::Account);
    let mut ids: Vec<i64> = of("id").filter_map(|id| id.parse().ok()).collect();
    let mut outcome = Ok(());
    for name in of("name") {
        match account(&asked, name).await {
            Ok(id) => ids.push(id),
            Err(error) => outcome = Err(error),
        }
    }
    let is_apart = of("do").next() == Some("apart");
    if outcome.is_ok() {
        outcome =
            if is_apart { apart(&asked, subject, &ids).await } else { join(&asked, subject, &ids).await };
    }
    match outcome {
        Ok(()) => Ok(Redirect::to(&asked.link(PATH)).into_response()),
        Err(error @ (AppError::Invalid(_) | AppError::NotFound { .. })) => {
            let fault = Some(said(&asked, &error));
            let page = Page { fault, ..Page::of(&asked).await? };
            shown_as(&asked, StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(Trouble::of(&asked, &error)),
    }
}

async fn apart(asked: &Asked, subject: Subject, ids: &[i64]) -> Result<(), AppError> {
    asked.site.app.keep_apart(&asked.actor, subject, ids).await.map(|_| ())
}

async fn join(asked: &Asked, subject: Subject, ids: &[i64]) -> Result<(), AppError> {
    asked.actor.must_be(laer8_domain::users::Role::Manager)?;
    let [first, others @ ..] = ids else { return Err(too_few(asked)) };
    if others.is_empty() {
        return Err(too_few(asked));
    }
    for second in others {
        asked.site.app.add_join(&asked.actor, NewJoin { subject, first: *first, second: *second }).await?;
    }
    Ok(())
}

fn too_few(asked: &Asked) -> AppError {
    AppError::Invalid(asked.words.say("identity-too-few"))
}

/// The account that somebody means: `#12`, what one source calls it, or its name.
async fn account(asked: &Asked, name: &str) -> Result<i64, AppError> {
    let name = name.trim();
    if let Some(id) = name.strip_prefix('#').and_then(|id| id.parse().ok()) {
        return Ok(id);
    }
    let found = asked.site.app.accounts_by_external_id(&asked.actor, name).await?;
    match &found[..] {
        [one] => Ok(one.account.0),
        [] => match asked.site.app.account_called(&asked.actor, asked.as_of, name).await {
            Ok(account) => Ok(account.0),
            Err(AppError::Ambiguous { candidates, .. }) => Err(ambiguous(asked, &candidates)),
            Err(error) => Err(error),
        },
        several => {
            let candidates: Vec<String> =
                several.iter().map(|it| format!("#{} ({})", it.account, it.source)).collect();
            Err(ambiguous(asked, &candidates.join(", ")))
        }
    }
}

fn ambiguous(asked: &Asked, candidates: &str) -> AppError {
    let args = [("candidates", laer8_words::Arg::Text(candidates))];
    AppError::Invalid(asked.words.say_with("identity-ambiguous", &args))
}

/// Undoes a join.
pub(crate) async fn undo(Path(id): Path<i64>, asked: Asked) -> Result<Response, Trouble> {
    let undone = asked.site.app.undo_join(&asked.actor, JoinId(id)).await;
    let undone = undone.map_err(|error| Trouble::of(&asked, &error))?;
    let address = asked.link_with(PATH, &[("undone", &undone.id.to_string())]);
    Ok(Redirect::to(&address).into_response())
}
