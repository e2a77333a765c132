//! How the sentences read when they are filled in.

use laer8_words::{Arg, Language, Words};

type Args<'a> = &'a [(&'a str, Arg<'a>)];

fn both(key: &str, args: Args<'_>) -> (String, String) {
    let said = |language| Words::new(language).say_with(key, args).replace('\u{a0}', "_");
    (said(Language::En), said(Language::Es))
}

fn reads(key: &str, args: Args<'_>, english: &str, spanish: &str) {
    assert_eq!(both(key, args), (english.to_owned(), spanish.to_owned()));
}

#[test]
fn a_signal_says_why_in_one_line() {
    reads(
        "signal-silence.reason",
        &[("days", 31_i64.into()), ("usual", 2_i64.into())],
        "No use for 31 days; usually every 2 days",
        "Sin uso desde hace 31 días; lo habitual es cada 2 días",
    );
    reads(
        "signal-silence.reason",
        &[("days", 15_i64.into()), ("usual", 1_i64.into())],
        "No use for 15 days; usually every day",
        "Sin uso desde hace 15 días; lo habitual es cada día",
    );
    reads(
        "signal-score-drop.reason",
        &[("points", "18".into()), ("days", 30_i64.into()), ("score", "44".into())],
        "Score fell 18 points in 30 days, now 44",
        "La puntuación ha bajado 18 puntos en 30 días; ahora es 44",
    );
    reads(
        "signal-renewal-debt.reason",
        &[("days", 74_i64.into()), ("unmet", 2_i64.into())],
        "Renews in 74 days with 2 adoption goals unmet",
        "Renueva en 74 días con 2 objetivos de adopción sin cumplir",
    );
    reads(
        "signal-renewal-debt.leaving",
        &[("days", 0_i64.into()), ("unmet", 1_i64.into())],
        "Ends today, notice given, with 1 adoption goal unmet",
        "Termina hoy, con preaviso dado y 1 objetivo de adopción sin cumplir",
    );
}

#[test]
fn a_signal_names_who_and_what() {
    reads(
        "signal-escalation.reason",
        &[("tickets", 1_i64.into()), ("days", 9_i64.into())],
        "1 escalated ticket open for 9 days",
        "1 ticket escalado sin resolver desde hace 9 días",
    );
    reads(
        "signal-escalation.reason",
        &[("tickets", 3_i64.into()), ("days", 1_i64.into())],
        "3 escalated tickets open, the first for 1 day",
        "3 tickets escalados sin resolver, el primero desde hace 1 día",
    );
    reads(
        "signal-works-unused.reason",
        &[("percent", "41%".into())],
        "It works, but only 41% of its potential is used",
        "Funciona, pero solo se aprovecha el 41% de su potencial",
    );
    reads(
        "signal-seats-full.reason",
        &[("used", 171_i64.into()), ("seats", 180_i64.into())],
        "171 of 180 seats in use",
        "171 de 180 plazas en uso",
    );
    reads(
        "signal-outgrown.reason",
        &[("uses", 12_400_i64.into()), ("included", 10_000_i64.into()), ("month", "2026-03".into())],
        "12,400 of 10,000 included uses in 2026-03",
        "12.400 de 10.000 usos incluidos en 2026-03",
    );
    reads(
        "signal-champion-lost.reason",
        &[("name", "Jana Amrein".into()), ("role", "champion".into()), ("day", "2 Oct".into())],
        "Jana Amrein (champion) left on 2 Oct and nobody took over",
        "Jana Amrein (champion) se fue el 2 Oct y nadie ha tomado el relevo",
    );
    reads(
        "signal-payment-risk.reason",
        &[("days", 0_i64.into())],
        "Payment overdue since today",
        "Pago atrasado desde hoy",
    );
}

#[test]
fn the_terminal_says_what_happened_and_what_to_do() {
    reads(
        "stale-notice",
        &[("newest", "31 Dec 2024".into())],
        "The newest fact is from 31 Dec 2024. Showing that day; use --as-of today for today.",
        "El dato más reciente es del 31 Dec 2024. Se muestra ese día; para ver hoy, usar --as-of today.",
    );
    reads(
        "today-count",
        &[("count", 0_i64.into()), ("stake", "€0".into())],
        "Nothing needs you today.",
        "Hoy no hay nada que atender.",
    );
    reads(
        "today-count",
        &[("count", 14_i64.into()), ("stake", "€1.26M".into())],
        "14 accounts need a look; €1.26M is at stake.",
        "14 cuentas piden atención; hay €1.26M en juego.",
    );
    reads(
        "what-if-changed",
        &[("accounts", 41_i64.into()), ("arr", "€620k".into())],
        "41 accounts with €620k ARR change band.",
        "41 cuentas con €620k de ARR cambian de banda.",
    );
    reads(
        "import-refused-line",
        &[("reason", "Not a date".into()), ("rows", 1_i64.into()), ("line", 1_204_i64.into())],
        "Not a date: 1 row, the first in line 1,204",
        "Not a date: 1 fila, la primera en la línea 1204",
    );
    reads(
        "demo-created",
        &[
            ("accounts", 300_i64.into()),
            ("usage", 412_000_i64.into()),
            ("years", 3_i64.into()),
            ("seed", "8".into()),
        ],
        "300 accounts and 412,000 usage rows over 3 years, from seed 8.",
        "300 cuentas y 412.000 filas de uso a lo largo de 3 años, a partir de la semilla 8.",
    );
}
