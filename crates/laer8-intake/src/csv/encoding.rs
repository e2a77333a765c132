//! Text from bytes. UTF-8 and Windows-1252 write the marks of CSV with the
//! same bytes, so rows are cut first and decoded after.

use ::csv::{ByteRecord, StringRecord};
use encoding_rs::WINDOWS_1252;

/// How a file writes text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// The first row beyond ASCII decides: valid UTF-8 is UTF-8, anything else
    /// Windows-1252. UTF-16 is known by its byte order mark.
    #[default]
    Auto,
    /// UTF-8; a row that is not is refused.
    Utf8,
    /// Windows-1252, which includes Latin-1.
    Windows1252,
}

impl Encoding {
    /// The name in mappings.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Utf8 => "utf-8",
            Self::Windows1252 => "windows-1252",
        }
    }

    /// Decodes a row. `Auto` turns into what the row shows it to be.
    ///
    /// # Errors
    /// The row as it came, when it is not in this encoding.
    pub(super) fn decode(&mut self, row: ByteRecord) -> Result<StringRecord, ByteRecord> {
        match StringRecord::from_byte_record(row) {
            Ok(text) if *self == Self::Windows1252 && !text.as_slice().is_ascii() => {
                Ok(windows_1252(text.as_byte_record()))
            }
            Ok(text) => {
                if *self == Self::Auto && !text.as_slice().is_ascii() {
                    *self = Self::Utf8;
                }
                Ok(text)
            }
            Err(error) => {
                let row = error.into_byte_record();
                if *self == Self::Utf8 {
                    return Err(row);
                }
                *self = Self::Windows1252;
                Ok(windows_1252(&row))
            }
        }
    }
}

fn windows_1252(row: &ByteRecord) -> StringRecord {
    let mut text = StringRecord::with_capacity(row.as_slice().len() * 2, row.len());
    for field in row {
        text.push_field(&WINDOWS_1252.decode_without_bom_handling(field).0);
    }
    text.set_position(row.position().cloned());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(encoding: &mut Encoding, field: &[u8]) -> Option<String> {
        let row = ByteRecord::from(vec![field]);
        encoding.decode(row).ok().map(|text| text[0].to_owned())
    }

    #[test]
    fn the_first_row_beyond_ascii_decides() {
        let mut encoding = Encoding::Auto;
        assert_eq!(decode(&mut encoding, b"plain").as_deref(), Some("plain"));
        assert_eq!(encoding, Encoding::Auto);
        assert_eq!(decode(&mut encoding, b"Espa\xf1a \x80").as_deref(), Some("España €"));
        assert_eq!(encoding, Encoding::Windows1252);
        // These two bytes would be one letter in UTF-8.
        assert_eq!(decode(&mut encoding, b"\xc3\xb1").as_deref(), Some("Ã±"));
    }

    #[test]
    fn once_utf_8_a_broken_row_is_not_quietly_read_as_something_else() {
        let mut encoding = Encoding::Auto;
        assert_eq!(decode(&mut encoding, "España".as_bytes()).as_deref(), Some("España"));
        assert_eq!(decode(&mut encoding, b"Espa\xf1a"), None);
    }
}
