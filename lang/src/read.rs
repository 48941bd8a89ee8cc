//! Bytes to sources: size and encoding are checked before anything else looks at a text.

use crate::diagnostics::{Code, Diagnostic};
use crate::source::{FileId, Sources, Span};

/// A file may have so many bytes.
pub const FILE_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Adds a file's bytes to the sources.
///
/// # Errors
/// The finding when the file is too large or not UTF-8. Its name is then in `sources`, with the text up to the first
/// byte that cannot be read (none when it is too large), so that the finding can be shown; it is not to be parsed.
pub fn read(name: &str, bytes: &[u8], sources: &mut Sources) -> Result<FileId, Box<Diagnostic>> {
    if bytes.len() > FILE_BYTES_MAX {
        let file = sources.add(name, "", false);
        let (mib, max) = (bytes.len() >> 20, FILE_BYTES_MAX >> 20);
        let message = format!("the file has {mib} MiB, more than the {max} MiB that a file may have");
        let help = "split it into modules; if it is not a policy, leave it out";
        return Err(Box::new(Diagnostic::new(Code::FileTooLarge, start(file), message).help(help)));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(sources.add(name, text, false)),
        Err(error) => {
            let good = error.valid_up_to();
            let text = bytes.get(..good).and_then(|good| std::str::from_utf8(good).ok()).unwrap_or_default();
            Err(Box::new(not_utf8(name, text, bytes.get(good).copied().unwrap_or_default(), sources)))
        }
    }
}

fn not_utf8(name: &str, text: &str, byte: u8, sources: &mut Sources) -> Diagnostic {
    let file = sources.add(name, text, false);
    let at = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let span = Span { file, start: at, end: at };
    let line = sources.place(span).line;
    let message = format!("byte {at} (0x{byte:02X}, line {line}) is not UTF-8 text");
    Diagnostic::new(Code::NotUtf8, span, message).help("save the file with the encoding UTF-8")
}

/// The finding that a folder, or all files given, have no policy in them.
#[must_use]
pub fn nothing_to_read(name: &str, sources: &mut Sources) -> Diagnostic {
    let file = sources.add(name, "", false);
    let message = format!("there is no policy in `{name}`");
    let help = "a policy is one or more `.tdm` files, each with at least one item such as `route`";
    Diagnostic::new(Code::NothingToRead, start(file), message).help(help)
}

const fn start(file: FileId) -> Span {
    Span { file, start: 0, end: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_files_are_refused_by_their_size() {
        let mut sources = Sources::default();
        let found = read("big.tdm", &vec![b'('; 50 << 20], &mut sources).unwrap_err();
        assert_eq!(found.code, Code::FileTooLarge);
        assert_eq!(found.message, "the file has 50 MiB, more than the 8 MiB that a file may have");
    }

    #[test]
    fn other_encodings_are_refused_at_the_byte() {
        let mut sources = Sources::default();
        let found = read("latin.tdm", b"tier { a }\nrole caf\xe9\n", &mut sources).unwrap_err();
        assert_eq!(found.code, Code::NotUtf8);
        assert_eq!(found.message, "byte 19 (0xE9, line 2) is not UTF-8 text");
        assert_eq!((sources.place(found.span).line, sources.place(found.span).column), (2, 9));
    }
}
