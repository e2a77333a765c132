//! Rows of text with their line numbers, from bytes of any form: text, or a
//! sheet of a workbook.

use super::{
    delimiter,
    encoding::Encoding,
    lines::{Counted, Lines},
};
use crate::{
    error::IntakeError,
    workbook::{self, Workbook},
};
use ::csv::{ByteRecord, Reader, ReaderBuilder, StringRecord};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};
use std::{
    io::{self, Cursor, Read},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// Byte order marks of UTF-8 and UTF-16. One says more than any setting.
const MARKS: [&[u8]; 3] = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];
/// How much of a file is looked at for its delimiter.
const HEAD: u64 = 64 * 1024;

/// How much is read at once.
const BUFFER: usize = 256 * 1024;

type Decoded<R> = DecodeReaderBytes<io::Chain<Cursor<Vec<u8>>, Counted<R>>, Vec<u8>>;
type Input<R> = Lines<io::Chain<Cursor<Vec<u8>>, Decoded<R>>>;

/// Where rows come from.
enum Source<R: Read> {
    Text(Box<Reader<Input<R>>>),
    Sheet(std::vec::IntoIter<(u32, StringRecord)>),
}

/// A file being read.
pub(crate) struct Table<R: Read> {
    source: Source<R>,
    encoding: Encoding,
    delimiter: u8,
    header: Vec<String>,
    bytes: Arc<AtomicU64>,
    /// The record of the last row, for its memory.
    spare: ByteRecord,
}

/// A row as it was cut.
pub(crate) enum RawRow {
    /// Text, as many fields as the header has.
    Fields(StringRecord),
    /// Another number of fields.
    Ragged(StringRecord),
    /// The last row, in which a quote never closes.
    Unclosed(StringRecord),
    /// Not valid in the encoding of the file; the text has `�` where it is not.
    Undecodable(StringRecord),
}

impl<R: Read> Table<R> {
    /// Reads the header; of a workbook, that of `sheet`, or of the first with
    /// anything in it.
    pub(crate) fn open(
        input: R,
        mut encoding: Encoding,
        delimiter: Option<u8>,
        sheet: Option<&str>,
    ) -> Result<Self, IntakeError> {
        let bytes = Arc::new(AtomicU64::new(0));
        let mut counted = Counted { inner: input, count: Arc::clone(&bytes) };
        let mut mark = Vec::new();
        counted.by_ref().take(workbook::HEAD).read_to_end(&mut mark)?;
        if workbook::is_workbook(&mark) {
            let rows = Workbook::open(mark, counted)?.rows(sheet)?;
            return Self::of_sheet(rows, bytes);
        }
        if MARKS.iter().any(|known| mark.starts_with(known)) {
            encoding = Encoding::Utf8; // which UTF-16 is turned into
        }
        let mut decoded = DecodeReaderBytesBuilder::new()
            .utf8_passthru(true)
            .strip_bom(true)
            .bom_override(true)
            .build_with_buffer(Cursor::new(mark).chain(counted), vec![0; BUFFER])?;
        let mut head = Vec::new();
        decoded.by_ref().take(HEAD).read_to_end(&mut head)?;
        let delimiter = delimiter.unwrap_or_else(|| delimiter::sniff(&head));
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(BUFFER)
            .from_reader(Lines::new(Cursor::new(head).chain(decoded)));
        let mut first = ByteRecord::new();
        if !read_record(&mut reader, &mut first)? {
            return Err(IntakeError::Empty);
        }
        let header = encoding.decode(first).map_err(|_| IntakeError::BadHeader { encoding: "UTF-8" })?;
        let header: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
        check_names(&header)?;
        let source = Source::Text(Box::new(reader));
        Ok(Self { source, encoding, delimiter, header, bytes, spare: ByteRecord::new() })
    }

