//! Conditions as people type them, and as addresses write them: `plan=Pro`,
//! `arr>=50000`, `country=*`.

use laer8_domain::{
    conditions::{Condition, Limit},
    values::Value,
};
use laer8_words::{Arg, Words};

/// What stands for any value: `country=*` where it is known, `country!=*`
/// where it is not.
const ANY: &str = "*";

/// Why something is no condition. [`condition_fault`] says it in the reader's
/// language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConditionFault {
    /// It can't be understood.
    #[error("\"{0}\" is no condition; write FACET=VALUE, FACET!=VALUE, FACET>=NUMBER or FACET<NUMBER")]
    Unclear(String),
    /// What it is to be compared with is neither a number nor a day.
    #[error("\"{0}\" is not a number")]
    NotANumber(String),
}

/// What is wrong with a condition, in words.
#[must_use]
pub fn condition_fault(words: Words, fault: &ConditionFault) -> String {
    match fault {
        ConditionFault::Unclear(typed) => {
            words.say_with("error-no-condition", &[("typed", Arg::Text(typed))])
        }
        ConditionFault::NotANumber(typed) => words.say_with("table-no-limit", &[("typed", Arg::Text(typed))]),
    }
}

/// A condition from `FACET=VALUE` and its like. What holds a comma, a sign or
/// a quote is written in double quotes, with quotes inside doubled.
///
/// # Errors
/// [`ConditionFault`], which says how to write one.
pub fn parse(text: &str) -> Result<Condition, ConditionFault> {
    let (facet, rest) = facet(text).ok_or_else(|| unclear(text))?;
    let found = ["!=", ">=", "<", "="].into_iter().find_map(|sign| Some((sign, rest.strip_prefix(sign)?)));
    let (sign, value) = found.ok_or_else(|| unclear(text))?;
    let value = value.trim();
    if facet.is_empty() || value.is_empty() || value.starts_with(['=', '>']) {
        return Err(unclear(text));
    }
    let mut condition = Condition::on(&facet);
    match (sign, value) {
        (">=", _) => condition.at_least = Some(limit(value)?),
        ("<", _) => condition.below = Some(limit(value)?),
        ("!=", ANY) => condition.known = Some(false),
        (_, ANY) => condition.known = Some(true),
        ("!=", _) => condition.not = values(value).ok_or_else(|| unclear(text))?,
        _ => condition.is = values(value).ok_or_else(|| unclear(text))?,
    }
    Ok(condition)
}

/// A condition as [`parse`] reads it: a text for each thing that it asks.
#[must_use]
pub fn typed(condition: &Condition) -> Vec<String> {
    let facet =
        if condition.facet.contains(['=', '<', '>', '!', '"']) || condition.facet.trim() != condition.facet {
            quoted(&condition.facet)
        } else {
            condition.facet.clone()
        };
    let list = |values: &[Value]| {
        let mut written: Vec<String> = Vec::new();
        for value in values.iter().map(written_value) {
            if !written.contains(&value) {
                written.push(value);
            }
        }
        written.join(",")
    };
    let limit = |limit: Limit| match limit {
        Limit::Number(number) => number.to_string(),
        Limit::Day(day) => day.to_string(),
    };
    let mut texts = Vec::new();
    if !condition.is.is_empty() {
        texts.push(format!("{facet}={}", list(&condition.is)));
    }
    if !condition.not.is_empty() {
        texts.push(format!("{facet}!={}", list(&condition.not)));
    }
    texts.extend(condition.at_least.map(|least| format!("{facet}>={}", limit(least))));
    texts.extend(condition.below.map(|below| format!("{facet}<{}", limit(below))));
    texts.extend(condition.known.map(|known| format!("{facet}{}{ANY}", if known { "=" } else { "!=" })));
    texts
}

/// What a condition is on, and what stands after it.
fn facet(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start();
    if text.starts_with('"') {
        let (facet, rest) = unquoted(text)?;
        return Some((facet, rest.trim_start()));
    }
    let at = text.find(['=', '<', '>', '!'])?;
    Some((text[..at].trim().to_owned(), &text[at..]))
}

