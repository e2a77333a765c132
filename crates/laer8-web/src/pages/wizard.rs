//! Bringing files in, step by step: files, columns, check, import. Each step is
//! a page with an address, and works without a script.

mod columns;
mod form;
mod said;
mod work;

pub(crate) use columns::{choose, download, page as columns_page};
pub(crate) use work::{Far, check, import, progress_said, start_import};

use super::{scorecards::moment, shown};
use crate::{error::Trouble, frame::Frame, request::Asked};
use askama::Template;
use axum::{
    extract::{Multipart, Path, multipart::MultipartRejection},
    response::{IntoResponse, Redirect, Response},
};
use laer8_app::{AppError, NewUpload, UploadError, UploadFault, UploadRow, UploadState};
use laer8_words::{Arg, Words};

/// Where files are brought in.
pub(crate) const PATH: &str = "/imports/new";
/// Bytes that a form with files may have: the files, and what is around them.
pub(crate) const UPLOAD: usize = NewUpload::MOST as usize + (1 << 20);
/// How long files are kept, in days.
const DAYS: i64 = 7;

/// One of the steps, as it is shown above all of them.
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) here: bool,
    /// Where it is, once somebody was there.
    pub(crate) address: Option<String>,
}

/// The steps, of which the one at `here` is shown.
fn steps(asked: &Asked, id: Option<&str>, here: usize) -> Vec<Step> {
    let names = ["wizard-step-files", "wizard-step-mapping", "wizard-step-check", "wizard-step-import"];
    let step = |(place, name): (usize, &str)| {
        let address = match (place, id) {
            (0, _) => Some(asked.link(PATH)),
            (1, Some(id)) => Some(asked.link(&format!("{PATH}/{id}"))),
            _ => None,
        };
        Step { name: asked.words.say(name), here: place == here, address: address.filter(|_| place < here) }
    };
    names.into_iter().enumerate().map(step).collect()
}

/// What has not been imported yet.
struct Open {
    files: String,
    about: String,
    state: String,
    address: String,
    discard: Option<String>,
}

#[derive(Template)]
#[template(path = "wizard-files.html")]
struct FilesPage {
    frame: Frame,
    imports: String,
    steps: Vec<Step>,
    about: String,
    open: Vec<Open>,
    open_about: String,
    fault: Option<String>,
}

pub(crate) async fn page(asked: Asked) -> Result<Response, Trouble> {
    draw(&asked, None).await
}

async fn draw(asked: &Asked, fault: Option<String>) -> Result<Response, Trouble> {
    let words = asked.words;
    let uploads = asked.site.app.uploads(&asked.actor).await.map_err(|error| trouble(asked, error))?;
    let most = words.count(i64::try_from(NewUpload::MOST >> 20).unwrap_or_default());
    let page = FilesPage {
        frame: Frame::bare(asked, "/imports", words.say("wizard-title")),
        imports: asked.link("/imports"),
        steps: steps(asked, None, 0),
        about: words.say_with("wizard-choose-about", &[("megabytes", Arg::Text(&most))]),
        open: uploads.iter().map(|upload| open(asked, upload)).collect(),
        open_about: words.say_with("wizard-open-about", &[("days", Arg::Count(DAYS))]),
        fault,
    };
    shown(asked, &page)
}

fn open(asked: &Asked, upload: &UploadRow) -> Open {
    let words = asked.words;
    let by = upload.by.split('@').next().unwrap_or_default();
    let (state, step) = match upload.state {
        UploadState::Mapping => ("wizard-state-mapping", ""),
        UploadState::Trying(_) => ("wizard-state-trying", "/check"),
        UploadState::Tried => ("wizard-state-tried", "/check"),
        UploadState::Importing(_) | UploadState::Done(_) => ("wizard-state-importing", "/import"),
        UploadState::Interrupted => ("wizard-state-interrupted", "/import"),
    };
    let is_idle = !matches!(upload.state, UploadState::Trying(_) | UploadState::Importing(_));
    Open {
        files: upload.files.join(", "),
        about: words.say_with(
            "wizard-open-by",
            &[("by", Arg::Text(by)), ("when", Arg::Text(&moment(words, upload.at)))],
        ),
        state: words.say(state),
        address: asked.link(&format!("{PATH}/{}{step}", upload.id)),
        discard: is_idle.then(|| asked.link(&format!("{PATH}/{}/discard", upload.id))),
    }
}

