//! What came in, and what could not be read.

use crate::{
    Api,
    asked::Asked,
    page::{after, cursor, refused_place},
    params::{Limit, Nothing, rows},
    place::Place,
    problem::Problem,
    upload::{Uploaded, refused},
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use laer8_app::{
    AppError, ImportReport, ImportRequest, ImportRunView, ImportsView, MendReport, QuarantineAsked,
    QuarantineView,
};
use laer8_domain::ids::ImportRunId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ImportsParams {
    /// Runs on a page; 50 unless given.
    #[param(inline)]
    limit: Option<Limit>,
    /// Where the page before ended: its `next`.
    cursor: Option<String>,
}

/// Import runs, a page of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportsPage {
    #[serde(flatten)]
    imports: ImportsView,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// Import runs, the newest first
///
/// What became of every file: rows read, new, changed, unchanged, refused, and
/// what contradicts itself in the data since. Needs the role `viewer`.
#[utoipa::path(get, path = "/imports", tag = "Imports", params(ImportsParams), responses((status = 200, body = ImportsPage)))]
pub(crate) async fn list_imports(
    State(api): State<Api>,
    asked: Asked<ImportsParams>,
) -> Result<Json<ImportsPage>, Problem> {
    let before = after::<i64>(asked.query.cursor.as_deref(), asked.question)?.map(ImportRunId);
    let imports = api.app.imports(&asked.actor, before, rows(asked.query.limit)).await?;
    let next = imports.next.map(|run| cursor(asked.question, &run, imports.runs.len()));
    Ok(Json(ImportsPage { imports, next }))
}

/// An import run
///
/// Needs the role `viewer`.
#[utoipa::path(
    get,
    path = "/imports/{import}",
    tag = "Imports",
    params(("import" = i64, Path, description = "The id of the run.", minimum = 1)),
    responses((status = 200, body = ImportRunView))
)]
pub(crate) async fn get_import(
    State(api): State<Api>,
    Place(import): Place<i64>,
    asked: Asked<Nothing>,
) -> Result<Json<ImportRunView>, Problem> {
    Ok(Json(api.app.import_run(&asked.actor, ImportRunId(import)).await?))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct QuarantineParams {
    /// Only rows of this source.
    source: Option<String>,
    /// Only rows of this file.
    file: Option<String>,
    /// Only rows that should have become this kind of record.
    #[param(example = "usage")]
    record: Option<String>,
    /// Only rows that were refused for this reason, a code of the groups.
    reason: Option<String>,
    /// Rows on a page; 50 unless given.
    #[param(inline)]
    limit: Option<Limit>,
    /// Where the page before ended: its `next`.
    cursor: Option<String>,
}

/// The quarantine, a page of its rows.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QuarantinePage {
    #[serde(flatten)]
    quarantine: QuarantineView,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// The rows of imports that could not be understood
///
/// Nothing is lost in silence: each row with its file, its line and why it was
/// refused, by source, file and line. `groups` counts all that lie there,
/// whatever is asked. Needs the role `viewer`.
#[utoipa::path(get, path = "/quarantine", tag = "Imports", params(QuarantineParams), responses((status = 200, body = QuarantinePage)))]
pub(crate) async fn list_quarantine(
    State(api): State<Api>,
    asked: Asked<QuarantineParams>,
) -> Result<Json<QuarantinePage>, Problem> {
    let QuarantineParams { source, file, record, reason, limit, cursor: place } = asked.query;
    let after = after::<i64>(place.as_deref(), asked.question)?;
    let limit = rows(limit) as u64;
    let wanted = QuarantineAsked { source, file, record, reason, after, limit };
    let quarantine = api.app.quarantine_view(&asked.actor, &wanted).await.map_err(refused_place)?;
    let next = quarantine.next.map(|row| cursor(asked.question, &row, quarantine.rows.len()));
    Ok(Json(QuarantinePage { quarantine, next }))
}

/// Files to import.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "it describes the form")]
pub(crate) struct FilesToImport {
    /// How they are read, as TOML.
    mapping: String,
    /// A file, with its name; as many as there are.
    #[schema(value_type = Vec<String>, format = Binary, content_media_type = "text/csv")]
    file: Vec<u8>,
    /// `true` to be told what would come of them, and change nothing.
    #[schema(required = false, value_type = String, pattern = "^(true|false)$")]
    dry_run: String,
}

/// Import files by a mapping
///
/// Answers when all of them are read. Rows that can't be understood go to the
/// quarantine. The same files again change nothing; where the answer never came,
/// send them again, and the import goes on with the first file that is not done.
/// At most 32 MiB; larger ones are for the command line. Needs the role
/// `manager`.
#[utoipa::path(
    post,
    path = "/imports",
    tag = "Imports",
    request_body(content = FilesToImport, content_type = "multipart/form-data"),
    responses((status = 200, body = ImportReport, description = "What became of each file."))
)]
pub(crate) async fn import_files(
    State(api): State<Api>,
    asked: Asked<Nothing>,
    uploaded: Uploaded,
) -> Result<Json<ImportReport>, Problem> {
    uploaded.knows(&["mapping", "dry_run"])?;
    let mapping = uploaded.needed("mapping")?.to_owned();
    let dry_run = match uploaded.text("dry_run") {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(Problem::bad("dry_run", "dry_run: write true or false")),
    };
    let report = aside(async move {
        let request =
            ImportRequest { mapping: &mapping, mapping_name: "mapping", files: &uploaded.files, dry_run };
        api.app.import(&asked.actor, &request, &|_| ()).await
    });
    report.await.map(Json)
}

