//! Conditions as people type them: `plan=Pro`, `arr>=50000`.

use laer8_domain::{conditions::Condition, values::Value};

/// A condition from `FACET=VALUE` and its like.
///
/// # Errors
/// A sentence that says how to write one.
pub fn parse(text: &str) -> Result<Condition, String> {
    let found = ["!=", ">=", "<", "="]
        .into_iter()
        .filter_map(|sign| text.find(sign).map(|at| (at, sign)))
        .min_by_key(|(at, sign)| (*at, std::cmp::Reverse(sign.len())));
    let Some((at, sign)) = found else { return Err(unclear(text)) };
    let (facet, value) = (text[..at].trim(), text[at + sign.len()..].trim());
    if facet.is_empty() || value.is_empty() || facet.ends_with('>') || value.starts_with(['=', '>']) {
        return Err(unclear(text));
    }
    let mut condition = Condition {
        facet: facet.to_owned(),
        is: Vec::new(),
        not: Vec::new(),
        at_least: None,
        below: None,
        known: None,
    };
    let number = || {
        let number: Result<f64, _> = value.parse();
        number.ok().filter(|number| number.is_finite()).ok_or_else(|| format!("\"{value}\" is not a number"))
    };
    match sign {
        ">=" => condition.at_least = Some(number()?),
        "<" => condition.below = Some(number()?),
        "!=" => condition.not = values(value),
        _ => condition.is = values(value),
    }
    Ok(condition)
}

fn unclear(text: &str) -> String {
    format!("\"{text}\" is no condition; write FACET=VALUE, FACET!=VALUE, FACET>=NUMBER or FACET<NUMBER")
}

/// The values that a list may mean: what looks like a number, a day or a flag
/// may have been imported as one, or as text.
fn values(list: &str) -> Vec<Value> {
    list.split(',').map(str::trim).filter(|value| !value.is_empty()).flat_map(readings).collect()
}

fn readings(value: &str) -> Vec<Value> {
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
        assert_eq!(parse("arr>=50000").expect("a condition").at_least, Some(50_000.0));
        assert_eq!(parse("score<50").expect("a condition").below, Some(50.0));
        assert_eq!(parse("band!=healthy").expect("a condition").not, vec!["healthy".into()]);
    }

    #[test]
    fn what_looks_like_a_number_may_be_one_or_a_text() {
        let is = parse("site=12").expect("a condition").is;
        assert_eq!(is, vec![Value::Number(12.0), Value::from("12")]);
        assert_eq!(parse("churned=true").expect("a condition").is[0], Value::Bool(true));
    }

    #[test]
    fn what_is_no_condition_says_how_to_write_one() {
        for text in ["plan", "=Pro", "plan=", "arr>5", "arr<=5", "arr=>5"] {
            let error = parse(text).expect_err(text);
            assert!(error.contains("write FACET=VALUE"), "{text}: {error}");
        }
        assert_eq!(parse("arr>=lots").expect_err("no number"), "\"lots\" is not a number");
    }
}