/// Files as somebody sends them.
pub(crate) async fn take(
    asked: Asked,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Trouble> {
    let mut new = match asked.site.app.begin_upload(&asked.actor) {
        Ok(new) => new,
        Err(UploadError::Fault(fault)) => return draw(&asked, Some(fault_said(asked.words, &fault))).await,
        Err(error) => return Err(trouble(&asked, error)),
    };
    let Ok(mut form) = form else {
        return draw(&asked, Some(fault_said(asked.words, &UploadFault::NoFile))).await;
    };
    let finished = match read(&mut form, &mut new).await {
        Ok(()) => asked.site.app.finish_upload(&asked.actor, new).await,
        Err(error) => Err(error),
    };
    match finished {
        Ok(id) => Ok(Redirect::to(&asked.link(&format!("{PATH}/{id}"))).into_response()),
        Err(UploadError::Fault(fault)) => draw(&asked, Some(fault_said(asked.words, &fault))).await,
        Err(error) => Err(trouble(&asked, error)),
    }
}

/// Hands the files over as they come. What is wrong with one is said when all
/// were sent: a browser that is cut off shows no page.
async fn read(form: &mut Multipart, new: &mut NewUpload) -> Result<(), UploadError> {
    let broken_off = || UploadFault::TooLarge { most: NewUpload::MOST >> 20 };
    let mut wrong = Ok(());
    while let Some(mut field) = form.next_field().await.map_err(|_| broken_off())? {
        let name = field.file_name().unwrap_or_default().to_owned();
        if field.name() != Some("file") || name.is_empty() {
            continue;
        }
        if wrong.is_ok() {
            wrong = new.file(&name);
        }
        while let Some(bytes) = field.chunk().await.map_err(|_| broken_off())? {
            if wrong.is_ok() {
                wrong = new.write(&bytes);
            }
        }
    }
    wrong
}

/// Throws files away that nobody wants to import.
pub(crate) async fn discard(asked: Asked, Path(id): Path<String>) -> Result<Response, Trouble> {
    asked.site.app.discard_upload(&asked.actor, &id).map_err(|error| trouble(&asked, error))?;
    Ok(Redirect::to(&asked.link(PATH)).into_response())
}

/// What is wrong with the files, in the reader's language.
fn fault_said(words: Words, fault: &UploadFault) -> String {
    match fault {
        UploadFault::NoPlace => words.say("wizard-fault-place"),
        UploadFault::NoFile => words.say("wizard-fault-none"),
        UploadFault::TooLarge { most } => {
            let most = words.count(i64::try_from(*most).unwrap_or(i64::MAX));
            words.say_with("wizard-fault-large", &[("megabytes", Arg::Text(&most))])
        }
        UploadFault::TooMany { most } => words.say_with("wizard-fault-many", &[("count", Arg::from(*most))]),
        UploadFault::NotATable { name } => words.say_with("wizard-fault-table", &[("name", Arg::Text(name))]),
        UploadFault::Twice { name } => words.say_with("wizard-fault-twice", &[("name", Arg::Text(name))]),
        UploadFault::Unreadable { reason } => format!("{} {reason}", words.say("wizard-fault-unreadable")),
        UploadFault::Unfinished => words.say("wizard-fault-unfinished"),
        UploadFault::Begun => words.say("wizard-fault-begun"),
    }
}

fn trouble(asked: &Asked, error: UploadError) -> Trouble {
    match error {
        UploadError::Fault(fault) => Trouble::bad(asked.clone(), fault_said(asked.words, &fault)),
        UploadError::App(AppError::NotFound { .. }) => Trouble::missing(asked.clone()),
        UploadError::App(error) => Trouble::of(asked, &error),
    }
}
