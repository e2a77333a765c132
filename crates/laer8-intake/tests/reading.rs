//! Files in all their forms, read by a mapping.

use laer8_domain::records::Record;
use laer8_intake::{
    error::IntakeError,
    mapping::Mapping,
    quarantine,
    reader::{FileReader, Outcome},
    refusal::Refusal,
};
use proptest::prelude::*;
use std::io::{self, Read};

const USAGE: &str = r#"
record = "usage"
dates = ["%d-%m-%Y"]
[file.fields]
id = "id"
account = "account"
feature = "feature"
day = "day"
count = "count"
"#;

fn mapping(section: &str) -> Mapping {
    let text = format!(
        "schema = 1\nsource = \"test\"\ncurrency = \"EUR\"\ntime_zone = \"Europe/Madrid\"\n\
         [[file]]\nname = \"file.csv\"\n{section}"
    );
    Mapping::parse(&text).unwrap_or_else(|errors| panic!("{errors}"))
}

fn outcomes(section: &str, bytes: &[u8]) -> Vec<Outcome> {
    let mapping = mapping(section);
    let imported_on = "2026-01-01".parse().expect("a day");
    let reader = FileReader::new(&mapping.files()[0], imported_on, bytes).expect("a header");
    reader.map(|outcome| outcome.expect("bytes")).collect()
}

fn records(section: &str, bytes: &str) -> Vec<Record> {
    let records = outcomes(section, bytes.as_bytes()).into_iter().map(|outcome| match outcome {
        Outcome::Record(incoming, _) => incoming.record,
        other => panic!("{other:?}"),
    });
    records.collect()
}

fn refusals(section: &str, bytes: &str) -> Vec<Refusal> {
    let refused = outcomes(section, bytes.as_bytes()).into_iter().filter_map(|outcome| match outcome {
        Outcome::Refused(refusal) => Some(refusal),
        _ => None,
    });
    refused.collect()
}

