//! Where every page is.

use crate::{
    live,
    pages::{
        account, accounts, documents, door, health, identity, imports, journey, quarantine, revenue,
        scorecard, scorecards, search, settings, sources, today, wizard,
    },
    server::Site,
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    response::Redirect,
    routing::{get, post},
};

/// The pages.
pub(crate) fn pages() -> Router<Site> {
    Router::new()
        .route("/", get(|| async { Redirect::to("/today") }))
        .route("/today", get(today::page))
        .route("/live", get(live::stream))
        .route("/accounts", get(accounts::page))
        .route("/accounts.csv", get(accounts::csv))
        .route("/accounts/{id}", get(account::page))
        .route("/search", get(search::page))
        .route("/views", post(accounts::save))
        .route("/views/{id}", post(accounts::change))
        .route("/views/{id}/delete", post(accounts::delete))
        .route("/journey", get(journey::page))
        .route("/health", get(health::page))
        .route("/health/scorecards", get(scorecards::page))
        .route("/health/scorecards/{key}", get(scorecard::page))
        .route("/health/scorecards/{key}/edit", get(scorecard::edit::page).post(scorecard::edit::posted))
        .route("/sources", get(sources::page).post(sources::add))
        .route("/sources/{id}", get(sources::one::page).post(sources::one::change))
        .route("/sources/{id}/key", get(sources::one::back).post(sources::one::renew_key))
        .route("/sources/{id}/replay", get(sources::one::back).post(sources::one::replay))
        .route("/sources/kept", get(sources::back).post(sources::keep))
        .route("/sources/identity", get(identity::page).post(identity::decide))
        .route("/sources/identity/{join}/undo", post(identity::undo))
        .route("/imports", get(imports::page))
        .route(
            "/imports/new",
            get(wizard::page).post(wizard::take).layer(DefaultBodyLimit::max(wizard::UPLOAD)),
        )
        .route("/imports/new/{upload}", get(wizard::columns_page).post(wizard::choose))
        .route("/imports/new/{upload}/mapping.toml", get(wizard::download))
        .route("/imports/new/{upload}/check", get(wizard::check))
        .route("/imports/new/{upload}/import", get(wizard::import).post(wizard::start_import))
        .route("/imports/new/{upload}/discard", post(wizard::discard))
        .route("/imports/{run}", get(imports::one))
        .route(
            "/quarantine",
            get(quarantine::page).post(quarantine::mend).layer(DefaultBodyLimit::max(quarantine::UPLOAD)),
        )
        .route("/quarantine.csv", get(quarantine::csv))
        .route("/settings/documents/{kind}", get(documents::kind))
        .route("/settings/documents/{kind}/{key}", get(documents::page).post(documents::posted))
        .route("/settings/documents/{kind}/{key}/roll-back", post(documents::roll_back))
        .route("/revenue", get(revenue::page))
        .route("/accounts/{id}/notes", post(account::edit::note))
        .route("/accounts/{id}/notes/{note}", post(account::edit::revise))
        .route("/accounts/{id}/notes/{note}/restore", post(account::edit::restore))
        .route("/accounts/{id}/pulse", post(account::edit::pulse))
        .route("/accounts/{id}/owner", post(account::edit::owner))
        .route("/settings", get(settings::me::page))
        .route("/settings/password", post(settings::me::password))
        .route("/settings/sessions", post(settings::me::end_others))
        .route("/settings/users", get(settings::users::page).post(settings::users::add))
        .route("/settings/users/change", post(settings::users::change))
        .route("/settings/users/link", post(settings::users::link))
        .route("/settings/keys", get(settings::keys::page).post(settings::keys::add))
        .route("/settings/keys/{id}/remove", post(settings::keys::remove))
        .route("/settings/workspace", get(settings::workspace::page).post(settings::workspace::save))
        .route("/settings/audit", get(settings::audit::page))
        .route("/sign-in", get(door::sign_in).post(door::signing_in))
        .route("/sign-out", post(door::sign_out))
        .route("/setup", get(door::setup).post(door::setting_up))
        .route("/welcome/{secret}", get(door::welcome).post(door::welcomed))
}
