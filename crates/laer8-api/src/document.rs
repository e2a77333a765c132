//! The OpenAPI document: put together from the handlers and the types of their
//! answers, and then completed with what holds for all of them.

use crate::{caller::SESSIONS, problem::PROBLEM, routes::described};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use utoipa::openapi::{
    ContactBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, security::SecurityRequirement,
    tag::TagBuilder,
};

/// The areas, in the order of the pages.
const TAGS: [(&str, &str); 12] = [
    ("Today", "What to look at first, and why."),
    ("Accounts", "The accounts, and everything known of one."),
    ("Journey", "Land, Adopt, Expand, Renew, and the layer-8 matrix."),
    ("Health", "How the health of the book goes."),
    ("Revenue", "MRR, NRR, GRR, movements, cohorts, and the ledger behind them."),
    (
        "Configuration",
        "Scorecards, segments, journey, signals, measures and identity: documents, version by version.",
    ),
    (
        "Sources",
        "Which products send events as they happen, and what came of them. Events are sent to the tracking \
     API, `POST /v1/{track,identify,group,page,screen,alias,batch}`, as Segment's SDKs do.",
    ),
    ("Identity", "Which accounts and people of several sources are read as one."),
    (
        "Bulk",
        "Many records at once, made and changed by the ids that their source gives them; sent again, they change \
     nothing.",
    ),
    ("Imports", "What came in, and what could not be read."),
    ("Users", "Who may do what, and who did it."),
    ("Workspace", "What is set for everything."),
];

const ABOUT: &str = "Customer success, as facts: accounts, health, revenue and the customer journey.\n\n\
    **Days.** Every view can be asked as of a past day (`as_of`): it is then worked out from what was known on \
    that day; history that is imported later counts as known when it happened. Days are days in the time zone of the workspace.\n\n\
    **Money** is a decimal in a string, exact, in the reporting currency that stands beside it, unless a currency \
    is given with the amount. **Ratios** are fractions: 0.25 is 25 %. **Scores** are 0 to 100. What is not known \
    is `null`; left out is only what was not asked for.\n\n\
    **Pages.** Lists have `limit` and `cursor`; `next` of an answer is the cursor of the next page, `null` on the \
    last. Repeat the other parameters.\n\n\
    **Errors** are `application/problem+json` (RFC 9457). `code` never changes; `detail` says what to do. Unknown \
    parameters are refused.\n\n\
    **Signing in.** Send an API key as `Authorization: Bearer …`, or use the session of the [pages](/today).";

/// The document without operations.
pub(crate) fn frame() -> OpenApi {
    let tags = TAGS.map(|(name, about)| TagBuilder::new().name(name).description(Some(about)).build());
    let license = LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build();
    let contact = ContactBuilder::new().name(Some("Laer8")).url(Some(env!("CARGO_PKG_REPOSITORY"))).build();
    let info = InfoBuilder::new()
        .title("Laer8")
        .version("1")
        .description(Some(ABOUT))
        .license(Some(license))
        .contact(Some(contact));
    let security = ["key", "session"].map(|name| SecurityRequirement::new(name, Vec::<String>::new()));
    OpenApiBuilder::new().info(info.build()).tags(Some(tags)).security(Some(security)).build()
}

/// The OpenAPI 3.1 document of the API.
#[must_use]
pub fn document() -> Value {
    let (_, generated) = described().split_for_parts();
    // A document that we made ourselves is JSON; a test reads it.
    let mut document = serde_json::to_value(generated).unwrap_or_default();
    // The introduction keeps its lines.
    let about = document["info"]["description"].take();
    plain_words(&mut document);
    document["info"]["description"] = about;
    described_above(&mut document);
    let sparing = sparing(&document);
    if let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        let answers = schemas.iter_mut().filter(|(name, _)| !sparing.contains(name.as_str()));
        answers.for_each(|(_, schema)| always_there(schema));
        schemas.insert("Problem".to_owned(), problem());
    }
    if let Some(paths) = document.pointer_mut("/paths").and_then(Value::as_object_mut) {
        for (path, item) in paths {
            let operations = item.as_object_mut().into_iter().flatten();
            operations.for_each(|(method, operation)| complete(operation, method, path));
        }
    }
    if let Some(components) = document.pointer_mut("/components").and_then(Value::as_object_mut) {
        components.insert("securitySchemes".to_owned(), schemes());
        components.insert("responses".to_owned(), Value::Object(responses()));
    }
    document
}

