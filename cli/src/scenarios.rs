//! Scenarios from files, and the files that they name.

use std::path::{Path, PathBuf};

use tandem_archive::RecordedCall;
use tandem_simulation::{Files, Scenario, Variation, read_scenario};

use crate::calls;
use crate::failure::Failure;

/// Bytes of a scenario or of a file that it names.
const READ_MAX_BYTES: u64 = 1 << 30;

/// Reads a scenario once for each variation; without any, as it is.
///
/// # Errors
/// When the file cannot be read, or all mistakes in it.
pub(crate) fn read(path: &Path, variations: &[Variation]) -> Result<Vec<Scenario>, Failure> {
    let text = read_text(path).map_err(Failure::new)?;
    let folder = Folder(path.parent().map_or_else(PathBuf::new, Path::to_owned));
    let shown = path.display().to_string();
    let one = |variation: &[Variation]| {
        read_scenario(&shown, &text, &folder, variation).map_err(|errors| {
            let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
            Failure::new(lines.join("\nerror: ")).help("the book has all keys: docs/book/scenario.md")
        })
    };
    if variations.is_empty() {
        return Ok(vec![one(&[])?]);
    }
    variations.iter().map(|variation| one(std::slice::from_ref(variation))).collect()
}

/// Where a scenario's files lie.
struct Folder(PathBuf);

impl Files for Folder {
    fn text(&self, name: &str) -> Result<String, String> {
        read_text(&self.0.join(name)).map_err(|error| format!("a file that can be read, but: {error}"))
    }

    fn recorded_starts(&self, name: &str) -> Result<Option<Vec<i64>>, String> {
        let path = self.0.join(name);
        let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
        if !path.is_dir() && extension != "json" && extension != "jsonl" {
            return Ok(None);
        }
        let calls = calls::find(&[path]).map_err(|error| format!("recordings, but: {error}"))?;
        let mut starts = Vec::new();
        let mut call = RecordedCall::default();
        for input in calls {
            call.clear();
            tandem_simulation::Input::load(input, &mut call)
                .map_err(|error| format!("recordings, but: {error}"))?;
            starts.push(call.start().clock_ms);
        }
        Ok(Some(starts))
    }
}

fn read_text(path: &Path) -> Result<String, String> {
    use std::io::Read as _;
    let failed = |error: std::io::Error| Failure::io("read", path, &error).message().to_owned();
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut text = String::new();
    file.take(READ_MAX_BYTES).read_to_string(&mut text).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidData => format!("`{}` is not UTF-8", path.display()),
        _ => failed(error),
    })?;
    Ok(text)
}
