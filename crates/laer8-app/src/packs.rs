//! The configuration that ships with Laer8, read into the program when it is
//! built.

/// A document of a pack.
pub(crate) struct PackDocument {
    pub(crate) kind: &'static str,
    pub(crate) key: &'static str,
    pub(crate) body: &'static str,
}

macro_rules! document {
    ($kind:literal, $key:literal, $path:literal) => {
        PackDocument {
            kind: $kind,
            key: $key,
            body: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs/", $path)),
        }
    };
}

/// Software sold to businesses: what a new workspace starts with.
pub(crate) const B2B_SAAS: [PackDocument; 10] = [
    document!("identity", "identity", "b2b-saas/identity.toml"),
    document!("journey", "journey", "b2b-saas/journey.toml"),
    document!("measures", "measures", "b2b-saas/measures.toml"),
    document!("scorecard", "adoption", "b2b-saas/scorecards/adoption.toml"),
    document!("scorecard", "enterprise_renewal", "b2b-saas/scorecards/enterprise_renewal.toml"),
    document!("scorecard", "growth", "b2b-saas/scorecards/growth.toml"),
    document!("scorecard", "onboarding", "b2b-saas/scorecards/onboarding.toml"),
    document!("scorecard", "renewal", "b2b-saas/scorecards/renewal.toml"),
    document!("segments", "segments", "b2b-saas/segments.toml"),
    document!("signals", "signals", "b2b-saas/signals.toml"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_of_the_pack_is_shipped() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs/b2b-saas");
        let count = |path: &str| {
            let entries = std::fs::read_dir(path).expect("the pack");
            entries.filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path().is_file())).count()
        };
        assert_eq!(count(folder) + count(&format!("{folder}/scorecards")), B2B_SAAS.len());
    }
}
