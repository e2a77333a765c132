//! Refused rows as a file that people can mend and read again.
//!
//! The file has the columns of the original, and before them where each row
//! comes from and why it was refused. They stand first so that a row with too
//! many fields sticks out on the right instead of shifting them. Read again by
//! the same section of the mapping, the added columns are ignored, except that
//! the records keep the line of the original.

use crate::{reader::LINE_COLUMN, refusal::Refusal};
use std::io::{self, Write};

/// The columns that a quarantine file has before those of the original.
pub const COLUMNS: [&str; 3] = ["laer8_file", LINE_COLUMN, "laer8_reason"];

/// Writes refused rows of the file `file` with the columns `header`.
/// `delimiter` must be that of the original, or the one that its section of
/// the mapping names, so that the same section can read what is written.
///
/// The text is UTF-8 with a byte order mark, by which a section that names
/// another encoding is overruled, and which spreadsheets need.
///
/// # Errors
/// What `output` reports.
pub fn write<'a>(
    output: impl Write,
    file: &str,
    header: &[String],
    delimiter: u8,
    refusals: impl IntoIterator<Item = &'a Refusal>,
) -> io::Result<()> {
    let mut output = output;
    output.write_all("\u{feff}".as_bytes())?;
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(output);
    // A header that was itself read from a quarantine file has them already.
    let own = header.iter().filter(|name| !COLUMNS.contains(&name.as_str()));
    writer.write_record(COLUMNS.into_iter().chain(own.map(String::as_str)))?;
    for refusal in refusals {
        let line = refusal.row.to_string();
        let message = refusal.message();
        let place = [file, &line, &message];
        let is_own =
            |position: usize| header.get(position).is_none_or(|name| !COLUMNS.contains(&name.as_str()));
        let raw = refusal
            .raw
            .iter()
            .enumerate()
            .filter(|(position, _)| is_own(*position))
            .map(|(_, text)| text.as_str());
        writer.write_record(place.into_iter().chain(raw))?;
    }
    writer.flush()
}
