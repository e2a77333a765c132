//! Excel workbooks (.xlsx): a sheet is rows of text, as a CSV file is.
//!
//! A workbook is a zip archive of XML, and whoever sends it may mean harm: so
//! how much it holds is measured before anything is read, and cells are taken
//! one by one, as a sheet with two cells can claim to have billions.

mod cell;

use crate::error::WorkbookFault;
use ::csv::StringRecord;
use calamine::{Reader as _, Xlsx, XlsxError};
use std::{
    io::{self, Cursor, Read},
    panic::{AssertUnwindSafe, catch_unwind},
};

/// What an archive begins with, and so a workbook.
const ARCHIVE: &[u8] = b"PK\x03\x04";
/// What .xls files and workbooks with a password begin with.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";
/// How many bytes tell a workbook from text.
pub(crate) const HEAD: u64 = 4;

/// The largest workbook that is read, in bytes.
pub const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// The most that it may hold unpacked, in bytes.
const MOST_UNPACKED: u64 = 512 * 1024 * 1024;
/// The most parts that it may have.
const MOST_PARTS: usize = 4_096;
/// The most cells that are read of a sheet, empty ones between others counted.
const MOST_CELLS: usize = 5_000_000;

/// How far down the names of the columns are looked for, to say where they are.
const LOOKED_AT: usize = 20;

/// Whether bytes that begin like this are no text.
pub(crate) fn is_workbook(head: &[u8]) -> bool {
    head.starts_with(ARCHIVE) || head.starts_with(COMPOUND)
}

/// The rows of a sheet that have a value, each with its number in the sheet.
pub(crate) type Rows = Vec<(u32, StringRecord)>;

/// A workbook that was opened.
pub(crate) struct Workbook {
    book: Xlsx<Cursor<Vec<u8>>>,
}

impl Workbook {
    /// Opens what `input` gives after `head`.
    pub(crate) fn open(head: Vec<u8>, input: impl Read) -> Result<Self, WorkbookFault> {
        if head.starts_with(COMPOUND) {
            return Err(WorkbookFault::Old);
        }
        let mut bytes = head;
        let most = MOST_BYTES + 1 - bytes.len() as u64;
        input.take(most).read_to_end(&mut bytes).map_err(|error| WorkbookFault::Broken(error.to_string()))?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(WorkbookFault::TooLarge { most: MOST_BYTES });
        }
        measure(&bytes)?;
        let book = guarded(|| Xlsx::new(Cursor::new(bytes)).map_err(broken))?;
        Ok(Self { book })
    }

    /// The names of the sheets that people see, in their order.
    pub(crate) fn sheets(&self) -> Vec<String> {
        let is_seen = |sheet: &&calamine::Sheet| {
            sheet.typ == calamine::SheetType::WorkSheet && sheet.visible == calamine::SheetVisible::Visible
        };
        self.book.sheets_metadata().iter().filter(is_seen).map(|sheet| sheet.name.clone()).collect()
    }

    /// The rows of a sheet; of the first that has any where none is named.
    pub(crate) fn rows(&mut self, sheet: Option<&str>) -> Result<Rows, WorkbookFault> {
        let sheets = self.sheets();
        let Some(name) = sheet else {
            for name in sheets {
                let rows = self.rows_of(&name)?;
                if !rows.is_empty() {
                    return Ok(rows);
                }
            }
            return Ok(Rows::new());
        };
        let found = sheets.iter().find(|other| other.trim().eq_ignore_ascii_case(name.trim())).cloned();
        let found = found
            .ok_or_else(|| WorkbookFault::NoSheet { sheet: name.to_owned(), sheets: sheets.join(", ") })?;
        self.rows_of(&found)
    }

    fn rows_of(&mut self, sheet: &str) -> Result<Rows, WorkbookFault> {
        guarded(|| {
            let mut cells = self.book.worksheet_cells_reader(sheet).map_err(broken)?;
            let mut rows = Rows::new();
            let mut row: Vec<String> = Vec::new();
            let (mut number, mut all) = (0, 0);
            while let Some(cell) = cells.next_cell().map_err(broken)? {
                let (down, across) = cell.get_position();
                let text = cell::text(cell.get_value());
                if text.is_empty() {
                    continue;
                }
                let across = usize::try_from(across).unwrap_or(usize::MAX);
                if down != number {
                    finish(&mut rows, number, &mut row);
                    number = down;
                }
                if row.len() <= across {
                    all += across + 1 - row.len();
                    if all > MOST_CELLS {
                        return Err(WorkbookFault::TooManyCells { most: MOST_CELLS });
                    }
                    row.resize(across + 1, String::new());
                }
                row[across] = text;
            }
            finish(&mut rows, number, &mut row);
            names_come_first(&rows)?;
            Ok(rows)
        })
    }
}

fn finish(rows: &mut Rows, number: u32, row: &mut Vec<String>) {
    if row.iter().any(|text| !text.trim().is_empty()) {
        rows.push((number.saturating_add(1), StringRecord::from(std::mem::take(row))));
    }
    row.clear();
}

/// A title above the table would be taken for the names of the columns.
fn names_come_first(rows: &Rows) -> Result<(), WorkbookFault> {
    let filled = |row: &StringRecord| row.iter().filter(|text| !text.trim().is_empty()).count();
    let Some((_, first)) = rows.first() else { return Ok(()) };
    if filled(first) > 1 {
        return Ok(());
    }
    let below = rows.iter().take(LOOKED_AT).find(|(_, row)| filled(row) > 2);
    match below {
        Some((row, _)) => Err(WorkbookFault::NamesBelow { row: *row }),
        None => Ok(()),
    }
}

/// Unpacks everything once into nothing: what an archive says of its own size
/// may be a lie.
fn measure(bytes: &[u8]) -> Result<(), WorkbookFault> {
    let broken = |error: zip::result::ZipError| WorkbookFault::Broken(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > MOST_PARTS {
        return Err(WorkbookFault::Unpacked { most: MOST_UNPACKED });
    }
    let mut left = MOST_UNPACKED + 1;
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(broken)?;
        let unpacked = io::copy(&mut part.take(left), &mut io::sink());
        left = left.saturating_sub(unpacked.map_err(|error| WorkbookFault::Broken(error.to_string()))?);
        if left == 0 {
            return Err(WorkbookFault::Unpacked { most: MOST_UNPACKED });
        }
    }
    Ok(())
}

fn broken(error: XlsxError) -> WorkbookFault {
    match error {
        XlsxError::Password => WorkbookFault::Old,
        other => WorkbookFault::Broken(other.to_string()),
    }
}

/// A file that is broken in a way that the library did not think of is broken.
fn guarded<T>(read: impl FnOnce() -> Result<T, WorkbookFault>) -> Result<T, WorkbookFault> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(WorkbookFault::Broken("it contradicts itself".to_owned())))
}
