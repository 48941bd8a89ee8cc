//! WAV files as the decoder wants them: older format chunks lengthened, lengths that a crashed recorder left wrong
//! mended.

use std::io::{Cursor, Read, Seek, SeekFrom};

use symphonia::core::io::{MediaSource, ReadOnlySource};

/// Bytes before the sound that are looked at: some recorders write kilobytes of their own notes.
const HEADER_BYTES_MAX: usize = 1 << 20;
/// A length that is not known, as when a recorder writes to a pipe.
const UNKNOWN_LENGTH: u32 = u32::MAX;
/// Format tags of A-law and µ-law.
const COMPANDED: [u8; 2] = [6, 7];
/// Chunks that stand behind the sound in whole files: a length of 0 before one of these is meant.
const CHUNKS_BEHIND: [&[u8; 4]; 8] = [b"LIST", b"id3 ", b"ID3 ", b"bext", b"cue ", b"fact", b"JUNK", b"smpl"];

/// A source as the decoder likes it, and whether the file says another length of its sound than it has.
pub(super) fn prepared<S>(mut source: S) -> std::io::Result<(Box<dyn MediaSource>, bool)>
where
    S: MediaSource + Read + Seek + 'static,
{
    let Some(mut header) = Header::read(&mut source)? else {
        source.seek(SeekFrom::Start(0))?;
        return Ok((Box::new(source), false));
    };
    let length = source.seek(SeekFrom::End(0))?.saturating_sub(header.bytes.len() as u64);
    source.seek(SeekFrom::Start(header.bytes.len() as u64))?;
    let mended = header.mend(&mut source, length)?;
    if !header.lengthen() && !mended {
        source.seek(SeekFrom::Start(0))?;
        return Ok((Box::new(source), false));
    }
    header.set(4, UNKNOWN_LENGTH);
    Ok((Box::new(ReadOnlySource::new(Cursor::new(header.bytes).chain(source))), mended))
}

/// Everything before the sound.
struct Header {
    bytes: Vec<u8>,
    /// Where the format chunk's content begins.
    format: Option<usize>,
    /// Length of the sound as it is written.
    data_bytes: u32,
}

impl Header {
    /// Reads up to the sound; `None` when it is no WAV file or the sound is not found.
    fn read(source: &mut impl Read) -> std::io::Result<Option<Self>> {
        let mut header = Self { bytes: Vec::new(), format: None, data_bytes: 0 };
        if !header.take(source, 12)? || !header.bytes.starts_with(b"RIFF") || !header.bytes.ends_with(b"WAVE")
        {
            return Ok(None);
        }
        while header.take(source, 8)? {
            let at = header.bytes.len();
            let Some((name, length)) =
                header.bytes.last_chunk::<8>().and_then(|chunk| chunk.split_at_checked(4))
            else {
                break;
            };
            let length = u32::from_le_bytes(length.try_into().unwrap_or_default());
            if name == b"data" {
                header.data_bytes = length;
                return Ok(Some(header));
            }
            if name == b"fmt " {
                header.format = Some(at);
            }
            // Chunks begin at even places.
            if !header.take(source, length as usize + length as usize % 2)? {
                break;
            }
        }
        Ok(None)
    }

    /// Takes so many more bytes; `false` when there are not so many, or too many.
    fn take(&mut self, source: &mut impl Read, bytes: usize) -> std::io::Result<bool> {
        if self.bytes.len() + bytes > HEADER_BYTES_MAX {
            return Ok(false);
        }
        Ok(source.take(bytes as u64).read_to_end(&mut self.bytes)? == bytes)
    }

    /// Corrects the length of the sound where the file has `length` bytes of it and says something else.
    fn mend<S: Read + Seek>(&mut self, source: &mut S, length: u64) -> std::io::Result<bool> {
        let longer = self.data_bytes != UNKNOWN_LENGTH && u64::from(self.data_bytes) > length;
        let unfinished = self.data_bytes == 0 && length > 0 && !chunk_follows(source)?;
        if !longer && !unfinished {
            return Ok(false);
        }
        let whole = length - length % self.block_bytes();
        self.set(self.bytes.len().saturating_sub(4), u32::try_from(whole).unwrap_or(UNKNOWN_LENGTH));
        Ok(true)
    }

    /// Bytes of one sample of all channels.
    fn block_bytes(&self) -> u64 {
        let align = self.format.and_then(|at| self.bytes.get(at + 12..at + 14));
        let align = align.and_then(|align| align.try_into().ok()).map_or(1, u16::from_le_bytes);
        u64::from(align.max(1))
    }

    /// The decoder reads A-law and µ-law only with a format chunk of 18 bytes, while many recorders write 16.
    fn lengthen(&mut self) -> bool {
        let Some(at) = self.format else { return false };
        let companded = self.bytes.get(at).is_some_and(|tag| COMPANDED.contains(tag));
        let short = self.bytes.get(at - 4..at) == Some(&[16, 0, 0, 0]);
        if companded && short && self.bytes.len() >= at + 16 {
            self.set(at - 4, 18);
            self.bytes.splice(at + 16..at + 16, [0, 0]);
            return true;
        }
        false
    }

    fn set(&mut self, at: usize, value: u32) {
        if let Some(place) = self.bytes.get_mut(at..at + 4) {
            place.copy_from_slice(&value.to_le_bytes());
        }
    }
}

/// Whether another chunk stands where the source is, which stays there.
fn chunk_follows<S: Read + Seek>(source: &mut S) -> std::io::Result<bool> {
    let mut name = Vec::new();
    let read = source.by_ref().take(4).read_to_end(&mut name)?;
    source.seek(SeekFrom::Current(-(read as i64)))?;
    Ok(CHUNKS_BEHIND.iter().any(|known| name == known.as_slice()))
}
