//! File patterns, and the name that somebody probably meant.

/// Whether `name` fits `pattern`, where `*` stands for any text and `?` for
/// one character; upper and lower case are the same.
pub(crate) fn fits(pattern: &str, name: &str) -> bool {
    let pattern: Vec<char> = pattern.to_lowercase().chars().collect();
    let name: Vec<char> = name.to_lowercase().chars().collect();
    let (mut at, mut position) = (0, 0);
    // Where the last star stood, and how much of the name it has swallowed.
    let mut star: Option<(usize, usize)> = None;
    while position < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, position));
                at += 1;
            }
            Some(mark) if *mark == '?' || *mark == name[position] => {
                at += 1;
                position += 1;
            }
            _ => {
                let Some((star_at, swallowed)) = star else { return false };
                star = Some((star_at, swallowed + 1));
                (at, position) = (star_at + 1, swallowed + 1);
            }
        }
    }
    pattern[at..].iter().all(|mark| *mark == '*')
}

/// The candidate that looks most like `name`, if one looks like it at all.
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let simple = |text: &str| -> Vec<char> {
        text.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect()
    };
    let wanted = simple(name);
    let (distance, best) = candidates
        .into_iter()
        .map(|candidate| (edits(&wanted, &simple(candidate)), candidate))
        .min_by_key(|(distance, _)| *distance)?;
    (distance <= wanted.len().max(3) / 3).then(|| best.to_owned())
}

/// How many letters must be added, removed or changed to make `b` of `a`.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks_stand_for_text() {
        for (pattern, name, expected) in [
            ("*usage*.csv", "ravenstack_feature_usage.csv", true),
            ("*usage*.csv", "USAGE.CSV", true),
            ("usage_20??.csv", "usage_2024.csv", true),
            ("usage_20??.csv", "usage_24.csv", false),
            ("accounts.csv", "accounts.csv", true),
            ("accounts.csv", "old_accounts.csv", false),
            ("*a*b", "aXbXab", true),
            ("*", "", true),
            ("?", "", false),
        ] {
            assert_eq!(fits(pattern, name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn the_nearest_name_is_offered_only_when_it_is_near() {
        let names = ["account", "subscription", "quantity"];
        assert_eq!(nearest("acount", names).as_deref(), Some("account"));
        assert_eq!(nearest("Quantity ", names).as_deref(), Some("quantity"));
        assert_eq!(nearest("colour", names), None);
    }
}
