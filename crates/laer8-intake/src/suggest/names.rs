//! What columns and files are usually called, in English and Spanish.

use crate::mapping::RecordKind;

/// `Account ID`, `accountId` and `ACCOUNT-ID` as `account_id`.
pub(crate) fn simple(name: &str) -> String {
    let mut simple = String::new();
    let mut after_small = false;
    for letter in name.trim().chars() {
        if !letter.is_alphanumeric() {
            if !simple.ends_with('_') {
                simple.push('_');
            }
            after_small = false;
            continue;
        }
        if letter.is_uppercase() && after_small {
            simple.push('_');
        }
        after_small = letter.is_lowercase() || letter.is_ascii_digit();
        simple.extend(letter.to_lowercase().map(plain));
    }
    simple.trim_matches('_').to_owned()
}

fn plain(letter: char) -> char {
    match letter {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' => 'u',
        'ñ' => 'n',
        other => other,
    }
}

/// The currency at the end of a name such as `amount_usd`.
pub(super) fn currency_in(name: &str) -> Option<&'static str> {
    let last = name.rsplit('_').next()?;
    ["USD", "EUR", "GBP", "CHF", "MXN", "COP", "ARS", "CLP", "PEN", "BRL", "CAD", "AUD", "JPY", "INR"]
        .into_iter()
        .find(|code| code.eq_ignore_ascii_case(last))
}

/// The unit at the end of a name such as `first_response_time_minutes`.
pub(super) fn unit_in(name: &str) -> Option<&'static str> {
    match name.rsplit('_').next()? {
        "s" | "sec" | "secs" | "seconds" | "segundos" => Some("seconds"),
        "min" | "mins" | "minutes" | "minutos" => Some("minutes"),
        "h" | "hrs" | "hours" | "horas" => Some("hours"),
        "days" | "dias" => Some("days"),
        _ => None,
    }
}

/// Words in the name of a file that give its kind away. Those that are part of
/// the names of other kinds stand last.
pub(super) const FILES: [(&str, RecordKind); 34] = [
    ("churn", RecordKind::ChurnEvent),
    ("cancellation", RecordKind::ChurnEvent),
    ("bajas", RecordKind::ChurnEvent),
    ("usage", RecordKind::Usage),
    ("telemetry", RecordKind::Usage),
    ("activity", RecordKind::Usage),
    ("uso", RecordKind::Usage),
    ("subscription", RecordKind::Subscription),
    ("contract", RecordKind::Subscription),
    ("suscripcion", RecordKind::Subscription),
    ("contrato", RecordKind::Subscription),
    ("ticket", RecordKind::Ticket),
    ("cases", RecordKind::Ticket),
    ("incidencia", RecordKind::Ticket),
    ("survey", RecordKind::Survey),
    ("nps", RecordKind::Survey),
    ("csat", RecordKind::Survey),
    ("encuesta", RecordKind::Survey),
    ("note", RecordKind::Note),
    ("interaction", RecordKind::Note),
    ("meeting", RecordKind::Note),
    ("nota", RecordKind::Note),
    ("contact", RecordKind::Person),
    ("people", RecordKind::Person),
    ("person", RecordKind::Person),
    ("exchange", RecordKind::ExchangeRate),
    ("account", RecordKind::Account),
    ("customer", RecordKind::Account),
    ("compan", RecordKind::Account),
    ("client", RecordKind::Account),
    ("cuenta", RecordKind::Account),
    ("feature", RecordKind::Feature),
    ("plan", RecordKind::Plan),
    ("product", RecordKind::Product),
];

type Names = &'static [(&'static str, &'static [&'static str])];

const ACCOUNT_ID: &[&str] = &[
    "account_id",
    "account",
    "customer_id",
    "customer",
    "company_id",
    "client_id",
    "organization_id",
    "org_id",
    "cuenta_id",
    "id_cuenta",
    "id_cliente",
    "cliente_id",
];
const DAY: &[&str] = &["date", "day", "created_at", "occurred_at", "timestamp", "fecha", "dia"];

const ACCOUNT_COLUMNS: Names = &[
    (
        "id",
        &[
            "account_id",
            "customer_id",
            "company_id",
            "client_id",
            "organization_id",
            "org_id",
            "id_cuenta",
            "id_cliente",
            "id",
        ],
    ),
    ("name", &["account_name", "customer_name", "company_name", "name", "company", "nombre", "empresa"]),
    ("industry", &["industry", "sector", "vertical", "industria"]),
    ("country", &["country", "country_code", "billing_country", "pais"]),
    ("domain", &["domain", "email_domain", "dominio"]),
    (
        "owner",
        &["owner_email", "csm_email", "owner", "csm", "account_owner", "account_manager", "responsable"],
    ),
    ("parent", &["parent_account_id", "parent_id", "parent_account", "parent"]),
    (
        "signed_up",
        &[
            "signup_date",
            "signed_up_at",
            "signed_up",
            "customer_since",
            "created_at",
            "created_date",
            "created",
            "start_date",
            "fecha_alta",
        ],
    ),
    ("seats", &["seats", "licenses", "asientos", "licencias"]),
    ("payment_overdue", &["payment_overdue", "past_due", "overdue"]),
];

