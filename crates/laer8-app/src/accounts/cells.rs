//! One column of the sheet: a value for each account, kept so that choosing,
//! sorting and counting look at numbers only.

use laer8_domain::{conditions::Condition, values::Value};
use rustc_hash::FxHashMap;
use std::{
    cmp::Ordering,
    hash::{Hash, Hasher},
};

/// The code of an account without a value.
const NONE: u32 = u32::MAX;

/// The values of all accounts in one column, by the position of the account.
#[derive(Debug, Clone)]
pub(crate) enum Cells {
    /// Numbers; what is unknown is not a number.
    Numbers(Vec<f64>),
    /// Anything else, each distinct value once.
    Coded {
        /// The distinct values, in order. An account may have several at once.
        distinct: Vec<Vec<Value>>,
        /// Which of them each account has.
        codes: Vec<u32>,
    },
}

/// In which order values stand.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Places<'a> {
    /// As they are: numbers, days and words each by their own order.
    Natural,
    /// As they stand in this list.
    Listed(&'a [&'a str]),
    /// The fewer values come first.
    Count,
}

/// Values as the key of a map.
struct Distinct(Vec<Value>);

impl PartialEq for Distinct {
    fn eq(&self, other: &Self) -> bool {
        same(&self.0, &other.0)
    }
}

fn same(a: &[Value], b: &[Value]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| place(a) == place(b))
}

impl Eq for Distinct {}

impl Hash for Distinct {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.iter().for_each(|value| place(value).hash(state));
    }
}

/// Where a value stands among those of its kind; words are told apart exactly.
fn place(value: &Value) -> (u8, i64, &str) {
    match value {
        Value::Bool(flag) => (0, i64::from(!flag), ""),
        Value::Number(number) => {
            let bits = number.to_bits().cast_signed();
            // The order of the bits is that of the numbers, once those of negative ones are turned around.
            (1, bits ^ ((bits >> 63) & i64::MAX), "")
        }
        Value::Day(day) => (2, (*day - laer8_domain::days::Day::default()).num_days(), ""),
        Value::Text(text) => (3, 0, text),
    }
}

impl Cells {
    /// Of numbers that may be unknown.
    pub(crate) fn numbers(values: impl Iterator<Item = Option<f64>>) -> Self {
        Self::Numbers(values.map(|value| value.unwrap_or(f64::NAN)).collect())
    }

    /// Of any values; numbers alone are kept as such.
    pub(crate) fn of(values: Vec<Option<&Value>>) -> Self {
        let are_numbers = values.iter().flatten().all(|value| value.as_number().is_some());
        if are_numbers && values.iter().any(Option::is_some) {
            return Self::numbers(values.into_iter().map(|value| value.and_then(Value::as_number)));
        }
        let owned = values.into_iter().map(|value| value.cloned().into_iter().collect());
        Self::coded(owned, Places::Natural)
    }

    /// Of the values of each account; of one without any, it is unknown.
    pub(crate) fn coded(values: impl Iterator<Item = Vec<Value>>, places: Places<'_>) -> Self {
        let mut numbers: FxHashMap<Distinct, u32> = FxHashMap::default();
        let mut next = 0;
        let mut codes: Vec<u32> = Vec::new();
        for values in values {
            if values.is_empty() {
                codes.push(NONE);
                continue;
            }
            let code = *numbers.entry(Distinct(values)).or_insert_with(|| {
                next += 1;
                next - 1
            });
            codes.push(code);
        }
        let mut sorted: Vec<(Vec<Value>, u32)> =
            numbers.into_iter().map(|(values, code)| (values.0, code)).collect();
        sorted.sort_by_cached_key(|(values, _)| order(values, places));
        let mut ranks = vec![NONE; sorted.len()];
        for (rank, (_, code)) in (0_u32..).zip(&sorted) {
            ranks[*code as usize] = rank;
        }
        for code in codes.iter_mut().filter(|code| **code != NONE) {
            *code = ranks[*code as usize];
        }
        Self::Coded { distinct: sorted.into_iter().map(|(values, _)| values).collect(), codes }
    }

    /// Puts another number in the place of an account's.
    pub(crate) fn set_number(&mut self, position: usize, number: Option<f64>) {
        if let Self::Numbers(numbers) = self {
            numbers[position] = number.unwrap_or(f64::NAN);
        }
    }

    /// Puts other values in the place of an account's; afterwards everything is
    /// as if the column had been made of them.
    pub(crate) fn set(&mut self, position: usize, values: Vec<Value>, places: Places<'_>) {
        let Self::Coded { distinct, codes } = self else { return };
        let old = std::mem::replace(&mut codes[position], NONE);
        if let Some(before) = distinct.get(old as usize) {
            if same(before, &values) {
                codes[position] = old;
                return;
            }
            if !codes.contains(&old) {
                distinct.remove(old as usize);
                codes.iter_mut().filter(|code| **code != NONE && **code > old).for_each(|code| *code -= 1);
            }
        }
        if values.is_empty() {
            return;
        }
        let wanted = order(&values, places);
        let found = distinct.binary_search_by(|other| order(other, places).cmp(&wanted));
        let place = found.unwrap_or_else(|place| place);
        let Ok(code) = u32::try_from(place) else { return };
        if found.is_err() {
            distinct.insert(place, values);
            codes.iter_mut().filter(|other| **other != NONE && **other >= code).for_each(|other| *other += 1);
        }
        codes[position] = code;
    }

    /// The values of an account.
    pub(crate) fn values(&self, position: usize) -> Vec<Value> {
        match self {
            Self::Numbers(numbers) => known(numbers[position]).map(Value::Number).into_iter().collect(),
            Self::Coded { distinct, codes } => {
                distinct.get(codes[position] as usize).cloned().unwrap_or_default()
            }
        }
    }

