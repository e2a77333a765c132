//! The Fluent files as they are written, for the other tests.

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};
use laer8_words::Language;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// A message or an attribute of one.
pub(crate) struct Message {
    pub(crate) file: String,
    /// The arguments that it names.
    pub(crate) arguments: BTreeSet<String>,
    /// All its texts, those of every plural, without the placeables.
    pub(crate) texts: Vec<String>,
}

/// The messages of a language by id (`message` or `message.attribute`).
pub(crate) fn messages(language: Language) -> BTreeMap<String, Message> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language.key());
    let mut messages = BTreeMap::new();
    for file in fs::read_dir(folder).expect("the folder of the language") {
        let path = file.expect("a file").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let source = fs::read_to_string(&path).expect("a text");
        let resource = parser::parse(source.as_str())
            .unwrap_or_else(|(_, faults)| panic!("{language:?}/{name} is not Fluent: {faults:?}"));
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            let mut add = |id: String, pattern: &Pattern<&str>| {
                let mut found = Message { file: name.clone(), arguments: BTreeSet::new(), texts: Vec::new() };
                read(pattern, &mut found);
                assert!(messages.insert(id.clone(), found).is_none(), "{language:?}: {id} is written twice");
            };
            if let Some(pattern) = &message.value {
                add(message.id.name.to_owned(), pattern);
            }
            for attribute in &message.attributes {
                add(format!("{}.{}", message.id.name, attribute.id.name), &attribute.value);
            }
        }
    }
    messages
}

fn read(pattern: &Pattern<&str>, message: &mut Message) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => message.texts.push((*value).to_owned()),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => argument(inline, message),
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                argument(selector, message);
                for variant in variants {
                    read(&variant.value, message);
                }
            }
        }
    }
}

fn argument(expression: &InlineExpression<&str>, message: &mut Message) {
    if let InlineExpression::VariableReference { id } = expression {
        message.arguments.insert(id.name.to_owned());
    }
}
