//! A shop's database: four tables in a PostgreSQL that goes away with the test.

use laer8_testkit::{Engine, TestDatabase};
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database};
use serde_json::{Value, json};

const TABLES: &str = r#"
CREATE TABLE accounts (id text PRIMARY KEY, name text, country text,
    created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL);
CREATE TABLE subscriptions (id integer PRIMARY KEY, account_id text, plan text, seats integer,
    price numeric(10, 2), started_on date, ended_on date, updated_at timestamptz NOT NULL);
CREATE TABLE usage (id bigint PRIMARY KEY, account_id text, feature text, day date, uses integer,
    updated_at timestamptz NOT NULL);
CREATE TABLE tickets (id uuid PRIMARY KEY, account_id text, opened_at timestamptz, solved_at timestamptz,
    priority text, updated_at timestamptz NOT NULL);

INSERT INTO accounts VALUES
    ('A1', 'Acme, "GmbH"', 'DE', '2026-01-05', '2026-01-05'),
    ('A2', 'Bolt', 'ES', '2026-01-20 09:30+02', '2026-01-21'),
    ('A3', 'Núñez y Año', 'MX', '2026-02-01', '2026-02-02'),
    ('A4', 'Nordkap', NULL, '2026-02-10', '2026-02-10');
INSERT INTO subscriptions VALUES
    (1, 'A1', 'pro', 3, 100.50, '2026-01-10', NULL, '2026-01-10'),
    (2, 'A2', 'pro', 10, 900.00, '2026-02-01', NULL, '2026-02-01'),
    (3, 'A3', 'pro', 1, 100.00, '2026-02-15', NULL, '2026-02-15'),
    (4, 'A4', 'pro', 1, 50.00, '2026-02-15', '2026-04-15', '2026-04-15');
INSERT INTO usage SELECT n, 'A' || 1 + n % 4, CASE WHEN n % 2 = 0 THEN 'Reports' ELSE 'Export' END,
    date '2026-03-01' + n, n, timestamptz '2026-03-01' + n * interval '1 day' FROM generate_series(1, 60) n;
INSERT INTO tickets VALUES
    ('6f1f6d4e-0000-4000-8000-000000000001', 'A1', '2026-03-01 10:00', '2026-03-02 10:00', 'high', '2026-03-02'),
    ('6f1f6d4e-0000-4000-8000-000000000002', 'A2', '2026-03-05 10:00', NULL, 'low', '2026-03-05'),
    ('6f1f6d4e-0000-4000-8000-000000000003', 'A2', '2026-03-07 10:00', NULL, 'urgent', '2026-03-07');
"#;

const CHANGES: &str = r#"
UPDATE accounts SET name = 'Bolt & Sons', updated_at = now() WHERE id = 'A2';
INSERT INTO accounts VALUES ('A5', 'Fünf', 'AT', now(), now());
UPDATE subscriptions SET ended_on = current_date, updated_at = now() WHERE id = 3;
INSERT INTO usage VALUES (61, 'A2', 'Reports', current_date, 5, now()), (62, 'A5', 'Reports', current_date, 6, now());
UPDATE tickets SET solved_at = now(), updated_at = now() WHERE id = '6f1f6d4e-0000-4000-8000-000000000002';
"#;

/// The database.
pub(crate) struct Shop {
    database: TestDatabase,
}

impl Shop {
    /// With what it has at first.
    pub(crate) fn open() -> Self {
        let shop = Self { database: TestDatabase::new(Engine::Postgres) };
        shop.execute(TABLES);
        shop
    }

    /// Something of everything changes.
    pub(crate) fn change(&self) {
        self.execute(CHANGES);
    }

    /// Much is used.
    pub(crate) fn use_much(&self, rows: u32) {
        self.execute(&format!(
            "INSERT INTO usage SELECT n, 'A' || 1 + n % 4, 'F' || n % 9, date '2026-05-01' + (n % 31)::int, 1, \
             timestamptz '2026-05-01' + n * interval '1 second' FROM generate_series(1000, {}) n",
            1_000 + rows - 1
        ));
    }

    fn execute(&self, statements: &str) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let mut options = ConnectOptions::new(self.database.url.clone());
            options.max_connections(1).sqlx_logging(false);
            let db = Database::connect(options).await.expect("the database");
            db.execute_unprepared(statements).await.expect("done");
            db.close().await.expect("closed");
        });
    }

    /// How Python's driver reaches it: host (or the folder of its socket), port,
    /// user, password and name.
    pub(crate) fn place(&self) -> Place {
        let rest = self.database.url.split_once("://").map_or("", |(_, rest)| rest);
        let (who, rest) = rest.rsplit_once('@').unwrap_or(("postgres", rest));
        let (place, name) = rest.split_once('/').unwrap_or((rest, "postgres"));
        let (user, password) = who.split_once(':').unwrap_or((who, "none"));
        let (host, port) = match place.split_once(':') {
            Some((host, port)) => (host, port.parse().unwrap_or(5432)),
            None => (place, 5432),
        };
        Place {
            host: host.replace("%2F", "/"),
            port,
            user: user.to_owned(),
            password: password.to_owned(),
            name: name.split('?').next().unwrap_or(name).to_owned(),
        }
    }
}

/// Where a database is.
pub(crate) struct Place {
    host: String,
    port: u16,
    user: String,
    password: String,
    name: String,
}

impl Place {
    /// For the tap of Meltano, which wants a host in the address and takes the
    /// folder of a socket as an option.
    pub(crate) fn for_meltano(&self) -> Value {
        let Self { host, port, user, password, name } = self;
        let url = format!("postgresql+psycopg2://{user}:{password}@localhost:{port}/{name}?host={host}");
        json!({ "sqlalchemy_url": url, "filter_schemas": ["public"] })
    }

    /// For the tap of PipelineWise.
    pub(crate) fn for_pipelinewise(&self) -> Value {
        json!({
            "host": self.host,
            "port": self.port,
            "user": self.user,
            "password": self.password,
            "dbname": self.name,
            "filter_schemas": "public",
        })
    }
}
