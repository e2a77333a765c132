//! A company small enough to reckon by hand.

pub(crate) const MAPPING: &str = r#"
schema = 1
source = "crm"
currency = "EUR"
dates = ["%Y-%m-%d", "%Y-%m-%d %H:%M"]

[[plan]]
id = "Gold"
entitles = "all"

[[plan]]
id = "Silver"
entitles = "all"
upgrade = "Gold"

[[file]]
name = "accounts.csv"
record = "account"
[file.fields]
id = "id"
name = "name"
since = "signed_up"
signed_up = "signed_up"
industry = "industry"
[file.traits]
churn_flag = { column = "churned", kind = "bool", known = "imported" }

[[file]]
name = "subscriptions.csv"
record = "subscription"
[file.fields]
id = "id"
account = "account"
start = "start"
end = "end"
plan = "plan"
quantity = "seats"
price = "price"
price_basis = { constant = "total" }
price_per = "per"
term_months = { constant = 12 }

[[file]]
name = "usage.csv"
record = "usage"
[file.fields]
id = "id"
subscription = "subscription"
feature = "feature"
day = "day"
count = "count"

[[file]]
name = "tickets.csv"
record = "ticket"
[file.fields]
id = "id"
account = "account"
opened = "opened"
solved = "solved"
priority = "priority"
"#;

pub(crate) const ACCOUNTS: &str = "id,name,signed_up,industry,churned
A1,Helvetia Freight,2024-01-01,Logistics,false
A2,Nordkap,2024-02-01,Energy,true
";

pub(crate) const SUBSCRIPTIONS: &str = "id,account,start,end,plan,seats,price,per
S1,A1,2024-01-15,,Gold,4,2000,year
S2,A1,2024-03-01,2024-06-01,Silver,2,60,month
S3,A2,2024-02-01,,Silver,1,30,month
";

pub(crate) const USAGE: &str = "id,subscription,feature,day,count
U1,S1,Reports,2024-05-01,10
U2,S1,Export,2024-05-02,5
U3,S3,Reports,2024-05-03,1
";

pub(crate) const TICKETS: &str = "id,account,opened,solved,priority
T1,A1,2024-05-10 09:00,2024-05-11 10:00,high
T2,A2,2024-05-20 09:00,,urgent
";

/// The files with some of them replaced.
pub(crate) fn files(replaced: &[(&str, &str)]) -> crate::support::InMemory {
    let mut files = crate::support::InMemory::of(&[
        ("accounts.csv", ACCOUNTS),
        ("subscriptions.csv", SUBSCRIPTIONS),
        ("usage.csv", USAGE),
        ("tickets.csv", TICKETS),
    ]);
    for (name, text) in replaced {
        files.0.insert((*name).to_owned(), text.as_bytes().to_vec());
    }
    files
}
