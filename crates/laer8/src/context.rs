//! What every command needs: settings, language, and the app on its database.

use crate::{
    Done,
    cli::{Format, Global},
    failure::Failure,
    output,
    settings::{Settings, sqlite_url},
    terminal::page::Page,
};
use laer8_app::{Actor, App, AppError, AsOf, SystemClock};
use laer8_store::Store;
use laer8_words::Words;
use serde::Serialize;
use std::{ops::Deref, sync::Arc};
use tempfile::TempDir;

/// The narrowest and the widest that text is laid out for: below, nothing fits;
/// above, eyes lose the line.
const WIDTHS: (usize, usize) = (60, 110);
/// The width where nobody says another.
const USUAL_WIDTH: usize = 80;

/// What every command needs.
pub(crate) struct Context {
    pub(crate) settings: Settings,
    pub(crate) words: Words,
    pub(crate) format: Format,
    pub(crate) as_of: AsOf,
    /// Whoever can read the database may do everything.
    pub(crate) actor: Actor,
}

/// The app, and the folder that goes away with it where it is on trial.
pub(crate) struct Opened {
    app: App,
    _trial: Option<TempDir>,
}

impl Deref for Opened {
    type Target = App;

    fn deref(&self) -> &App {
        &self.app
    }
}

impl Context {
    pub(crate) fn new(global: &Global) -> Result<Self, Failure> {
        let settings = Settings::load(global)?;
        Ok(Self {
            words: Words::new(settings.language),
            settings,
            format: global.format,
            as_of: global.as_of.unwrap_or_default(),
            actor: Actor::operator(),
        })
    }

    /// The app, to change something: makes the embedded database where there is
    /// none.
    pub(crate) async fn app(&self) -> Result<Opened, Failure> {
        if self.settings.database_url.is_none() {
            let folder = &self.settings.data_dir;
            std::fs::create_dir_all(folder).map_err(Failure::write(folder))?;
        }
        self.open(&self.settings.url(), None).await
    }

    /// The app, to look at facts: there are none without a database.
    pub(crate) async fn app_with_facts(&self) -> Result<Opened, Failure> {
        if !self.has_database() {
            return Err(AppError::Empty.into());
        }
        self.open(&self.settings.url(), None).await
    }

    /// The app, to try something or look at what is shipped: leaves no database
    /// behind where there was none.
    pub(crate) async fn app_on_trial(&self) -> Result<Opened, Failure> {
        if self.has_database() {
            return self.open(&self.settings.url(), None).await;
        }
        let folder = TempDir::new()?;
        let url = sqlite_url(&folder.path().join("trial.db"));
        self.open(&url, Some(folder)).await
    }

    /// Whether there is a database to look into.
    pub(crate) fn has_database(&self) -> bool {
        self.settings.database_url.is_some() || self.settings.embedded().exists()
    }

    async fn open(&self, url: &str, trial: Option<TempDir>) -> Result<Opened, Failure> {
        let app = App::new(Store::open(url).await?, Arc::new(SystemClock));
        Ok(Opened { app, _trial: trial })
    }

    /// Keeps the results of the day shown in the database, for whoever reads
    /// its tables, after something changed them.
    pub(crate) async fn keep_results(&self, app: &App) -> Result<(), Failure> {
        match app.recalculate(&self.actor, AsOf::Newest).await {
            Ok(_) | Err(AppError::Empty) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// An empty page of the terminal's width.
    pub(crate) fn page(&self) -> Page {
        Page::new(width())
    }

    /// Shows an answer: as JSON, or as the page that `draw` fills.
    pub(crate) fn show<V: Serialize>(
        &self,
        view: &V,
        draw: impl FnOnce(&mut Page, &V),
    ) -> Result<Done, Failure> {
        if self.format == Format::Json {
            output::json(view)?;
            return Ok(Done::Wholly);
        }
        let mut page = self.page();
        draw(&mut page, view);
        self.print(&page)
    }

    /// Prints a page.
    pub(crate) fn print(&self, page: &Page) -> Result<Done, Failure> {
        output::text(page.text(), self.settings.color)?;
        Ok(Done::Wholly)
    }
}

fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let of_terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    columns.or_else(of_terminal).unwrap_or(USUAL_WIDTH).clamp(WIDTHS.0, WIDTHS.1)
}
