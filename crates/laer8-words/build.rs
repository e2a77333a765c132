//! Builds the crate again when a file of words is added or taken away; of the
//! files that it knows, the compiler sees changes by itself.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
}
