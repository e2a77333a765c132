//! Settings: who one is, who else is there, keys, the workspace, what changed.

pub(crate) mod audit;
pub(crate) mod keys;
pub(crate) mod me;
pub(crate) mod users;
pub(crate) mod workspace;

use crate::{pages::scorecards::moment, request::Asked};
use chrono::{DateTime, Utc};
use laer8_app::LocalTime;
use laer8_domain::users::Role;

/// A page of the settings, in the list of all.
pub(crate) struct Tab {
    pub(crate) name: String,
    pub(crate) address: &'static str,
    pub(crate) here: bool,
}

/// The pages that somebody may see.
pub(crate) fn tabs(asked: &Asked, here: &str) -> Vec<Tab> {
    let pages = [
        ("settings-me", "/settings", Role::Viewer),
        ("settings-workspace", "/settings/workspace", Role::Viewer),
        ("settings-users", "/settings/users", Role::Admin),
        ("settings-keys", "/settings/keys", Role::Admin),
        ("identity-title", "/sources/identity", Role::Viewer),
        ("settings-documents", "/settings/documents/scorecard", Role::Viewer),
        ("settings-audit", "/settings/audit", Role::Admin),
    ];
    let seen = pages.into_iter().filter(|(_, _, needed)| asked.actor.may(*needed));
    seen.map(|(name, address, _)| Tab { name: asked.words.say(name), address, here: address == here })
        .collect()
}

/// Roles to choose from: key, name, whether it is the one.
pub(crate) fn roles(asked: &Asked, chosen: Role) -> Vec<(&'static str, String, bool)> {
    Role::ALL.map(|role| (role.key(), asked.words.user_role(role), role == chosen)).into()
}

/// An instant as people read it, in the workspace's time zone.
pub(crate) fn instant(asked: &Asked, zone: chrono_tz::Tz, at: DateTime<Utc>) -> String {
    moment(asked.words, LocalTime::of(at, zone))
}