    /// The rows of a sheet.
    pub(crate) fn of_sheet(rows: workbook::Rows, bytes: Arc<AtomicU64>) -> Result<Self, IntakeError> {
        let mut rows = rows.into_iter();
        let (_, first) = rows.next().ok_or(IntakeError::Empty)?;
        let header: Vec<String> = first.iter().map(|name| name.trim().to_owned()).collect();
        check_names(&header)?;
        let (encoding, delimiter) = (Encoding::Utf8, b',');
        let source = Source::Sheet(rows);
        Ok(Self { source, encoding, delimiter, header, bytes, spare: ByteRecord::new() })
    }

    /// The names of the columns, without blanks around them.
    pub(crate) fn header(&self) -> &[String] {
        &self.header
    }

    /// What stands between the fields.
    pub(crate) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// The encoding as far as known by now.
    pub(crate) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// How many bytes of the input were read.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Takes the memory of a row back.
    pub(crate) fn give_back(&mut self, row: StringRecord) {
        self.spare = row.into_byte_record();
    }

    /// The next row that is not blank, and the line on which it starts.
    pub(crate) fn next_row(&mut self) -> Result<Option<(u32, RawRow)>, IntakeError> {
        loop {
            let reader = match &mut self.source {
                Source::Text(reader) => reader,
                Source::Sheet(rows) => {
                    let next = rows.next();
                    return Ok(next.map(|(line, row)| (line, self.measured(self.padded(row)))));
                }
            };
            let mut row = std::mem::take(&mut self.spare);
            let before = reader.position().line();
            if !read_record(reader, &mut row)? {
                return Ok(None);
            }
            let after = reader.position();
            let unclosed = reader.get_ref().all_given(after.byte());
            let line = first_line(before, after.line(), &row, unclosed);
            if !unclosed && row.iter().all(|field| field.trim_ascii().is_empty()) {
                self.spare = row;
                continue;
            }
            let row = match self.encoding.decode(row) {
                Err(row) => RawRow::Undecodable(StringRecord::from_byte_record_lossy(row)),
                Ok(row) if unclosed => RawRow::Unclosed(row),
                Ok(row) => self.measured(row),
            };
            return Ok(Some((line, row)));
        }
    }

    /// A sheet ends where its last value is, so a row may end before the header.
    fn padded(&self, mut row: StringRecord) -> StringRecord {
        for _ in row.len()..self.header.len() {
            row.push_field("");
        }
        row
    }

    /// Empty fields beyond the header are harmless: spreadsheets write them.
    fn measured(&self, row: StringRecord) -> RawRow {
        let width = self.header.len();
        if row.len() == width
            || (row.len() > width && row.iter().skip(width).all(|field| field.trim().is_empty()))
        {
            return RawRow::Fields(row);
        }
        RawRow::Ragged(row)
    }
}

fn read_record<R: Read>(reader: &mut Reader<R>, record: &mut ByteRecord) -> Result<bool, IntakeError> {
    reader.read_byte_record(record).map_err(|error| match error.into_kind() {
        ::csv::ErrorKind::Io(error) => IntakeError::Io(error),
        // Rows are flexible and not yet text, so nothing else can go wrong.
        other => IntakeError::Io(io::Error::other(format!("{other:?}"))),
    })
}

/// The line on which a row starts. The reader counts the lines it has passed;
/// blank lines may stand before the row and line breaks inside it.
fn first_line(before: u64, after: u64, row: &ByteRecord, unclosed: bool) -> u32 {
    let line = if after == before + 1 {
        before
    } else {
        let inside = row.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        let end = u64::from(!unclosed);
        after.saturating_sub(inside + end)
    };
    u32::try_from(line).unwrap_or(u32::MAX)
}

