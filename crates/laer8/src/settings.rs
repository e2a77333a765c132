//! Settings: defaults, `laer8.toml`, the environment, flags; the later wins.

use crate::{DEFAULT_LANGUAGE, cli::Color, cli::Global, failure::Failure};
use figment::{
    Figment, Metadata, Profile, Provider, Source,
    providers::{Env, Format as _, Serialized, Toml},
    value::{Dict, Map},
};
use laer8_words::Language;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

const FILE: &str = "laer8.toml";
const PREFIX: &str = "LAER8_";
/// Where the language of a person stands, the strongest first.
const LOCALES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];
/// The settings in the order in which they are shown.
pub(crate) const KEYS: [&str; 4] = ["data_dir", "database_url", "lang", "color"];

/// The settings in force.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// The folder of the embedded database.
    pub(crate) data_dir: PathBuf,
    /// The database; none for the embedded one.
    pub(crate) database_url: Option<String>,
    /// The language of the answers.
    pub(crate) language: Language,
    /// When to use colour.
    pub(crate) color: Color,
    /// Where each of [`KEYS`] comes from.
    pub(crate) origins: [Origin; KEYS.len()],
}

/// Where a setting comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "from", content = "name", rename_all = "snake_case")]
pub(crate) enum Origin {
    /// Nobody set it.
    Default,
    /// This file.
    File(String),
    /// This environment variable.
    Environment(String),
    /// This flag.
    Flag(String),
}

/// The settings as they are written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    data_dir: PathBuf,
    database_url: Option<String>,
    lang: String,
    color: Color,
}

#[derive(Serialize)]
struct Defaults {
    data_dir: &'static str,
    lang: &'static str,
    color: Color,
}

impl Settings {
    /// Puts together what is in force.
    ///
    /// # Errors
    /// [`Failure::Settings`] for what can't be read or makes no sense.
    pub(crate) fn load(flags: &Global) -> Result<Self, Failure> {
        let defaults = Defaults { data_dir: "laer8-data", lang: locale_language().key(), color: Color::Auto };
        let mut figment = Figment::from(Serialized::defaults(defaults));
        match &flags.config {
            Some(file) if !file.is_file() => {
                return Err(Failure::Settings(format!(
                    "there is no settings file {}; check --config",
                    file.display()
                )));
            }
            Some(file) => figment = figment.merge(Toml::file_exact(file)),
            None if Path::new(FILE).is_file() => figment = figment.merge(Toml::file_exact(FILE)),
            None => {}
        }
        let figment = figment.merge(Env::prefixed(PREFIX).only(&KEYS)).merge(Flags(flags.clone()));
        let written: Written = figment.extract().map_err(|error| refused(&error))?;
        let language = Language::from_key(&written.lang).ok_or_else(|| {
            Failure::Settings(format!("lang is \"{}\"; the languages are en and es", written.lang))
        })?;
        Ok(Self {
            data_dir: written.data_dir,
            database_url: written.database_url,
            language,
            color: written.color,
            origins: KEYS.map(|key| origin(&figment, key)),
        })
    }

    /// The address of the database.
    pub(crate) fn url(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| sqlite_url(&self.embedded()))
    }

    /// The file of the embedded database.
    pub(crate) fn embedded(&self) -> PathBuf {
        self.data_dir.join("laer8.db")
    }
}

/// The address of a SQLite file.
pub(crate) fn sqlite_url(file: &Path) -> String {
    let path = file.display().to_string();
    // What would have a meaning of its own in an address.
    let path = path.replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    format!("sqlite://{path}")
}

/// The language that the environment of the person names.
pub(crate) fn locale_language() -> Language {
    locale().map_or(DEFAULT_LANGUAGE, |(_, locale)| Language::from_locale(&locale))
}

fn locale() -> Option<(&'static str, String)> {
    let set = |name: &'static str| Some((name, std::env::var(name).ok().filter(|value| !value.is_empty())?));
    LOCALES.into_iter().find_map(set)
}

/// An address as it may be shown: without a password.
pub(crate) fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let (place, query) = rest.split_once('?').map_or((rest, None), |(place, query)| (place, Some(query)));
    let place = match place.rsplit_once('@') {
        Some((credentials, host)) => {
            let user = credentials.split_once(':').map_or(credentials, |(user, _)| user);
            format!("{user}@{host}")
        }
        None => place.to_owned(),
    };
    let Some(query) = query else { return format!("{scheme}://{place}") };
    let is_open = |part: &&str| !part.to_lowercase().starts_with("password=");
    let query: Vec<&str> = query.split('&').filter(is_open).collect();
    if query.is_empty() {
        format!("{scheme}://{place}")
    } else {
        format!("{scheme}://{place}?{}", query.join("&"))
    }
}

fn origin(figment: &Figment, key: &str) -> Origin {
    let Some(metadata) = figment.find_metadata(key) else { return Origin::Default };
    if metadata.name == FLAGS {
        return Origin::Flag(format!("--{}", key.replace('_', "-")));
    }
    if let Some(Source::File(path)) = &metadata.source {
        return Origin::File(path.display().to_string());
    }
    if metadata.name.contains("environment") {
        return Origin::Environment(format!("{PREFIX}{}", key.to_uppercase()));
    }
    match (key, locale()) {
        ("lang", Some((name, _))) => Origin::Environment(name.to_owned()),
        _ => Origin::Default,
    }
}

/// Says in one line what is wrong, and where.
fn refused(error: &figment::Error) -> Failure {
    let place = match error.metadata.as_ref().map(|metadata| (&metadata.source, &metadata.name)) {
        Some((Some(Source::File(path)), _)) => path.display().to_string(),
        Some((_, name)) if name.contains("environment") => "the environment".to_owned(),
        _ => FILE.to_owned(),
    };
    let key = error.path.join(".");
    let key = if key.is_empty() { String::new() } else { format!(", {key}") };
    let known = KEYS.join(", ");
    Failure::Settings(format!("in {place}{key}: {}; the settings are {known}", error.kind))
}

const FLAGS: &str = "flags";

/// The flags as a source of settings.
struct Flags(Global);

impl Provider for Flags {
    fn metadata(&self) -> Metadata {
        Metadata::named(FLAGS)
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        let Global { data_dir, database_url, lang, color, .. } = &self.0;
        let color = color.map(|color| match color {
            Color::Auto => "auto",
            Color::Always => "always",
            Color::Never => "never",
        });
        let given = [
            ("data_dir", data_dir.as_ref().map(|dir| dir.display().to_string())),
            ("database_url", database_url.clone()),
            ("lang", lang.map(|lang| lang.key().to_owned())),
            ("color", color.map(str::to_owned)),
        ];
        let values = given.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?.into())));
        Ok(Profile::Default.collect(values.collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        for (url, shown) in [
            ("postgres://ann:s3cr@t@db/laer8", "postgres://ann@db/laer8"),
            ("postgres://db/laer8?user=ann&password=x", "postgres://db/laer8?user=ann"),
            ("postgres://db/laer8?password=x", "postgres://db/laer8"),
            ("sqlite:///var/laer8.db", "sqlite:///var/laer8.db"),
        ] {
            assert_eq!(without_password(url), shown);
        }
    }

    #[test]
    fn a_path_keeps_its_signs_in_an_address() {
        assert_eq!(sqlite_url(Path::new("/a b/50%?.db")), "sqlite:///a b/50%25%3F.db");
    }
}
