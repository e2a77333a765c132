//! Which mark stands between the fields.

const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The candidate that the first line of `head` has most of outside quotes; a
/// comma when it has none. The header decides because names of columns rarely
/// hold such marks, while values such as `1,5` do.
pub(super) fn sniff(head: &[u8]) -> u8 {
    let mut counts = [0usize; CANDIDATES.len()];
    let mut quoted = false;
    let first = head.iter().position(|byte| !matches!(byte, b'\n' | b'\r')).unwrap_or(0);
    for byte in &head[first..] {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            byte => {
                if let Some(position) = CANDIDATES.iter().position(|mark| mark == byte) {
                    counts[position] += 1;
                }
            }
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    counts.iter().position(|count| *count == most).map_or(b',', |position| CANDIDATES[position])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_decides() {
        for (head, delimiter) in [
            ("id,name\n1;2;3;4", b','),
            ("id;name;price\n1;a;1,5", b';'),
            ("\r\nid\tname\n", b'\t'),
            ("id|name", b'|'),
            ("\"last, first, middle\";id\n", b';'),
            ("single\n", b','),
            ("", b','),
        ] {
            assert_eq!(sniff(head.as_bytes()), delimiter, "{head:?}");
        }
    }
}
