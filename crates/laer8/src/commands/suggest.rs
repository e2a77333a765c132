//! `laer8 import --suggest`: a first mapping for files that nobody has mapped.

use crate::{Done, cli::Format, context::Context, failure::Failure, output};
use laer8_app::{AppError, Files as _, Folder};
use laer8_intake::suggest::{Sample, Suggestion, suggest};
use laer8_words::Arg;
use serde::Serialize;
use std::path::Path;

/// Endings of files that are not tables.
const NOT_TABLES: [&str; 6] = [".md", ".toml", ".json", ".py", ".zip", ".quarantine.csv"];

#[derive(Serialize)]
struct Suggested<'a> {
    mapping: &'a str,
    questions: usize,
    doubts: usize,
    output: Option<&'a Path>,
}

/// Writes a mapping for the files in `dir` to `output`, or to the screen.
pub(crate) fn run(
    context: &Context,
    dir: &Path,
    output: Option<&Path>,
    source: Option<&str>,
) -> Result<Done, Failure> {
    let suggestion = look_at(dir, source)?;
    if let Some(file) = output {
        // Somebody's decisions may stand in it.
        let mut new = std::fs::File::create_new(file).map_err(Failure::write(file))?;
        std::io::Write::write_all(&mut new, suggestion.text.as_bytes()).map_err(Failure::write(file))?;
    }
    let Suggestion { text, questions, doubts } = suggestion;
    if context.format == Format::Json {
        output::json(&Suggested { mapping: &text, questions, doubts, output })?;
        return Ok(Done::Wholly);
    }
    if output.is_none() {
        output::text(&text, context.settings.color)?;
    }
    let words = context.words;
    if let Some(file) = output {
        let file = file.display().to_string();
        say(context, &words.say_with("import-suggest-written", &[("file", Arg::Text(&file))]));
    }
    say(context, &words.say_with("import-suggest-doubts", &[("count", Arg::from(doubts))]));
    if questions > 0 {
        say(context, &words.say_with("suggest-questions", &[("count", Arg::from(questions))]));
    }
    Ok(Done::Wholly)
}

/// Beside the mapping, which may go into a file.
fn say(context: &Context, text: &str) {
    output::note(text, context.settings.color);
}

fn look_at(dir: &Path, source: Option<&str>) -> Result<Suggestion, Failure> {
    let files = Folder(dir.to_owned());
    let is_table = |name: &String| {
        let lower = name.to_lowercase();
        !lower.starts_with('.') && !NOT_TABLES.iter().any(|ending| lower.ends_with(ending))
    };
    let names: Vec<String> = files.names()?.into_iter().filter(is_table).collect();
    if names.is_empty() {
        return Err(AppError::Invalid(format!("there is no file to import in {}", dir.display())).into());
    }
    let mut samples = Vec::with_capacity(names.len());
    for name in names {
        let (bytes, _) = files.open(&name)?;
        samples.push(Sample { name, bytes });
    }
    let source = source.map_or_else(|| named_after(dir), str::to_owned);
    Ok(suggest(&source, samples))
}

/// What a source is called whose files are in `dir`.
fn named_after(dir: &Path) -> String {
    let full = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    let name = full.file_name().and_then(|name| name.to_str()).unwrap_or("files");
    let plain: String =
        name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    plain.trim_matches('_').to_owned()
}
