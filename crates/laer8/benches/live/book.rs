//! Who is there, and what they do.

use crate::server::Server;
use std::{fmt::Write as _, fs, path::Path, process::Command, thread, time::Duration};

/// Accounts.
pub(crate) const ACCOUNTS: u64 = 10_000;

/// People at them.
const PEOPLE: u64 = 50_000;

/// Months of use that a book has behind it.
const MONTHS: u32 = 12;

/// How the accounts are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum People {
    /// By the events of their products.
    Introduced,
    /// From an import: with contracts and a year of use.
    OfABook,
}

/// A tracked event as the SDK for Node sends it.
pub(crate) fn event(text: &mut String, number: u64) {
    let person = number.wrapping_mul(7_919) % PEOPLE;
    let name = ["Report Exported", "Dashboard Viewed", "Comment Added"][(number % 3) as usize];
    let now = chrono::Utc::now().format("%Y-%m-%dT%H:%M:%S%.3fZ");
    write!(
        text,
        r#"{{"userId":"user-{person}","event":"{name}","properties":{{"report":"Quarterly revenue","pages":{},"format":"pdf","shared":true,"filters":["region","plan"],"duration_ms":1234.5,"url":"https://app.acme.test/reports/17?tab=2"}},"context":{{"locale":"es-ES","library":{{"name":"@segment/analytics-node","version":"2.2.1"}}}},"integrations":{{}},"type":"track","timestamp":"{now}","messageId":"node-next-1763812798456-{number:010}-6f1c-4b7e-9a51-0d3f2a7b9c11","_metadata":{{"nodeVersion":"22.11.0","jsRuntime":"node"}}}}"#,
        number % 50
    )
    .expect("memory");
}

/// Lets the server know of everybody by what products say, and waits until it
/// does.
pub(crate) fn introduce(server: &Server) {
    let agent = ureq::Agent::new_with_defaults();
    for first in (0..PEOPLE).step_by(500) {
        let told: Vec<String> = (first..first + 500)
            .map(|person| {
                let account = person % ACCOUNTS;
                format!(
                    r#"{{"type":"group","userId":"user-{person}","groupId":"account-{account}","traits":{{"name":"Account {account}"}}}}"#
                )
            })
            .collect();
        let body = format!(r#"{{"batch":[{}],"writeKey":"{}"}}"#, told.join(","), server.key());
        let url = format!("http://{}/v1/batch", server.address());
        let answer = agent.post(url).header("Content-Type", "application/json").send(body);
        assert_eq!(answer.expect("an answer").status(), 200);
    }
    while server.seen().worked_in < PEOPLE {
        thread::sleep(Duration::from_millis(50));
    }
}

/// Files of a book, with the people of [`event`] at its accounts; answers their
/// folder's mapping.
pub(crate) fn write_files(folder: &Path) {
    let today = chrono::Utc::now().date_naive();
    let (mut accounts, mut contracts, mut people, mut usage) = (
        String::from("id,name,since\n"),
        String::from("id,account,start,seats,price\n"),
        String::from("id,account,name\n"),
        String::from("id,account,day,feature,count\n"),
    );
    for account in 0..ACCOUNTS {
        let since = today - chrono::Days::new(400 + account % 700);
        writeln!(accounts, "account-{account},Account {account},{since}").expect("memory");
        writeln!(
            contracts,
            "s{account},account-{account},{since},{},{}",
            3 + account % 40,
            100 + account % 900
        )
        .expect("memory");
        for month in 0..MONTHS {
            let day = today - chrono::Days::new(u64::from(30 * month) + account % 28 + 1);
            let uses = 20 + (account + u64::from(month)) % 60;
            writeln!(usage, "u{account}-{month},account-{account},{day},Report Exported,{uses}")
                .expect("memory");
        }
    }
    for person in 0..PEOPLE {
        writeln!(people, "user-{person},account-{},Person {person}", person % ACCOUNTS).expect("memory");
    }
    let files = [
        ("accounts.csv", accounts),
        ("subscriptions.csv", contracts),
        ("people.csv", people),
        ("usage.csv", usage),
        ("mapping.toml", MAPPING.to_owned()),
    ];
    for (name, text) in files {
        fs::write(folder.join(name), text).expect("a file");
    }
}

/// Reads them in.
pub(crate) fn import(mut laer8: Command, folder: &Path) {
    let output = laer8.arg("import").arg(folder).arg("--mapping").arg(folder.join("mapping.toml")).output();
    let output = output.expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

const MAPPING: &str = r#"schema = 1
source = "product"
currency = "EUR"
dates = ["%Y-%m-%d"]

[[feature]]
id = "Report Exported"
name = "Report Exported"

[[file]]
name = "accounts.csv"
record = "account"
[file.fields]
id = "id"
name = "name"
since = "since"

[[file]]
name = "subscriptions.csv"
record = "subscription"
[file.fields]
id = "id"
account = "account"
start = "start"
plan = { constant = "Team" }
quantity = "seats"
price = "price"
price_per = { constant = "month" }
price_basis = { constant = "total" }
term_months = { constant = 12 }
auto_renew = { constant = true }

[[file]]
name = "people.csv"
record = "person"
[file.fields]
since = { import_day = true }
id = "id"
account = "account"
name = "name"

[[file]]
name = "usage.csv"
record = "usage"
[file.fields]
id = "id"
account = "account"
day = "day"
feature = "feature"
count = "count"
"#;