const PERSON_COLUMNS: Names = &[
    ("id", &["contact_id", "person_id", "user_id", "id", "email"]),
    ("account", ACCOUNT_ID),
    ("since", &["created_at", "created_date", "created", "since", "start_date", "fecha_alta"]),
    ("name", &["full_name", "contact_name", "name", "nombre"]),
    ("email", &["email", "email_address", "correo"]),
    ("title", &["title", "job_title", "cargo"]),
    ("role", &["role", "rol"]),
    ("influence", &["influence"]),
    ("reports_to", &["reports_to", "reports_to_id", "manager_id"]),
    ("left", &["left", "has_left", "inactive"]),
];

const PRODUCT_COLUMNS: Names =
    &[("id", &["product_id", "product", "id"]), ("name", &["product_name", "name", "nombre"])];

const PLAN_COLUMNS: Names = &[
    ("id", &["plan_id", "plan", "id"]),
    ("name", &["plan_name", "name", "nombre"]),
    ("product", &["product_id", "product"]),
    ("upgrade", &["upgrade", "next_plan", "upgrade_to"]),
    ("included_uses", &["included_uses", "usage_limit"]),
];

const FEATURE_COLUMNS: Names = &[
    ("id", &["feature_id", "feature", "feature_key", "id"]),
    ("name", &["feature_name", "name", "nombre"]),
    ("product", &["product_id", "product"]),
    ("core", &["core", "is_core"]),
];

const SUBSCRIPTION_COLUMNS: Names = &[
    ("id", &["subscription_id", "contract_id", "id_suscripcion", "id_contrato", "id"]),
    ("account", ACCOUNT_ID),
    ("start", &["start_date", "started_at", "start", "starts_on", "fecha_inicio"]),
    ("effective_from", &["effective_from", "effective_date", "valid_from"]),
    ("end", &["end_date", "ended_at", "cancelled_at", "canceled_at", "end", "ends_on", "fecha_fin"]),
    ("plan", &["plan_id", "plan", "plan_tier", "plan_name", "tier", "product", "product_name"]),
    ("quantity", &["quantity", "seats", "licenses", "qty", "cantidad", "asientos"]),
    (
        "price",
        &[
            "mrr_amount",
            "mrr",
            "monthly_amount",
            "arr_amount",
            "arr",
            "annual_amount",
            "unit_price",
            "price",
            "amount",
            "precio",
            "importe",
        ],
    ),
    ("currency", &["currency", "currency_code", "moneda", "divisa"]),
    ("trial", &["is_trial", "trial"]),
    ("term_months", &["term_months", "contract_months", "term"]),
    ("auto_renew", &["auto_renew_flag", "auto_renew", "auto_renewal", "autorenew"]),
    ("notice_days", &["notice_days", "notice_period_days"]),
];

const USAGE_COLUMNS: Names = &[
    ("id", &["usage_id", "event_id", "id"]),
    ("account", ACCOUNT_ID),
    ("subscription", &["subscription_id", "subscription"]),
    ("person", &["user_id", "person_id", "contact_id", "user_email", "person"]),
    ("feature", &["feature_id", "feature_name", "feature", "event_name", "event", "module", "funcion"]),
    ("day", &["usage_date", "event_date", "date", "day", "timestamp", "occurred_at", "fecha"]),
    ("count", &["usage_count", "count", "uses", "events", "usos", "cantidad"]),
    (
        "seconds",
        &[
            "usage_duration_secs",
            "duration_secs",
            "duration_seconds",
            "seconds",
            "duration_minutes",
            "minutes",
            "duration",
        ],
    ),
    ("errors", &["error_count", "errors", "errores"]),
    (
        "people",
        &[
            "active_users",
            "distinct_users",
            "unique_users",
            "active_people",
            "people",
            "users",
            "usuarios_activos",
            "personas",
            "usuarios",
        ],
    ),
];

const TICKET_COLUMNS: Names = &[
    ("id", &["ticket_id", "case_id", "case_number", "id"]),
    ("account", ACCOUNT_ID),
    ("person", &["requester_id", "contact_id", "requester_email", "person"]),
    (
        "opened",
        &[
            "submitted_at",
            "opened_at",
            "created_at",
            "created",
            "opened",
            "open_date",
            "date",
            "fecha_apertura",
        ],
    ),
    ("subject", &["subject", "title", "summary", "asunto"]),
    ("priority", &["priority", "severity", "prioridad"]),
    (
        "responded",
        &[
            "first_response_at",
            "first_responded_at",
            "responded_at",
            "responded",
            "first_response_time_minutes",
            "first_response_minutes",
            "first_response_time_hours",
            "first_response_hours",
        ],
    ),
    (
        "solved",
        &[
            "solved_at",
            "closed_at",
            "resolved_at",
            "solved",
            "resolved",
            "closed",
            "resolution_time_hours",
            "resolution_hours",
            "fecha_cierre",
        ],
    ),
    ("escalated", &["escalated_at", "escalation_flag", "escalated", "is_escalated"]),
    ("sla_breached", &["sla_breached", "sla_breached_at"]),
    ("rating", &["satisfaction_score", "satisfaction_rating", "csat", "rating", "valoracion"]),
];

