//! The marks that each language writes.

use crate::catalogue::messages;
use laer8_words::Language;

fn texts(language: Language) -> Vec<(String, String)> {
    let texts = messages(language).into_iter();
    texts.flat_map(|(id, message)| message.texts.into_iter().map(move |text| (id.clone(), text))).collect()
}

#[test]
fn nothing_is_typed_as_on_a_typewriter() {
    for language in Language::ALL {
        for (id, text) in texts(language) {
            assert!(!text.contains("..."), "{language:?} {id}: write … as one sign");
            assert!(!text.contains("--") || text.contains(" --"), "{language:?} {id}: write a dash");
            let quotes_a_setting = text.contains("= \"");
            assert!(!text.contains('"') || quotes_a_setting, "{language:?} {id}: write “ ” or « »");
        }
    }
}

#[test]
fn spanish_has_its_own_quotes_and_opening_marks_and_a_space_before_per_cent() {
    for (id, text) in texts(Language::Es) {
        assert!(!text.contains(['“', '”']), "{id}: write « »");
        assert!(!text.contains(" %"), "{id}: write a no-break space before %");
    }
    for (id, message) in messages(Language::Es) {
        // A placeable may stand between the two marks.
        let text = message.texts.concat();
        assert_eq!(text.contains('?'), text.contains('¿'), "{id}: a question opens with ¿");
    }
}

#[test]
fn nobody_shouts_and_nobody_is_addressed_as_usted() {
    for language in Language::ALL {
        assert!(texts(language).iter().all(|(_, text)| !text.replace("!=", "").contains('!')));
    }
    for (id, text) in texts(Language::Es) {
        let lower = text.to_lowercase();
        let mut words = lower.split(|letter: char| !letter.is_alphabetic());
        let forms = ["usted", "ustedes", "vosotros", "puedes", "puede usted", "tienes"];
        assert!(!words.any(|word| forms.contains(&word)), "{id}: {text}");
    }
}