fn check_names(header: &[String]) -> Result<(), IntakeError> {
    for (position, name) in header.iter().enumerate() {
        if !name.is_empty() && header[..position].contains(name) {
            return Err(IntakeError::DuplicateColumn { name: name.clone() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8]) -> Vec<(u32, String)> {
        let mut table = Table::open(bytes, Encoding::Auto, None, None).expect("a header");
        let mut rows = Vec::new();
        while let Some((line, row)) = table.next_row().expect("bytes") {
            let text = match row {
                RawRow::Fields(row) => row.iter().collect::<Vec<_>>().join("|"),
                RawRow::Ragged(row) => format!("ragged {}", row.len()),
                RawRow::Unclosed(_) => "unclosed".to_owned(),
                RawRow::Undecodable(row) => format!("undecodable {}", &row[0]),
            };
            rows.push((line, text));
        }
        rows
    }

    fn expected(rows: &[(u32, &str)]) -> Vec<(u32, String)> {
        rows.iter().map(|(line, text)| (*line, (*text).to_owned())).collect()
    }

    #[test]
    fn every_line_end_gives_the_same_rows_and_lines() {
        let text = "a,b\n1,2\n\n\n\"3\n4\",5\n6,7";
        let same = expected(&[(2, "1|2"), (5, "3\n4|5"), (7, "6|7")]);
        assert_eq!(rows(text.as_bytes()), same);
        assert_eq!(rows(text.replace('\n', "\r\n").as_bytes()), same);
        assert_eq!(rows(text.replace('\n', "\r").as_bytes()), same);
    }

    #[test]
    fn byte_order_marks_are_no_part_of_the_first_name() {
        let table =
            Table::open(&b"\xef\xbb\xbfid;name\n1;x"[..], Encoding::Auto, None, None).expect("a header");
        assert_eq!((table.header()[0].as_str(), table.delimiter()), ("id", b';'));
        let marked = &b"\xef\xbb\xbfpa\xc3\xads\n"[..];
        let table = Table::open(marked, Encoding::Windows1252, None, None).expect("a header");
        assert_eq!(table.header(), ["país"], "the mark overrules the setting");
        let utf16: Vec<u8> = "\u{feff}id\tname\n1\tñ".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(rows(&utf16), expected(&[(2, "1|ñ")]));
    }

    #[test]
    fn rows_of_another_width_are_told_apart() {
        assert_eq!(
            rows(b"a,b\n1\n1,2,3\n1,2,,\n,,\n , \n4,5\n"),
            expected(&[(2, "ragged 1"), (3, "ragged 3"), (4, "1|2||"), (7, "4|5")])
        );
    }

    #[test]
    fn an_open_quote_does_not_swallow_the_rest_in_silence() {
        assert_eq!(rows(b"a,b\n1,2\n3,\"4\n5,6\n7,8\n"), expected(&[(2, "1|2"), (3, "unclosed")]));
        assert_eq!(rows(b"a,b\n1,2\n3,\"4\n"), expected(&[(2, "1|2"), (3, "unclosed")]));
        assert_eq!(rows(b"a,b\n1,\"2\n\""), expected(&[(2, "1|2\n")]));
        assert_eq!(rows(b"a,b\n1,\"2\n\"\n"), expected(&[(2, "1|2\n")]));
    }

    #[test]
    fn headers_must_tell_columns_apart() {
        let fault = |bytes: &'static [u8]| {
            Table::open(bytes, Encoding::Auto, None, None).map(drop).expect_err("a fault")
        };
        assert_eq!(fault(b"").to_string(), "the file is empty; its first line must name the columns");
        assert_eq!(
            fault(b"id, id\n").to_string(),
            "the column `id` appears twice in the header; rename one of them"
        );
        assert!(Table::open(&b"id,,\n"[..], Encoding::Auto, None, None).is_ok());
    }

    #[test]
    fn a_broken_row_in_a_utf_8_file_is_kept_apart() {
        assert_eq!(rows(b"a\n\xc3\xb1\nx\xf1\n"), expected(&[(2, "ñ"), (3, "undecodable x\u{fffd}")]));
    }

    #[test]
    fn bytes_are_counted_for_the_progress_bar() {
        let text = b"a,b\r\n1,2\r\n";
        let mut table = Table::open(&text[..], Encoding::Auto, None, None).expect("a header");
        while table.next_row().expect("bytes").is_some() {}
        assert_eq!(table.bytes_read(), text.len() as u64);
    }
}
