//! Where a dialog's sound is: in the vCon, or in a file beside it. Nothing is ever fetched from a network.

use std::path::Path;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Map, Value};

use super::seal::Seal;
use crate::audio::{EXTENSIONS, Source};
use crate::json;

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);

/// A dialog's sound.
#[derive(Clone, Debug)]
pub(crate) struct Recording<'a> {
    object: &'a Map<String, Value>,
}

/// What came of looking for the sound.
pub(crate) enum Found {
    /// Here it is.
    Sound(Source),
    /// There is none, and this is what was looked for.
    Nothing(String),
}

impl<'a> Recording<'a> {
    pub(crate) const fn new(object: &'a Map<String, Value>) -> Self {
        Self { object }
    }

    /// What the record says that the sound's bytes must hash to.
    pub(crate) fn seal(&self) -> Option<Seal> {
        Seal::of(self.object)
    }

    /// Finds the sound, in the record first, then in a file beside `vcon_path`.
    pub(crate) fn find(&self, vcon_path: &Path) -> Found {
        let inline = json::text(self.object, &["body"]);
        if let Some(body) = inline {
            return match decode(body) {
                Some(bytes) => Found::Sound(Source::Bytes(bytes)),
                None => Found::Nothing("its body is not base64".to_owned()),
            };
        }
        let names = self.names(vcon_path);
        let folder = vcon_path.parent().unwrap_or(Path::new("."));
        let file = names.iter().map(|name| folder.join(name)).find(|path| path.is_file());
        file.map_or_else(
            || Found::Nothing(format!("there is no {} beside it", or_list(&names))),
            |path| Found::Sound(Source::File(path)),
        )
    }

    /// Names under which the sound's file may lie beside the vCon: never with a folder in them.
    fn names(&self, vcon_path: &Path) -> Vec<String> {
        let recorded = json::text(self.object, &["filename", "file_name"]).and_then(last_segment);
        let url = json::text(self.object, &["url"]).and_then(url_file);
        let stem = stem(vcon_path);
        let siblings = EXTENSIONS.iter().map(|extension| format!("{stem}.{extension}"));
        let mut names: Vec<String> = recorded.into_iter().chain(url).chain(siblings).collect();
        let mut seen = Vec::new();
        names.retain(|name| {
            !seen.contains(name) && {
                seen.push(name.clone());
                true
            }
        });
        names
    }
}

/// A file's name without `.vcon.json`, `.vcon` or `.json`.
pub(crate) fn stem(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bare = name.strip_suffix(".json").unwrap_or(&name);
    bare.strip_suffix(".vcon").unwrap_or(bare).to_owned()
}

fn url_file(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?;
    let after_scheme = path.split_once("://").map_or(path, |(_, rest)| rest);
    last_segment(&percent_decoded(after_scheme))
}

fn last_segment(path: &str) -> Option<String> {
    let name = path.rsplit(['/', '\\']).next()?.trim();
    (!name.is_empty() && name != "." && name != ".." && !name.contains('\0')).then(|| name.to_owned())
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Bytes from base64 of either alphabet, with or without padding and line breaks.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let compact: std::borrow::Cow<'_, str> = if text.contains(char::is_whitespace) {
        text.split_whitespace().collect::<String>().into()
    } else {
        text.into()
    };
    let engine = if compact.contains(['+', '/']) { &STANDARD } else { &URL_SAFE };
    engine.decode(compact.as_bytes()).ok()
}

fn or_list(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ")
}
