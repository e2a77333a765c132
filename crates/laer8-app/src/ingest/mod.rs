//! What flows in by itself, record by record, rather than as files.

mod packs;
pub(crate) mod singer;

pub use packs::{SINGER_PACKS, singer_pack};
pub use singer::{MissingColumn, SingerReport, SingerRequest};