/// The document as it is served.
pub(crate) fn text() -> String {
    document().to_string()
}

/// The schema of any row that may be sent.
const ROW: &str = "BulkRow";

/// Where a field that is not said is left out: in what callers send, and in
/// conditions and caps.
fn sparing(document: &Value) -> BTreeSet<String> {
    let items = document["paths"].as_object().into_iter().flat_map(Map::values);
    let operations = items.filter_map(Value::as_object).flat_map(Map::values);
    let sent = operations.filter_map(|operation| {
        let content = operation.pointer("/requestBody/content")?.as_object()?.values().next()?;
        content.pointer("/schema/$ref")?.as_str()?.rsplit('/').next()
    });
    let mut sparing: BTreeSet<String> =
        sent.chain(["Condition", "CapDocument"]).map(ToOwned::to_owned).collect();
    // Rows are made of other schemas, which nothing answers with.
    let mut open = vec![ROW.to_owned()];
    while let Some(name) = open.pop() {
        let mut inside = BTreeSet::new();
        references(&document["components"]["schemas"][name.as_str()], &mut inside);
        open.extend(inside.into_iter().filter(|inner| !sparing.contains(inner)));
        sparing.insert(name);
    }
    sparing
}

/// The schemas that a schema refers to.
fn references(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Array(schemas) => schemas.iter().for_each(|schema| references(schema, found)),
        Value::Object(fields) => {
            let name = fields.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
            found.extend(name.map(ToOwned::to_owned));
            fields.values().for_each(|schema| references(schema, found));
        }
        _ => {}
    }
}

/// Answers say of everything that may be unknown that it is: as null. What is
/// left out there was not asked for, and is never null.
fn always_there(schema: &mut Value) {
    match schema {
        Value::Array(schemas) => schemas.iter_mut().for_each(always_there),
        Value::Object(fields) => {
            if let Some(Value::Object(properties)) = fields.get("properties") {
                let is_required = |name: &str| {
                    let required = fields.get("required").and_then(Value::as_array);
                    required.is_some_and(|names| names.iter().any(|other| other == name))
                };
                let always =
                    properties.iter().filter(|(name, schema)| is_required(name) || may_be_null(schema));
                let names: Vec<String> = always.map(|(name, _)| name.clone()).collect();
                fields.insert("required".to_owned(), json!(names));
            }
            fields.values_mut().for_each(always_there);
        }
        _ => {}
    }
}

fn may_be_null(schema: &Value) -> bool {
    let is_null = |kind: &Value| kind == "null";
    let alternatives = schema["oneOf"].as_array().into_iter().flatten();
    schema["type"].as_array().is_some_and(|kinds| kinds.iter().any(is_null))
        || alternatives.into_iter().any(|alternative| is_null(&alternative["type"]))
}

fn problem() -> Value {
    use utoipa::PartialSchema as _;
    serde_json::to_value(crate::problem::Problem::schema()).unwrap_or_default()
}

/// Doc comments link to what only readers of the code can follow.
fn plain_words(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(plain_words),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if name == "description" => *text = plain(text),
                    other => plain_words(other),
                }
            }
        }
        _ => {}
    }
}