const SURVEY_COLUMNS: Names = &[
    ("id", &["response_id", "survey_response_id", "survey_id", "id"]),
    ("account", ACCOUNT_ID),
    ("person", &["contact_id", "person_id", "user_id", "respondent_id", "person", "email"]),
    ("kind", &["survey_type", "survey_kind", "kind", "type", "tipo"]),
    (
        "score",
        &["nps_score", "csat_score", "ces_score", "nps", "csat", "ces", "score", "rating", "puntuacion"],
    ),
    (
        "day",
        &[
            "response_date",
            "responded_at",
            "answered_at",
            "submitted_at",
            "date",
            "day",
            "created_at",
            "fecha",
        ],
    ),
    ("comment", &["comment", "feedback", "feedback_text", "verbatim", "comentario"]),
];

const CHURN_EVENT_COLUMNS: Names = &[
    ("id", &["churn_event_id", "churn_id", "event_id", "id"]),
    ("account", ACCOUNT_ID),
    ("day", &["churn_date", "churned_at", "cancellation_date", "date", "day", "fecha_baja", "fecha"]),
    ("reason", &["reason_code", "churn_reason", "reason", "motivo"]),
    ("comment", &["feedback_text", "comment", "feedback", "notes", "comentario"]),
    ("refund", &["refund_amount", "refund", "reembolso"]),
    ("currency", &["currency", "currency_code", "moneda"]),
];

const NOTE_COLUMNS: Names = &[
    ("id", &["note_id", "interaction_id", "activity_id", "meeting_id", "id"]),
    ("account", ACCOUNT_ID),
    ("person", &["contact_id", "person_id", "person"]),
    ("kind", &["interaction_type", "activity_type", "type", "kind", "tipo"]),
    ("day", DAY),
    ("two_way", &["two_way", "answered"]),
    ("author", &["author", "owner", "created_by", "autor"]),
    ("text", &["text", "note", "body", "summary", "description", "texto"]),
    ("pulse", &["pulse"]),
];

const EXCHANGE_RATE_COLUMNS: Names = &[
    ("from", &["from_currency", "from", "base_currency", "currency"]),
    ("to", &["to_currency", "to", "quote_currency"]),
    ("day", &["date", "rate_date", "day", "valid_from", "fecha"]),
    ("rate", &["exchange_rate", "rate", "tasa"]),
];

/// For each field of a kind, what its column is usually called; earlier names
/// are better.
pub(super) fn fields(kind: RecordKind) -> Names {
    match kind {
        RecordKind::Account => ACCOUNT_COLUMNS,
        RecordKind::Person => PERSON_COLUMNS,
        RecordKind::Product => PRODUCT_COLUMNS,
        RecordKind::Plan => PLAN_COLUMNS,
        RecordKind::Feature => FEATURE_COLUMNS,
        RecordKind::Subscription => SUBSCRIPTION_COLUMNS,
        RecordKind::Usage => USAGE_COLUMNS,
        RecordKind::Ticket => TICKET_COLUMNS,
        RecordKind::Survey => SURVEY_COLUMNS,
        RecordKind::ChurnEvent => CHURN_EVENT_COLUMNS,
        RecordKind::Note => NOTE_COLUMNS,
        RecordKind::ExchangeRate => EXCHANGE_RATE_COLUMNS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_in_one_way_of_writing() {
        for name in ["Account ID", "accountId", "ACCOUNT-ID", " account_id ", "account.id"] {
            assert_eq!(simple(name), "account_id", "{name}");
        }
        assert_eq!(simple("País"), "pais");
    }

    #[test]
    fn currencies_and_units_stand_at_the_end_of_names() {
        assert_eq!(currency_in("refund_amount_usd"), Some("USD"));
        assert_eq!(currency_in("refund_amount"), None);
        assert_eq!(unit_in("first_response_time_minutes"), Some("minutes"));
        assert_eq!(unit_in("closed_at"), None);
    }

    #[test]
    fn every_name_leads_to_a_field_that_exists() {
        for kind in RecordKind::ALL {
            let targets = crate::mapping::targets::targets(kind);
            for (field, _) in fields(kind) {
                assert!(targets.iter().any(|target| target.name == *field), "{} {field}", kind.key());
            }
        }
    }

    #[test]
    fn a_column_that_is_called_as_the_field_is_taken_for_it() {
        for kind in RecordKind::ALL {
            for (field, names) in fields(kind) {
                assert!(names.contains(field), "{} {field}", kind.key());
            }
        }
    }
}
