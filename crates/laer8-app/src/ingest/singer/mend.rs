//! Lines of a tap that could not be read, once they are mended.

use super::{marks::Marks, reader_of, streams::StreamKey, waiting::MESSAGE_COLUMN};
use crate::{AppError, FileReport, Verdict, absorb::Absorber, import::Tally};
use laer8_domain::{days::Day, ids::ImportId};
use laer8_intake::{
    mapping::Mapping,
    quarantine::COLUMNS,
    singer::{Step, Taken},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Read,
};

/// Where mended lines belong.
pub(crate) struct MendedLines<'a> {
    pub(crate) mapping: &'a Mapping,
    pub(crate) marks: Marks,
    pub(crate) import: ImportId,
    pub(crate) today: Day,
    /// What the file with them is called.
    pub(crate) name: &'a str,
}

/// Absorbs a file of mended lines; returns what became of it, and the lines
/// that were taken in.
pub(crate) async fn mend_lines(
    lines: &MendedLines<'_>,
    absorber: &mut Absorber<'_>,
    mut input: Box<dyn Read + Send>,
) -> Result<(FileReport, BTreeSet<u32>), AppError> {
    let mut text = String::new();
    let failed = |reason: String| AppError::File { path: lines.name.to_owned(), reason };
    input.read_to_string(&mut text).map_err(|error| failed(error.to_string()))?;
    let mut reader = reader_of(lines.mapping, lines.today)?.without_schemas();
    let mut tally = Tally::default();
    let mut taken_in = BTreeSet::new();
    let mut groups: BTreeMap<StreamKey, Vec<Taken>> = BTreeMap::new();
    for (number, message) in messages(&text).map_err(failed)? {
        tally.rows += 1;
        taken_in.insert(number);
        let mut steps = reader.line(message.as_bytes());
        steps.extend(reader.finish());
        for step in steps {
            let Step::Batch(batch) = step else { continue };
            for refusal in batch.refused {
                taken_in.remove(&number);
                tally.refuse(refusal.reason.key(), number, &refusal.message());
            }
            for mut taken in batch.taken {
                taken.incoming.row = number;
                let key = StreamKey::of(lines.mapping, Some(taken.section), &taken.stream);
                groups.entry(key).or_default().push(taken);
            }
        }
    }
    for (key, all) in groups {
        let Some(section) = key.section.and_then(|section| lines.mapping.streams().get(section)) else {
            continue;
        };
        absorber.next_stream(lines.import, lines.marks.of(&key.stream, section.record()));
        let numbers: Vec<u32> = all.iter().map(|taken| taken.incoming.row).collect();
        let records = all.into_iter().map(|taken| taken.incoming).collect();
        for (number, verdict) in numbers.into_iter().zip(absorber.absorb(records).await?) {
            tally.count(&verdict);
            if let Verdict::Refused(why) = verdict {
                taken_in.remove(&number);
                tally.refuse(why.key(), number, &why.to_string());
            }
        }
    }
    Ok((tally.report(lines.name, super::MESSAGE), taken_in))
}

/// The mended lines of a file, with their numbers in the original.
fn messages(text: &str) -> Result<Vec<(u32, String)>, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // A spreadsheet may have written it with another mark between the cells.
    let header = text.lines().next().unwrap_or_default();
    let mark =
        [b',', b';', b'\t'].into_iter().max_by_key(|mark| header.bytes().filter(|it| it == mark).count());
    let mut reader =
        csv::ReaderBuilder::new().delimiter(mark.unwrap_or(b',')).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let place = |name: &str| {
        let found = header.iter().position(|column| column == name);
        found.ok_or_else(|| format!("it has no column {name}; keep the columns that the export gave it"))
    };
    let (number, message) = (place(COLUMNS[1])?, place(MESSAGE_COLUMN)?);
    let mut all = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        let line = row.get(number).and_then(|text| text.trim().parse().ok());
        if let (Some(line), Some(message)) = (line, row.get(message)) {
            all.push((line, message.to_owned()));
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_a_spreadsheet_saved_is_read_too() {
        for text in [
            "\u{feff}laer8_file,laer8_line,laer8_reason,singer_message\ncrm,7,bad,\"{\"\"a\"\": 1}\"\n",
            "laer8_file;laer8_line;laer8_reason;singer_message\r\ncrm;7;bad;\"{\"\"a\"\": 1}\"\r\n",
        ] {
            assert_eq!(messages(text), Ok(vec![(7, "{\"a\": 1}".to_owned())]));
        }
        assert!(messages("id\n1\n").is_err_and(|error| error.starts_with("it has no column laer8_line")));
    }
}
