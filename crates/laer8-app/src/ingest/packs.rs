//! The mappings of known taps that ship with Laer8.

use crate::AppError;

/// The shipped mappings of Singer taps: what each is called, and the mapping.
pub const SINGER_PACKS: [(&str, &str); 4] = [
    ("hubspot", include_str!("../../../../packs/singer/hubspot.toml")),
    ("salesforce", include_str!("../../../../packs/singer/salesforce.toml")),
    ("stripe", include_str!("../../../../packs/singer/stripe.toml")),
    ("zendesk", include_str!("../../../../packs/singer/zendesk.toml")),
];

/// The shipped mapping of that name.
///
/// # Errors
/// [`AppError::NotFound`], which lists those that there are.
pub fn singer_pack(name: &str) -> Result<&'static str, AppError> {
    let found = SINGER_PACKS.iter().find(|(pack, _)| *pack == name);
    found.map(|(_, mapping)| *mapping).ok_or_else(|| {
        let names: Vec<&str> = SINGER_PACKS.iter().map(|(pack, _)| *pack).collect();
        let hint = format!("; the shipped mappings are {}", names.join(", "));
        AppError::NotFound { kind: "mapping", name: name.to_owned(), hint }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use laer8_intake::mapping::Mapping;

    #[test]
    fn every_mapping_of_a_tap_is_shipped_and_can_be_read() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs/singer");
        assert_eq!(std::fs::read_dir(folder).expect("the packs").count(), SINGER_PACKS.len());
        for (name, text) in SINGER_PACKS {
            let mapping = Mapping::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(mapping.source(), name);
        }
    }

    #[test]
    fn an_unknown_one_is_told_the_others() {
        let error = singer_pack("hubsopt").expect_err("misspelt").to_string();
        assert_eq!(
            error,
            "there is no mapping \"hubsopt\"; the shipped mappings are hubspot, salesforce, stripe, zendesk"
        );
    }
}