/// Without links, and without the line breaks of the code; paragraphs stay.
fn plain(text: &str) -> String {
    let text = text.replace("[`Self::", "`").replace("[`", "`").replace("`]", "`");
    let paragraphs = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// What may be null says what it is in one of its alternatives; readers look
/// for it on the field.
fn described_above(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(described_above),
        Value::Object(fields) => {
            fields.values_mut().for_each(described_above);
            let Some(Value::Array(alternatives)) = fields.get_mut("oneOf") else { return };
            if !alternatives.iter().any(|alternative| alternative["type"] == "null") {
                return;
            }
            let mut alternatives = alternatives.iter_mut().filter_map(Value::as_object_mut);
            let about = alternatives.find_map(|alternative| alternative.remove("description"));
            if let Some(about) = about {
                fields.insert("description".to_owned(), about);
            }
        }
        _ => {}
    }
}

fn schemes() -> Value {
    json!({
        "key": {
            "type": "http",
            "scheme": "bearer",
            "description": "An API key, made by an administrator.",
        },
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": SESSIONS[1],
            "description": "The session of somebody who signed in on the pages.",
        },
    })
}

/// What can go wrong, by status: a name, what it means, and the code of an
/// example.
const PROBLEMS: [(u16, &str, &str, &str); 13] = [
    (400, "Invalid", "A parameter, header or field is not as it must be; `parameter` says which.", "invalid"),
    (401, "Unauthenticated", "Nobody is signed in.", "unauthenticated"),
    (403, "Forbidden", "The caller's role does not allow it.", "forbidden"),
    (404, "NotFound", "There is no such thing.", "not_found"),
    (
        409,
        "Conflict",
        "The workspace holds no data yet, what shall be made exists already, or the same request is under way.",
        "empty",
    ),
    (412, "Outdated", "Another version is in force by now.", "outdated"),
    (413, "TooLarge", "The body is larger than 1 MiB, or 32 MiB with files or rows.", "too_large"),
    (
        415,
        "WrongType",
        "The body is not JSON, no rows, or no form of files; or it is packed otherwise than as gzip.",
        "unsupported_media_type",
    ),
    (
        422,
        "CantBeDone",
        "A document can't be understood, a user or a note can't be as is said, an exchange rate is missing, or an Idempotency-Key was used for another request.",
        "invalid_document",
    ),
    (428, "VersionRequired", "It is not said which version is changed.", "version_required"),
    (500, "OurFault", "Something went wrong on our side; the server's log says more.", "store"),
    (503, "Busy", "The database is busy; try again in a moment.", "busy"),
    (507, "DiskFull", "The disk of the database is full; nothing was changed.", "disk_full"),
];

fn responses() -> Map<String, Value> {
    let response = |(status, name, about, code): (u16, &str, &str, &str)| {
        let schema = json!({ "$ref": "#/components/schemas/Problem" });
        let example = json!({
            "type": format!("urn:laer8:problem:{code}"),
            "title": about.split(['.', ';']).next(),
            "status": status,
            "detail": "what is wrong with this request, and what to do",
            "code": code,
        });
        let content = json!({ PROBLEM: { "schema": schema, "example": example } });
        let response = json!({ "description": about, "content": content });
        (name.to_owned(), response)
    };
    PROBLEMS.into_iter().map(response).collect()
}

/// What can go wrong with an operation, and what its answer is called.
fn complete(operation: &mut Value, method: &str, path: &str) {
    let has_body = operation.get("requestBody").is_some();
    let is_write = method != "get";
    let mut parameters = operation["parameters"].as_array().into_iter().flatten();
    let names_version = parameters.any(|parameter| parameter["name"] == "If-Match");
    let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else { return };
    for (status, name, ..) in PROBLEMS {
        let applies = match status {
            // Some operations name what they are about in their query, and say so.
            404 => path.contains('{') || responses.contains_key("404"),
            412 | 428 => names_version,
            413 | 415 => has_body,
            507 => is_write,
            _ => true,
        };
        if applies {
            let reference = format!("#/components/responses/{name}");
            responses.insert(status.to_string(), json!({ "$ref": reference }));
        }
    }
    for response in responses.values_mut().filter_map(Value::as_object_mut) {
        if response.get("description").is_some_and(|about| about == "") {
            response.insert("description".to_owned(), json!("What was asked for."));
        }
    }
}
