//! How requests are written into one value: one after the other, compressed
//! together, as they say the same again and again.
//!
//! A request is its source, the microseconds since 1970 when it came, its
//! endpoint, how many events it brings and how many bytes, all little-endian,
//! and then its bytes. A format that was written once can always be read.

use super::Received;
use crate::StoreError;
use chrono::DateTime;
use laer8_domain::ids::SourceId;

/// The format that is written.
pub(super) const FORMAT: i16 = 1;

/// Bytes of a request before its own.
const HEAD: usize = 8 + 8 + 1 + 4 + 4;

/// Quick rather than small: telemetry becomes a fifth of its size either way.
const LEVEL: i32 = 1;

/// More than this nobody packed.
const MOST_BYTES: usize = 256 * 1024 * 1024;

pub(super) fn pack(requests: &[Received]) -> Result<Vec<u8>, StoreError> {
    let bytes = requests.iter().map(|request| HEAD + request.body.len()).sum();
    let mut plain = Vec::with_capacity(bytes);
    for request in requests {
        let length = u32::try_from(request.body.len())
            .map_err(|_| StoreError::Database { cause: "a request is larger than 4 GB".to_owned() })?;
        plain.extend_from_slice(&request.source.0.to_le_bytes());
        plain.extend_from_slice(&request.at.timestamp_micros().to_le_bytes());
        plain.push(request.endpoint);
        plain.extend_from_slice(&request.events.to_le_bytes());
        plain.extend_from_slice(&length.to_le_bytes());
        plain.extend_from_slice(&request.body);
    }
    zstd::bulk::compress(&plain, LEVEL).map_err(|error| StoreError::Database { cause: error.to_string() })
}

pub(super) fn unpack(format: i16, packed: &[u8]) -> Result<Vec<Received>, StoreError> {
    if format != FORMAT {
        return Err(StoreError::corrupt("inbox", format!("the format {format}")));
    }
    let plain =
        zstd::bulk::decompress(packed, MOST_BYTES).map_err(|error| StoreError::corrupt("inbox", error))?;
    let mut rest = plain.as_slice();
    let mut requests = Vec::new();
    while !rest.is_empty() {
        let (request, after) = request(rest).ok_or_else(|| StoreError::corrupt("inbox", "a torn request"))?;
        requests.push(request);
        rest = after;
    }
    Ok(requests)
}

/// The first request, and what comes after it.
fn request(bytes: &[u8]) -> Option<(Received, &[u8])> {
    let (source, bytes) = bytes.split_first_chunk()?;
    let (micros, bytes) = bytes.split_first_chunk()?;
    let (endpoint, bytes) = bytes.split_first()?;
    let (events, bytes) = bytes.split_first_chunk()?;
    let (length, bytes) = bytes.split_first_chunk()?;
    let (body, rest) = bytes.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    let received = Received {
        source: SourceId(i64::from_le_bytes(*source)),
        at: DateTime::from_timestamp_micros(i64::from_le_bytes(*micros))?,
        endpoint: *endpoint,
        events: u32::from_le_bytes(*events),
        body: body.to_vec(),
    };
    Some((received, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn requests() -> Vec<Received> {
        let received = |source, at: &str, endpoint, events, body: &[u8]| Received {
            source: SourceId(source),
            at: at.parse().expect("an instant"),
            endpoint,
            events,
            body: body.to_vec(),
        };
        vec![
            received(1, "2026-11-22T12:00:00.000001Z", 0, 1, b"{\"userId\":\"ana\"}"),
            received(7, "2026-11-22T12:00:00.000002Z", 9, 2, b"{\"batch\":[{},{}]}"),
            received(1, "2026-11-22T12:00:01Z", 0, 0, b""),
        ]
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        let packed = pack(&requests()).expect("packed");
        assert_eq!(unpack(FORMAT, &packed).expect("unpacked"), requests());
    }

    /// Bytes that the first version wrote: whatever reads the inbox must go on
    /// reading them.
    #[test]
    fn the_first_format_is_read_for_ever() {
        let written = include_bytes!("../../tests/golden/inbox-1.bin");
        assert_eq!(unpack(1, written).expect("unpacked"), requests());
    }

    #[test]
    fn what_is_torn_or_unknown_is_told() {
        let packed = pack(&requests()).expect("packed");
        let torn =
            zstd::bulk::compress(&zstd::bulk::decompress(&packed, MOST_BYTES).expect("plain")[..60], LEVEL);
        assert!(matches!(unpack(FORMAT, &torn.expect("packed")), Err(StoreError::Corrupt { .. })));
        assert!(matches!(unpack(FORMAT, &packed[..10]), Err(StoreError::Corrupt { .. })));
        assert!(matches!(unpack(9, &packed), Err(StoreError::Corrupt { .. })));
    }
}
