//! WAV files whose format chunk is of the short, older kind.

use std::io::{Cursor, Read, Seek, SeekFrom};

use symphonia::core::io::{MediaSource, ReadOnlySource};

/// Bytes up to the end of a short format chunk.
const SHORT_HEADER: usize = 36;
/// Format tags of A-law and µ-law.
const COMPANDED: [u8; 2] = [6, 7];

/// A source as the decoder likes it: it reads A-law and µ-law only with a format chunk of 18 bytes, while many recorders
/// write 16.
pub(super) fn with_long_format<S>(mut source: S) -> std::io::Result<Box<dyn MediaSource>>
where
    S: MediaSource + Read + Seek + 'static,
{
    let mut header = Vec::with_capacity(SHORT_HEADER);
    source.by_ref().take(SHORT_HEADER as u64).read_to_end(&mut header)?;
    match lengthened(&header) {
        Some(header) => Ok(Box::new(ReadOnlySource::new(Cursor::new(header).chain(source)))),
        None => {
            source.seek(SeekFrom::Start(0))?;
            Ok(Box::new(source))
        }
    }
}

/// The header with a format chunk of 18 bytes, if it is one that needs it.
fn lengthened(header: &[u8]) -> Option<Vec<u8>> {
    let (riff, rest) = header.split_at_checked(4)?;
    let (_, rest) = rest.split_at_checked(4)?;
    let (wave, rest) = rest.split_at_checked(8)?;
    let (length, format) = rest.split_at_checked(4)?;
    let short = riff == b"RIFF" && wave == b"WAVEfmt " && length == [16, 0, 0, 0];
    if !short || format.len() != 16 || !COMPANDED.contains(format.first()?) {
        return None;
    }
    // All bits set: the length is not known, as when a recorder writes to a pipe.
    Some([riff, &[0xff; 4], wave, &[18, 0, 0, 0], format, &[0, 0]].concat())
}
