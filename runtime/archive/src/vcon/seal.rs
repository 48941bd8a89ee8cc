//! Hashes that a vCon gives for what it refers to.

use std::fs::File;
use std::io::Read;

use serde_json::{Map, Value};
use sha2::{Digest, Sha256, Sha512};

use super::recording::decode;
use crate::audio::Source;
use crate::json;

/// Bytes hashed at a time.
const PIECE_BYTES: usize = 64 << 10;

/// A hash that bytes must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seal {
    algorithm: Algorithm,
    digest: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Algorithm {
    Sha256,
    Sha512,
}

impl Seal {
    /// The first hash that can be checked: `content_hash` of the draft, or `alg` and `signature` of older files.
    pub(super) fn of(object: &Map<String, Value>) -> Option<Self> {
        let current = match json::find(object, &["content_hash"]) {
            Some(Value::String(one)) => Self::written(one),
            Some(Value::Array(several)) => several.iter().find_map(|one| Self::written(one.as_str()?)),
            _ => None,
        };
        current.or_else(|| {
            let algorithm = Algorithm::named(json::text(object, &["alg"])?)?;
            Self::new(algorithm, json::text(object, &["signature"])?)
        })
    }

    /// `sha512-<base64url>`.
    fn written(text: &str) -> Option<Self> {
        let (name, digest) = text.split_once(['-', ':'])?;
        Self::new(Algorithm::named(name)?, digest)
    }

    fn new(algorithm: Algorithm, digest: &str) -> Option<Self> {
        let digest = decode(digest)?;
        let length = match algorithm {
            Algorithm::Sha256 => 32,
            Algorithm::Sha512 => 64,
        };
        (digest.len() == length).then_some(Self { algorithm, digest })
    }

    /// Whether the sound's bytes have the hash. Files are read in pieces.
    pub(crate) fn holds(&self, source: &Source) -> std::io::Result<bool> {
        let digest = match self.algorithm {
            Algorithm::Sha256 => hash::<Sha256>(source)?,
            Algorithm::Sha512 => hash::<Sha512>(source)?,
        };
        Ok(digest == self.digest)
    }
}

impl Algorithm {
    fn named(name: &str) -> Option<Self> {
        match name.to_lowercase().replace('-', "").as_str() {
            "sha256" => Some(Self::Sha256),
            "sha512" => Some(Self::Sha512),
            _ => None,
        }
    }
}

fn hash<D: Digest>(source: &Source) -> std::io::Result<Vec<u8>> {
    let mut hasher = D::new();
    match source {
        Source::Bytes(bytes) => hasher.update(bytes),
        Source::File(path) => {
            let mut file = File::open(path)?;
            let mut piece = vec![0; PIECE_BYTES];
            loop {
                let read = file.read(&mut piece)?;
                if read == 0 {
                    break;
                }
                hasher.update(piece.get(..read).unwrap_or_default());
            }
        }
    }
    Ok(hasher.finalize().to_vec())
}