fn said(section: &str, bytes: &str) -> String {
    let lines = outcomes(section, bytes.as_bytes()).into_iter().map(|outcome| match outcome {
        Outcome::Record(incoming, remarks) => {
            let remarks: Vec<String> = remarks.iter().map(|remark| format!(" ({remark})")).collect();
            format!("{} {}{}", incoming.row, incoming.record.kind(), remarks.concat())
        }
        Outcome::LeftOut { row } => format!("{row} left out"),
        Outcome::Refused(refusal) => {
            format!("{} {}: {}", refusal.row, refusal.reason.key(), refusal.message())
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn refusals_say_what_to_do() {
    insta::assert_snapshot!(said(
        USAGE,
        "id,account,feature,day,count\n\
         1,A,search,01-02-2025,3\n\
         2,,search,01-02-2025,3\n\
         3,A,,01-02-2025,3\n\
         4,A,search,2025-02-01,3\n\
         5,A,search,31-02-2025,3\n\
         6,A,search,01-02-2025,three\n\
         7,A,search,01-02-2025,1.5\n\
         8,A,search,01-02-2025,99999999999\n\
         9,A,search,01-02-2025\n\
         10,A,search,01-02-2025,3,4\n\
         11,A,search,01-02-2025,-3\n\
         12,A,search,01-02-2030,3\n\
         13,A,\"search,01-02-2025,3\n14,A,search,01-02-2025,3\n"
    ));
}

const SUBSCRIPTION: &str = r#"
record = "subscription"
dates = ["%Y-%m-%d"]
[file.fields]
id = "id"
account = "account"
start = "start"
end = { column = "end", inclusive = true }
plan = "plan"
quantity = "seats"
price = { column = "price", decimal = ",", grouping = ".", strip = ["€"] }
price_basis = { constant = "unit" }
price_per = "per"
currency = "currency"
trial = "trial"
term_months = { column = "per", translate = { month = "none", year = 12 } }
"#;

#[test]
fn refusals_of_subscriptions_say_what_to_do() {
    let header = "id,account,start,end,plan,seats,price,per,currency,trial\n";
    insta::assert_snapshot!(said(
        SUBSCRIPTION,
        &format!(
            "{header}\
             1,A,2025-01-01,2025-12-31,Gold,4,\"1.234,50 €\",year,,no\n\
             2,A,2025-01-01,,Gold,4,\"1,23456\",year,USD,no\n\
             3,A,2025-01-01,,Gold,4,10,fortnight,USD,no\n\
             4,A,2025-01-01,,Gold,4,10,month,dollars,no\n\
             5,A,2025-01-01,,Gold,4,10,month,USD,perhaps\n\
             6,A,2025-01-01,,Gold,-4,10,month,USD,no\n\
             7,A,2025-01-01,,Gold,4,,month,USD,no\n\
             8,A,2025-01-01,,Gold,4,10,week,USD,no\n\
             9,A,2025-01-02,2025-01-01,Gold,4,10,month,USD,no\n\
             10,A,2025-01-01,9999-12-31,Gold,4,10,month,USD,no\n"
        )
    ));
}

#[test]
fn a_subscription_is_read_with_all_its_terms() {
    let row = "id,account,start,end,plan,seats,price,per,currency,trial\n\
               1,A,2025-01-01,2025-12-31,Gold,4,\"1.234,50 €\",year,,no\n";
    insta::assert_json_snapshot!(records(SUBSCRIPTION, row));
}

#[test]
fn versions_of_a_subscription_add_to_what_is_known() {
    let section = r#"
record = "subscription"
[file.fields]
id = "id"
account = "account"
effective_from = "from"
ended = "ended"
plan = "plan"
quantity = "seats"
price = { constant = 30 }
price_basis = { constant = "unit" }
price_per = { constant = "month" }
"#;
    let rows = "id,account,from,plan,seats,ended\n1,A,2025-01-01,Gold,4,0\n1,A,2025-06-01,,,1\n";
    insta::assert_json_snapshot!(records(section, rows));
}

#[test]
fn accounts_are_dated_fields_and_an_empty_cell_says_nothing() {
    let section = r#"
record = "account"
empty = ["n/a"]
[file.fields]
id = "id"
since = "created"
name = { columns = ["brand", "city"], join = ", " }
industry = "industry"
owner = { column = "owner", clears = true }
payment_overdue = { column = "overdue", since = "checked", known = { column = "checked" } }
[file.traits]
tier = { column = "tier", translate = { A = "top", B = "middle" }, otherwise = "other" }
staff = { column = "staff", kind = "number", default = 0 }
"#;
    let rows = "id,created,brand,city,industry,owner,overdue,checked,tier,staff\n\
                1,2025-01-01,Alder,Lima,n/a,,yes,2025-06-01,A,\n\
                2,2025-02-01,Birch,,Retail,ana@x.test,no,2025-06-01,Z,7\n";
    insta::assert_json_snapshot!(records(section, rows));
}

#[test]
fn a_ticket_is_a_life_of_dated_events() {
    let section = r#"
record = "ticket"
dates = ["%d-%m-%Y", "%d-%m-%Y %H:%M"]
[file.fields]
id = "id"
person = "requester"
opened = "opened"
responded = { column = "response", unit = "minutes" }
solved = { column = "hours", unit = "hours" }
priority = { column = "priority", translate = { P1 = "urgent" } }
escalated = { column = "escalated", kind = "bool" }
rating = "rating"
subject = "subject"
"#;
    let rows = "id,requester,opened,response,hours,priority,escalated,rating,subject\n\
                1,p@x.test,01-07-2025,90,\"1.5\",P1,TRUE,4,Export fails\n\
                2,p@x.test,01-07-2025 10:00,,,low,TRUE,,\n";
    insta::assert_json_snapshot!(records(section, rows));
}

#[test]
fn rows_of_other_kinds_in_one_file_are_left_out_on_purpose() {
    let section = r#"
record = "survey"
only = { column = "score" }
[file.fields]
id = "id"
account = "account"
person = "person"
kind = "kind"
score = "score"
day = "day"
"#;
    let rows = "id,account,person,kind,score,day\n1,A,p,nps,9,2025-01-01\n2,A,p,nps,,2025-01-01\n\
                3,A,p,csat,9,2025-01-01\n4,A,p,smile,5,2025-01-01\n";
    insta::assert_snapshot!(said(section, rows));
    let by_word = section.replace("{ column = \"score\" }", "{ column = \"kind\", is = [\"NPS\"] }");
    assert!(said(&by_word, rows).contains("4 left out"));
}

#[test]
fn other_records_are_read_too() {
    let table = [
        (
            "record = \"person\"\n[file.fields]\nid = \"a\"\naccount = \"b\"\nrole = \"c\"\nsince = { import_day = true }",
            "a,b,c\np,A,champion\n",
        ),
        ("record = \"product\"\n[file.fields]\nid = \"a\"", "a\nsuite\n"),
        (
            "record = \"plan\"\n[file.fields]\nid = \"a\"\nentitles = \"b\"\nupgrade = \"c\"",
            "a,b,c\ngold,export;search,platinum\n",
        ),
        (
            "record = \"feature\"\n[file.fields]\nid = \"a\"\ncore = \"b\"\ndepth_target = \"c\"",
            "a,b,c\nexport,yes,2.5\n",
        ),
        (
            "record = \"exchange_rate\"\n[file.fields]\nfrom = \"a\"\nday = \"b\"\nrate = \"c\"",
            "a,b,c\nUSD,2025-01-01,0.9234\n",
        ),
        (
            "record = \"churn_event\"\n[file.fields]\nid = \"a\"\naccount = \"b\"\nday = \"c\"\nrefund = \"d\"",
            "a,b,c,d\n1,A,2025-01-01,4.03\n",
        ),
        (
            "record = \"note\"\nknown = \"imported\"\n[file.fields]\nid = \"a\"\naccount = \"b\"\nkind = \"c\"\nday = \"d\"\npulse = \"e\"",
            "a,b,c,d,e\n1,A,pulse,2025-01-01,70\n",
        ),
    ];
    let all: Vec<Record> = table.iter().flat_map(|(section, rows)| records(section, rows)).collect();
    insta::assert_json_snapshot!(all);
}

#[test]
fn times_are_on_the_clocks_of_the_zone() {
    let section = "record = \"ticket\"\ndates = [\"%Y-%m-%d %H:%M\"]\n[file.fields]\nid = \"a\"\naccount = \"b\"\nopened = \"c\"";
    let rows = records(section, "a,b,c\n1,A,2025-07-01 00:30\n");
    let Record::Ticket(ticket) = &rows[0] else { panic!("{rows:?}") };
    assert_eq!(ticket.events[0].at.to_rfc3339(), "2025-06-30T22:30:00+00:00");
}

#[test]
fn a_column_that_the_file_lacks_is_named_with_the_one_that_was_meant() {
    let mapping = mapping(USAGE);
    let header = &b"Id,account,feature,date,count\n"[..];
    let error = FileReader::new(&mapping.files()[0], "2026-01-01".parse().expect("a day"), header).map(drop);
    assert_eq!(
        error.expect_err("a missing column").to_string(),
        "file 1 (file.csv) reads the column `id`, which the file does not have; did you mean `Id`?; \
         its columns are: Id, account, feature, date, count"
    );
}

#[test]
fn when_the_bytes_stop_coming_the_reading_ends_with_an_error() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    // Longer than what is read ahead for the header.
    let start = format!("id,account,feature,day,count\n{}", "1,A,search,01-02-2025,3\n".repeat(5_000));
    let mapping = mapping(USAGE);
    let input = start.as_bytes().chain(Broken);
    let mut reader =
        FileReader::new(&mapping.files()[0], "2026-01-01".parse().expect("a day"), input).expect("a header");
    let failed = reader.by_ref().find_map(Result::err).expect("an error");
    assert!(matches!(&failed, IntakeError::Io(error) if error.to_string() == "the disk is gone"), "{failed}");
    assert!(reader.next().is_none());
}

#[test]
fn a_mended_quarantine_is_read_by_the_same_mapping() {
    let text =
        "id;account;feature;day;count\n1;A;ñandú;01-02-2025;3\n\n2;A;\"a;b\";someday;3\n3;A;x;01-02-2025\n";
    let section = USAGE.replace("record", "encoding = \"windows-1252\"\ndelimiter = \";\"\nrecord");
    let bytes = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let refused: Vec<Refusal> = outcomes(&section, &bytes)
        .into_iter()
        .filter_map(|outcome| match outcome {
            Outcome::Refused(refusal) => Some(refusal),
            _ => None,
        })
        .collect();
    let header: Vec<String> = ["id", "account", "feature", "day", "count"].map(str::to_owned).into();
    let mut file = Vec::new();
    quarantine::write(&mut file, "file.csv", &header, b';', &refused).expect("written");
    let file = String::from_utf8(file).expect("UTF-8");
    insta::assert_snapshot!(file.trim_start_matches('\u{feff}'));

    let mended = file.replace("someday", "03-02-2025").replace("x;01-02-2025", "ñ;01-02-2025;9");
    let read = outcomes(&section, mended.as_bytes());
    let lines: Vec<(u32, &str)> = read
        .iter()
        .map(|outcome| match outcome {
            Outcome::Record(incoming, _) => match &incoming.record {
                Record::Usage(usage) => (incoming.row, usage.feature.as_str()),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(lines, [(4, "a;b"), (5, "ñ")], "with the lines of the original");
}

#[test]
fn what_stays_broken_is_refused_again_with_its_own_fields() {
    let first = refusals(USAGE, "id,account,feature,day,count\n1,A,x,someday,3\n");
    let header: Vec<String> = ["id", "account", "feature", "day", "count"].map(str::to_owned).into();
    let mut file = Vec::new();
    quarantine::write(&mut file, "file.csv", &header, b',', &first).expect("written");
    let mapping = mapping(USAGE);
    let reader = FileReader::new(&mapping.files()[0], "2026-01-01".parse().expect("a day"), file.as_slice());
    let mut reader = reader.expect("a header");
    let second_header = reader.header().to_vec();
    let Some(Ok(Outcome::Refused(second))) = reader.next() else { panic!("refused") };
    let mut again = Vec::new();
    quarantine::write(&mut again, "file.csv", &second_header, b',', [&second]).expect("written");
    assert_eq!(again, file);
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(
        header in prop::bool::ANY,
        bytes in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..300),
            prop::collection::vec(prop::sample::select(b"id,;\"\n\r\t\xef\xbb\xbf\xff\xfe0123-.A\xc3\xb1".to_vec()), 0..300),
        ],
    ) {
        let mapping = mapping(USAGE);
        let mut input = if header { b"id,account,feature,day,count\n".to_vec() } else { Vec::new() };
        input.extend(bytes);
        let reader = FileReader::new(&mapping.files()[0], "2026-01-01".parse().expect("a day"), input.as_slice());
        for outcome in reader.into_iter().flatten() {
            prop_assert!(outcome.is_ok());
        }
    }

    /// Whatever the delimiter and the line ends, and whatever stands inside
    /// the quotes: what was written is what is read, row by row.
    #[test]
    fn what_is_written_is_read(
        features in prop::collection::vec("[a-zñ,;\"\\n]{0,8}[a-z]", 0..20),
        delimiter in prop::sample::select(b",;\t".to_vec()),
        windows in prop::bool::ANY,
    ) {
        let terminator = if windows { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer =
            csv::WriterBuilder::new().delimiter(delimiter).terminator(terminator).from_writer(Vec::new());
        writer.write_record(["id", "account", "feature", "day", "count"]).expect("written");
        let features: Vec<String> = features.iter().map(|feature| feature.trim().to_owned()).collect();
        for (row, feature) in features.iter().enumerate() {
            writer.write_record([&row.to_string(), "A", feature, "01-02-2025", "3"]).expect("written");
        }
        let text = String::from_utf8(writer.into_inner().expect("flushed")).expect("UTF-8");
        let read = records(USAGE, &text).into_iter().map(|record| match record {
            Record::Usage(usage) => usage.feature,
            other => panic!("{other:?}"),
        });
        prop_assert_eq!(read.collect::<Vec<_>>(), features);
    }
}
