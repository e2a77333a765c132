//! Files that a request brings, with what is said about them.

use crate::{Api, problem::Problem};
use axum::{
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::StatusCode,
};
use laer8_app::{AppError, Upload, Uploads};
use std::collections::BTreeMap;

/// The most bytes that may be uploaded at once.
pub(crate) const MOST_BYTES: usize = 32 << 20;

/// The part that holds a file; there may be several.
const FILE: &str = "file";

/// A form of files and texts.
#[derive(Debug, Clone)]
pub(crate) struct Uploaded {
    pub(crate) files: Uploads,
    texts: BTreeMap<String, String>,
}

impl FromRequest<Api> for Uploaded {
    type Rejection = Problem;

    async fn from_request(request: Request, api: &Api) -> Result<Self, Problem> {
        let form = Multipart::from_request(request, api).await;
        let mut form = form.map_err(|_| Problem::not_a_form())?;
        let mut uploaded = Self { files: Uploads::default(), texts: BTreeMap::new() };
        while let Some(part) = form.next_field().await.map_err(|error| broken(&error))? {
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(|name| plain(name).to_owned());
            let bytes = part.bytes().await.map_err(|error| broken(&error))?;
            if name == FILE {
                let named = file.filter(|name| !name.is_empty());
                let name = named
                    .ok_or_else(|| Problem::bad(FILE, "file: say what it is called, as its filename"))?;
                if uploaded.files.0.iter().any(|other| other.name == name) {
                    return Err(Problem::bad(FILE, format!("file: {name} is there twice")));
                }
                uploaded.files.0.push(Upload { name, contents: bytes.as_ref().into() });
                continue;
            }
            let text = String::from_utf8(bytes.to_vec()).ok().filter(|text| !text.contains('\0'));
            let text = text.ok_or_else(|| Problem::bad(&name, format!("{name}: it is no UTF-8 text")))?;
            uploaded.texts.insert(name, text);
        }
        Ok(uploaded)
    }
}

impl Uploaded {
    /// Refuses what the operation does not know, and a form without a file.
    pub(crate) fn knows(&self, names: &[&str]) -> Result<(), Problem> {
        if let Some(name) = self.texts.keys().find(|name| !names.contains(&name.as_str())) {
            let known = names.join(", ");
            return Err(Problem::bad(
                name,
                format!("there is no part \"{name}\" here; there are {FILE}, {known}"),
            ));
        }
        if self.files.0.is_empty() {
            return Err(Problem::bad(FILE, "file: send at least one"));
        }
        Ok(())
    }

    /// A text, unless it is left out or empty.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// A text without which nothing goes.
    pub(crate) fn needed(&self, name: &str) -> Result<&str, Problem> {
        self.text(name).ok_or_else(|| Problem::bad(name, format!("{name}: it is missing")))
    }
}

/// A file that can't be read is a mistake of whoever sent it.
pub(crate) fn refused(error: AppError) -> Problem {
    match error {
        AppError::File { path, reason } => Problem::bad(FILE, format!("{path}: {reason}")),
        other => other.into(),
    }
}

fn broken(error: &MultipartError) -> Problem {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large(MOST_BYTES),
        _ => Problem::malformed(format!("the body: {}", error.body_text())),
    }
}

/// The name of a file without its folder.
fn plain(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_no_folder() {
        assert_eq!(plain("C:\\data\\usage.csv"), "usage.csv");
        assert_eq!(plain("../../etc/passwd"), "passwd");
        assert_eq!(plain("usage.csv"), "usage.csv");
    }
}
