//! Recurring revenue: ledger, movements, retention, cohorts.
