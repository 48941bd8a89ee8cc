//! Audio files to measured voices: decoded in pieces, brought to 8 kHz, analysed channel by channel.

mod decode;
mod resample;
mod voices;
mod wave;

use std::path::{Path, PathBuf};

pub(crate) use voices::{Voices, analyse};

/// Where the bytes of a recording are.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// In a file.
    File(PathBuf),
    /// In the record itself.
    Bytes(Vec<u8>),
}

/// Endings of the audio files that are read.
pub(crate) const EXTENSIONS: [&str; 3] = ["mp3", "wav", "wave"];

/// Whether a file's name says that it is audio.
pub(crate) fn is_audio(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

#[cfg(test)]
pub(crate) mod testing;

#[cfg(test)]
mod tests;
