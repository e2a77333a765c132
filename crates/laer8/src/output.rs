//! The one place that prints.

use crate::{
    cli::{Color, Format},
    failure::Failure,
};
use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use serde::Serialize;
use std::io::{IsTerminal as _, Write as _};

/// Writes text to the standard output; colour only where it is wanted.
pub(crate) fn text(text: &str, color: Color) -> Result<(), Failure> {
    let mut out = AutoStream::new(std::io::stdout().lock(), choice(color));
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Writes a note to the standard error, so that it is never in the way of an
/// answer that goes into a file.
pub(crate) fn note(text: &str, color: Color) {
    let mut out = AutoStream::new(std::io::stderr().lock(), choice(color));
    let _ = writeln!(out, "{text}"); // with nobody to tell, nothing can be told
}

/// Writes JSON: on many lines for a person, on one for a program.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if std::io::stdout().is_terminal() {
        serde_json::to_writer_pretty(&mut out, value)?;
    } else {
        serde_json::to_writer(&mut out, value)?;
    }
    writeln!(out)?;
    Ok(out.flush()?)
}

/// Writes an error to the standard error.
pub(crate) fn error(code: &str, said: &str, format: Format, color: Option<Color>) {
    if format == Format::Json {
        let error = serde_json::json!({ "error": { "code": code, "message": said } });
        note(&error.to_string(), Color::Never);
        return;
    }
    let style = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    note(&format!("{style}error[{code}]{style:#}: {said}"), color.unwrap_or(Color::Auto));
}

fn choice(color: Color) -> ColorChoice {
    match color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    }
}
