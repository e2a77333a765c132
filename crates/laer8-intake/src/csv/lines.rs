//! Evens out line ends, so that lines can be counted.

use std::{
    io::{self, Read},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// Counts the bytes that pass.
pub(super) struct Counted<R> {
    pub(super) inner: R,
    pub(super) count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Turns CR LF and CR alone into LF, and ends the file with two of them: the
/// first ends a last line that nobody ended, and the second is left over
/// unless an open quote has swallowed it.
pub(super) struct Lines<R> {
    inner: R,
    after_return: bool,
    /// How many of the two line ends at the end have been given.
    ends: u8,
    given: u64,
}

const ENDS: u8 = 2;

impl<R: Read> Lines<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, after_return: false, ends: 0, given: 0 }
    }

    /// Whether everything was given, up to and including byte `position`.
    pub(super) fn all_given(&self, position: u64) -> bool {
        self.ends == ENDS && self.given == position
    }

    fn read_some(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.inner.read(buffer)?;
            if read == 0 {
                return Ok(0);
            }
            let kept = self.even_out(&mut buffer[..read]);
            if kept > 0 {
                return Ok(kept);
            }
        }
    }

    /// Evens out line ends in place; returns how many bytes are left.
    fn even_out(&mut self, bytes: &mut [u8]) -> usize {
        if !self.after_return && !bytes.contains(&b'\r') {
            return bytes.len();
        }
        let mut kept = 0;
        for position in 0..bytes.len() {
            let byte = bytes[position];
            let second_half = self.after_return && byte == b'\n';
            self.after_return = byte == b'\r';
            if second_half {
                continue;
            }
            bytes[kept] = if byte == b'\r' { b'\n' } else { byte };
            kept += 1;
        }
        kept
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let mut read = if self.ends == 0 { self.read_some(buffer)? } else { 0 };
        if read == 0 && self.ends < ENDS {
            self.ends += 1;
            buffer[0] = b'\n';
            read = 1;
        }
        self.given += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Gives a few bytes at a time, so that pairs are cut in two.
    struct Slowly<'a>(&'a [u8]);

    impl Read for Slowly<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let width = buffer.len().min(3).min(self.0.len());
            buffer[..width].copy_from_slice(&self.0[..width]);
            self.0 = &self.0[width..];
            Ok(width)
        }
    }

    proptest! {
        #[test]
        fn every_line_end_becomes_a_line_feed(text in "[ab\r\n]{0,40}") {
            let mut even = String::new();
            Lines::new(Slowly(text.as_bytes())).read_to_string(&mut even).expect("text");
            prop_assert_eq!(even, text.replace("\r\n", "\n").replace('\r', "\n") + "\n\n");
        }
    }
}
