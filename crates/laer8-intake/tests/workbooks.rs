//! Excel workbooks: a sheet is rows, as a CSV file is.
#![allow(missing_docs, reason = "tests are named as sentences")]

use laer8_intake::{
    mapping::Mapping,
    reader::{FileReader, Outcome},
    suggest::{Sample, look},
};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use std::io::Write as _;

const MAPPING: &str = r#"
schema = 1
source = "crm"
currency = "EUR"

[[file]]
name = "crm.xlsx"
sheet = "Contracts"
record = "subscription"
[file.fields]
id = "Id"
account = "Customer"
start = "Start"
plan = "Plan"
price = "Price"
price_basis = { constant = "total" }
price_per = { constant = "month" }
auto_renew = "Renews"
"#;

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a day")
}

fn names(sheet: &mut Worksheet, names: &[&str]) {
    for (column, name) in (0..).zip(names) {
        sheet.write(0, column, *name).expect("a cell");
    }
}

/// Two sheets: accounts, and contracts with dates, a formula and a flag.
fn book() -> Vec<u8> {
    let mut book = Workbook::new();
    let accounts = book.add_worksheet().set_name("Accounts").expect("a name");
    names(accounts, &["Account ID", "Name", "Country", "Created"]);
    let iso = Format::new().set_num_format("dd/mm/yyyy");
    for (row, (id, name)) in (1..).zip([("A1", "Helvetia Freight"), ("A2", "Nordkap")]) {
        accounts.write(row, 0, id).expect("a cell");
        accounts.write(row, 1, name).expect("a cell");
        accounts.write(row, 2, "CH").expect("a cell");
        let date = ExcelDateTime::from_ymd(2024, 1, 14 + u8::try_from(row).expect("small")).expect("a date");
        accounts.write_with_format(row, 3, &date, &iso).expect("a cell");
    }
    let contracts = book.add_worksheet().set_name("Contracts").expect("a name");
    names(contracts, &["Id", "Customer", "Start", "Plan", "Price", "Renews"]);
    for (row, (id, customer)) in [(1, ("S1", "A1")), (3, ("S2", "A2"))] {
        contracts.write(row, 0, id).expect("a cell");
        contracts.write(row, 1, customer).expect("a cell");
        let date = ExcelDateTime::from_ymd(2024, 2, 1).expect("a date");
        contracts.write_with_format(row, 2, &date, &iso).expect("a cell");
        contracts.write(row, 3, "Gold").expect("a cell");
        contracts
            .write(row, 4, Formula::new("=100*0.1999").set_result("19.989999999999998"))
            .expect("a cell");
        contracts.write(row, 5, row == 1).expect("a cell");
    }
    contracts.write(4, 0, "S3").expect("a cell"); // a row that stops early
    book.save_to_buffer().expect("a workbook")
}

fn read(mapping: &str, bytes: &[u8]) -> Result<Vec<Outcome>, String> {
    let mapping = Mapping::parse(mapping).expect("a mapping");
    let reader = FileReader::new(&mapping.files()[0], day("2026-01-01"), bytes);
    reader.map_err(|error| error.to_string())?.map(|row| row.map_err(|error| error.to_string())).collect()
}

#[test]
fn a_sheet_is_read_as_people_see_it() {
    let rows = read(MAPPING, &book()).expect("rows");
    let said: Vec<String> = rows
        .iter()
        .map(|outcome| match outcome {
            Outcome::Record(incoming, _) => {
                let json = serde_json::to_value(&incoming.record).expect("JSON");
                format!("{}: {json}", incoming.row)
            }
            Outcome::Refused(refusal) => format!("{}: {}", refusal.row, refusal.message()),
            Outcome::LeftOut { row } => format!("{row}: left out"),
        })
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn each_sheet_of_a_workbook_is_suggested_as_a_table_of_its_own() {
    let seen = look("crm", vec![Sample { name: "crm.xlsx".to_owned(), bytes: &book()[..] }], &[]);
    let tables: Vec<_> = seen.tables.iter().map(|it| (it.sheet.as_deref(), it.rows)).collect();
    assert_eq!(tables, [(Some("Accounts"), 2), (Some("Contracts"), 3)]);
    assert_eq!(seen.tables[0].columns[3].samples, ["2024-01-15", "2024-01-16"]);
    insta::assert_snapshot!(seen.suggestion.text);
}

#[test]
fn what_is_no_table_says_what_to_do() {
    let small = MAPPING.replace("sheet = \"Contracts\"\n", "");
    let fault = |mapping: &str, bytes: &[u8]| read(mapping, bytes).expect_err("a fault");
    assert_eq!(
        fault(&MAPPING.replace("\"Contracts\"", "\"Deals\""), &book()),
        "the workbook has no sheet `Deals`; its sheets are: Accounts, Contracts"
    );
    assert_eq!(
        fault(&small, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "the workbook is in Excel's old format or has a password; save it as .xlsx without a password"
    );
    assert!(fault(&small, b"PK\x03\x04 and then nothing").starts_with("the file is no Excel workbook"));
    let mut cut = book();
    cut.truncate(cut.len() / 2);
    assert!(fault(&small, &cut).starts_with("the file is no Excel workbook"));

    let mut titled = Workbook::new();
    let sheet = titled.add_worksheet();
    sheet.write(0, 0, "Contracts of 2024").expect("a cell");
    for (column, name) in (0..).zip(["Id", "Customer", "Start"]) {
        sheet.write(2, column, name).expect("a cell");
    }
    assert_eq!(
        fault(&small, &titled.save_to_buffer().expect("a workbook")),
        "the first row must name the columns; they seem to be named in row 3: delete the rows above it"
    );
    let mut empty = Workbook::new();
    empty.add_worksheet();
    assert_eq!(
        fault(&small, &empty.save_to_buffer().expect("a workbook")),
        "the file is empty; its first line must name the columns"
    );
}

#[test]
fn a_workbook_that_means_harm_is_turned_away() {
    let small = MAPPING.replace("sheet = \"Contracts\"\n", "");
    let mut bomb = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    bomb.start_file("xl/worksheets/sheet1.xml", options).expect("a part");
    let zeros = vec![0; 1 << 20];
    for _ in 0..513 {
        bomb.write_all(&zeros).expect("bytes");
    }
    let bomb = bomb.finish().expect("an archive").into_inner();
    assert!(bomb.len() < 1 << 20, "it is small as long as it is packed");
    let fault = read(&small, &bomb).expect_err("a fault");
    assert_eq!(fault, "the workbook holds more than 512 MB unpacked; save its sheets as CSV");

    // A few cells that lie as far apart as they can.
    let mut wide = Workbook::new();
    let sheet = wide.add_worksheet();
    for row in 0..400 {
        sheet.write(row * 2_000, 16_383, "far").expect("a cell");
    }
    let fault = read(&small, &wide.save_to_buffer().expect("a workbook")).expect_err("a fault");
    assert!(fault.starts_with("a sheet of the workbook spreads over more than 5000000 cells"), "{fault}");
}
