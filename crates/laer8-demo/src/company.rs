//! The vendor itself: its name, its currency, and who looks after customers.

use laer8_domain::money::Currency;

/// What the demo company is called. Invented.
pub const VENDOR: &str = "Almadra";

/// The currency that it reports in; about a quarter of its accounts pay in
/// dollars.
pub const CURRENCY: Currency = Currency::EUR;

/// A customer success manager of the demo company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TeamMember {
    /// The address that accounts name as their owner.
    pub email: &'static str,
    /// What they are called.
    pub name: &'static str,
    /// The language they work in, `en` or `es`.
    pub language: &'static str,
}

/// The customer success managers, three for each language.
pub const TEAM: [TeamMember; 6] = [
    TeamMember { email: "ines.quiroga@almadra.example", name: "Inés Quiroga", language: "es" },
    TeamMember { email: "mateo.larrea@almadra.example", name: "Mateo Larrea", language: "es" },
    TeamMember { email: "lucia.benavent@almadra.example", name: "Lucía Benavent", language: "es" },
    TeamMember { email: "hannah.ashdown@almadra.example", name: "Hannah Ashdown", language: "en" },
    TeamMember { email: "owen.carrick@almadra.example", name: "Owen Carrick", language: "en" },
    TeamMember { email: "priya.natarajan@almadra.example", name: "Priya Natarajan", language: "en" },
];