/// The text in quotes that something begins with, and what follows.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut inside = String::new();
    let mut rest = text.strip_prefix('"')?;
    loop {
        let (before, after) = rest.split_once('"')?;
        inside.push_str(before);
        match after.strip_prefix('"') {
            Some(more) => {
                inside.push('"');
                rest = more;
            }
            None => return Some((inside, after)),
        }
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn written_value(value: &Value) -> String {
    let text = value.to_string();
    let is_plain = !text.is_empty()
        && text != ANY
        && text.trim() == text
        && !text.contains([',', '"'])
        && !text.starts_with(['=', '>']);
    if is_plain { text } else { quoted(&text) }
}

fn limit(value: &str) -> Result<Limit, ConditionFault> {
    if let Ok(day) = value.parse() {
        return Ok(Limit::Day(day));
    }
    let number: Option<f64> = value.parse().ok();
    let number = number.filter(|number| number.is_finite());
    number.map(Limit::Number).ok_or_else(|| ConditionFault::NotANumber(value.to_owned()))
}

fn unclear(text: &str) -> ConditionFault {
    ConditionFault::Unclear(text.to_owned())
}

/// The values that a list may mean. None where a quote is not closed.
fn values(list: &str) -> Option<Vec<Value>> {
    let mut values = Vec::new();
    let mut rest = list.trim_start();
    while !rest.is_empty() {
        if rest.starts_with('"') {
            let (text, after) = unquoted(rest)?;
            values.push(Value::Text(text));
            rest = after.trim_start();
            if !rest.is_empty() && !rest.starts_with(',') {
                return None;
            }
        }
        let (value, after) = rest.split_once(',').unwrap_or((rest, ""));
        if !value.trim().is_empty() {
            values.extend(meanings(value.trim()));
        }
        rest = after.trim_start();
    }
    (!values.is_empty()).then_some(values)
}

/// What a text may mean: what looks like a number, a day or a flag may have been
/// imported as one, or as text.
#[must_use]
pub fn meanings(value: &str) -> Vec<Value> {
    let number = value.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::Number);
    let flag = value.parse::<bool>().ok().map(Value::Bool);
    let day = value.parse().ok().map(Value::Day);
    let text = Some(Value::Text(value.to_owned()));
    [number, flag, day, text].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sign_is_understood() {
        let is = parse("plan = Pro, Enterprise").expect("a condition");
        assert_eq!((is.facet.as_str(), is.is), ("plan", vec!["Pro".into(), "Enterprise".into()]));
        assert_eq!(parse("arr>=50000").expect("a condition").at_least, Some(50_000.0.into()));
        assert_eq!(parse("score<50").expect("a condition").below, Some(50.0.into()));
        assert_eq!(parse("band!=healthy").expect("a condition").not, vec!["healthy".into()]);
        assert_eq!(parse("country=*").expect("a condition").known, Some(true));
        assert_eq!(parse("country!=*").expect("a condition").known, Some(false));
        let day = "2025-03-01".parse().expect("a day");
        assert_eq!(parse("signed_up>=2025-03-01").expect("a condition").at_least, Some(Limit::Day(day)));
    }

    #[test]
    fn what_looks_like_a_number_may_be_one_or_a_text() {
        let is = parse("site=12").expect("a condition").is;
        assert_eq!(is, vec![Value::Number(12.0), Value::from("12")]);
        assert_eq!(parse("churned=true").expect("a condition").is[0], Value::Bool(true));
    }

    #[test]
    fn what_is_no_condition_says_how_to_write_one() {
        for text in
            ["plan", "=Pro", "plan=", "arr>5", "arr<=5", "arr=>5", "plan=\"Pro", "plan=\"A\"B", "plan=,"]
        {
            let error = parse(text).expect_err(text).to_string();
            assert!(error.contains("write FACET=VALUE"), "{text}: {error}");
        }
        assert_eq!(parse("arr>=lots").expect_err("no number").to_string(), "\"lots\" is not a number");
    }

    #[test]
    fn what_is_wrong_is_said_in_the_readers_language() {
        use laer8_words::Language;
        let said = |language, text| condition_fault(Words::new(language), &parse(text).expect_err("a fault"));
        assert!(said(Language::En, "plan").starts_with("“plan” is no condition"));
        assert!(said(Language::Es, "plan").starts_with("«plan» no es una condición"));
        assert_ne!(said(Language::Es, "arr>=lots"), said(Language::En, "arr>=lots"));
    }

    #[test]
    fn what_is_written_is_read_as_it_was() {
        for value in ["Pro", "Food, Drink", "12\" screens", "*", " spaced ", "=sum", "a\",b", "España"] {
            for facet in ["plan", "a=b", "say \"x\"", " led"] {
                let condition = Condition { is: vec![value.into(), "Other".into()], ..Condition::on(facet) };
                let [text] = &typed(&condition)[..] else { panic!("one text") };
                assert_eq!(parse(text).as_ref(), Ok(&condition), "{text}");
            }
        }
        let range =
            Condition { at_least: Some(0.5.into()), below: Some(90.0.into()), ..Condition::on("score") };
        assert_eq!(typed(&range), ["score>=0.5", "score<90"]);
        let known = Condition { known: Some(false), ..Condition::on("country") };
        assert_eq!(typed(&known), ["country!=*"]);
    }
}