    /// The number of an account; none where it is unknown or no number.
    pub(crate) fn number(&self, position: usize) -> Option<f64> {
        match self {
            Self::Numbers(numbers) => known(numbers[position]),
            Self::Coded { .. } => None,
        }
    }

    /// Which of the distinct values an account has; none where it is unknown,
    /// or a number.
    pub(crate) fn code(&self, position: usize) -> Option<usize> {
        match self {
            Self::Numbers(_) => None,
            Self::Coded { codes, .. } => {
                let code = codes[position];
                (code != NONE).then_some(code as usize)
            }
        }
    }

    /// Marks the accounts for which not all of the conditions hold.
    pub(crate) fn fail(&self, conditions: &[&Condition], mut mark: impl FnMut(usize)) {
        let holds = |values: &[Value]| conditions.iter().all(|condition| condition.holds_for(values));
        let of_unknown = holds(&[]);
        match self {
            Self::Numbers(numbers) => {
                for (position, number) in numbers.iter().enumerate() {
                    let passes = match known(*number) {
                        Some(number) => holds(&[Value::Number(number)]),
                        None => of_unknown,
                    };
                    if !passes {
                        mark(position);
                    }
                }
            }
            Self::Coded { distinct, codes } => {
                let passing: Vec<bool> = distinct.iter().map(|values| holds(values)).collect();
                for (position, code) in codes.iter().enumerate() {
                    if !passing.get(*code as usize).copied().unwrap_or(of_unknown) {
                        mark(position);
                    }
                }
            }
        }
    }

    /// How two accounts stand to each other; what is unknown comes last
    /// whichever way.
    pub(crate) fn order(&self, a: usize, b: usize, descending: bool) -> Ordering {
        let (order, any_unknown) = match self {
            Self::Numbers(numbers) => {
                let (a, b) = (numbers[a], numbers[b]);
                if a.is_nan() || b.is_nan() {
                    (a.is_nan().cmp(&b.is_nan()), true)
                } else {
                    (a.total_cmp(&b), false)
                }
            }
            Self::Coded { codes, .. } => (codes[a].cmp(&codes[b]), codes[a] == NONE || codes[b] == NONE),
        };
        if descending && !any_unknown { order.reverse() } else { order }
    }
}

fn known(number: f64) -> Option<f64> {
    (!number.is_nan()).then_some(number)
}

/// By what distinct values are sorted: words without regard to case first.
fn order(values: &[Value], places: Places<'_>) -> (usize, Vec<(u8, i64, String, String)>) {
    let natural = values.iter().map(|value| {
        let (kind, number, text) = place(value);
        (kind, number, text.to_lowercase(), text.to_owned())
    });
    let first = match places {
        Places::Natural => 0,
        Places::Count => values.len(),
        Places::Listed(list) => {
            let of = |value: &Value| list.iter().position(|name| value.as_text() == Some(name));
            values.first().and_then(of).unwrap_or(list.len())
        }
    };
    (first, natural.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(cells: &Cells, descending: bool, count: usize) -> Vec<usize> {
        let mut positions: Vec<usize> = (0..count).collect();
        positions.sort_by(|a, b| cells.order(*a, *b, descending));
        positions
    }

    #[test]
    fn what_is_unknown_comes_last_whichever_way() {
        let numbers = Cells::numbers([Some(2.0), None, Some(-1.0)].into_iter());
        assert_eq!(sorted(&numbers, false, 3), [2, 0, 1]);
        assert_eq!(sorted(&numbers, true, 3), [0, 2, 1]);
        let words = [vec!["b".into()], vec![], vec!["A".into()]];
        let words = Cells::coded(words.into_iter(), Places::Natural);
        assert_eq!(sorted(&words, false, 3), [2, 0, 1]);
        assert_eq!(sorted(&words, true, 3), [0, 2, 1]);
    }

    #[test]
    fn a_column_with_another_value_is_as_if_it_had_been_made_of_it() {
        let words = |words: &[&str]| -> Vec<Vec<Value>> {
            let one = |word: &&str| Some(*word).filter(|word| !word.is_empty()).map(Value::from);
            words.iter().map(|word| one(word).into_iter().collect()).collect()
        };
        let places = Places::Listed(&["b", "a", "c", "d"]);
        let told = |cells: &Cells| match cells {
            Cells::Coded { distinct, codes } => (distinct.clone(), codes.clone()),
            Cells::Numbers(_) => panic!("words are no numbers"),
        };
        let before = ["a", "b", "b", "", "d"];
        for position in 0..before.len() {
            for word in ["a", "b", "c", "d", ""] {
                let mut after = before;
                after[position] = word;
                let mut cells = Cells::coded(words(&before).into_iter(), places);
                cells.set(position, words(&[word]).remove(0), places);
                let afresh = Cells::coded(words(&after).into_iter(), places);
                assert_eq!(told(&cells), told(&afresh), "{word:?} at {position}");
            }
        }
    }

    #[test]
    fn values_of_several_kinds_stand_in_one_column() {
        let values: [Value; 5] = ["x".into(), 10.0.into(), true.into(), (-3.0).into(), 2.0.into()];
        let cells = Cells::of(values.iter().map(Some).collect());
        assert_eq!(sorted(&cells, false, 5), [2, 3, 4, 1, 0]);
        assert_eq!(cells.values(1), [Value::Number(10.0)]);
    }

    #[test]
    fn a_list_gives_its_own_order() {
        let values = [vec![Value::from("renew")], vec!["land".into()], vec!["former".into()]];
        let cells = Cells::coded(values.into_iter(), Places::Listed(&["land", "renew", "former"]));
        assert_eq!(sorted(&cells, false, 3), [1, 0, 2]);
    }
}