/// Mended rows.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "it describes the form")]
pub(crate) struct RowsToMend {
    /// The source that they came from.
    source: String,
    /// A file of the quarantine with its rows mended, under the name that it
    /// was given; as many as there are.
    #[schema(value_type = Vec<String>, format = Binary, content_media_type = "text/csv")]
    file: Vec<u8>,
    /// How they are read, as TOML; unless given, as their source was read last.
    #[schema(required = false, value_type = String)]
    mapping: String,
}

/// Read mended rows of the quarantine again
///
/// They count as if they had been right when they first came. Needs the role
/// `manager`.
#[utoipa::path(
    post,
    path = "/quarantine/mend",
    tag = "Imports",
    request_body(content = RowsToMend, content_type = "multipart/form-data"),
    responses((status = 200, body = MendReport, description = "What became of each file."))
)]
pub(crate) async fn mend_quarantine(
    State(api): State<Api>,
    asked: Asked<Nothing>,
    uploaded: Uploaded,
) -> Result<Json<MendReport>, Problem> {
    uploaded.knows(&["source", "mapping"])?;
    let source = uploaded.needed("source")?.to_owned();
    let report = aside(async move {
        let mapping = uploaded.text("mapping");
        api.app.mend_uploaded(&asked.actor, &source, mapping, &uploaded.files).await
    });
    report.await.map(Json)
}

/// Reads files on a thread where waiting holds nobody up.
async fn aside<T: Send + 'static>(
    reading: impl Future<Output = Result<T, AppError>> + Send + 'static,
) -> Result<T, Problem> {
    let here = tokio::runtime::Handle::current();
    match tokio::task::spawn_blocking(move || here.block_on(reading)).await {
        Ok(done) => done.map_err(refused),
        Err(error) => {
            tracing::error!(%error, "reading files ended in the middle");
            Err(Problem::from(AppError::File { path: "upload".to_owned(), reason: error.to_string() }))
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct QuarantineFileParams {
    /// The source.
    #[param(example = "crm")]
    source: String,
    /// The file that the rows came in.
    #[param(example = "usage.csv")]
    file: String,
    /// The kind of record that they should have become.
    #[param(example = "usage")]
    record: String,
}

/// Rows of the quarantine as a file to be mended
///
/// With the reasons beside them. `/quarantine/mend` takes it back under the name
/// that `Content-Disposition` gives it. Needs the role `manager`.
#[utoipa::path(
    get,
    path = "/quarantine/file",
    tag = "Imports",
    params(QuarantineFileParams),
    responses((
        status = 200,
        body = String,
        content_type = "text/csv",
        description = "The rows.",
        headers(("Content-Disposition" = String, description = "What the file is called."))
    ), (status = 404, description = "There is no such row."))
)]
pub(crate) async fn get_quarantine_file(
    State(api): State<Api>,
    asked: Asked<QuarantineFileParams>,
) -> Result<Response, Problem> {
    let QuarantineFileParams { source, file, record } = asked.query;
    let files = api.app.export_quarantine(&asked.actor).await?;
    let is_it =
        |it: &laer8_app::QuarantineFile| it.source == source && it.file == file && it.record == record;
    let found = files.into_iter().find(is_it);
    let missing = || Problem::missing("no such row lies in quarantine; /quarantine says which do, in groups");
    let found = found.ok_or_else(missing)?;
    let plain = |letter: char| if letter.is_ascii_graphic() && letter != '"' { letter } else { '_' };
    let name: String = found.name.chars().map(plain).collect();
    let headers = [
        (header::CONTENT_TYPE, "text/csv".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((StatusCode::OK, headers, found.contents).into_response())
}
