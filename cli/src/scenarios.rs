//! Scenarios from files, and the files that they name.

use std::path::{Path, PathBuf};

use tandem_archive::RecordedCall;
use tandem_simulation::{Files, Scenario, Variation, is_queue_log, read_scenario};

use crate::calls;
use crate::failure::Failure;

/// Bytes of a scenario or of a file that it names.
const READ_MAX_BYTES: u64 = 1 << 30;

/// Bytes that tell a log from a scenario.
const START_MAX_BYTES: u64 = 1 << 16;

/// Reads a scenario once for each variation; without any, as it is. A log of calls is a scenario by itself.
///
/// # Errors
/// When the file cannot be read, or all mistakes in it.
pub(crate) fn read(path: &Path, variations: &[Variation]) -> Result<Vec<Scenario>, Failure> {
    let text = scenario_text(path).map_err(Failure::new)?;
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

/// A scenario's text; of a log, the line that names it.
fn scenario_text(path: &Path) -> Result<String, String> {
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml")) {
        return read_text(path);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if is_queue_log(&read_start(path)?) {
        // Names are written as TOML writes texts.
        return Ok(format!("log = {}\n", serde_json::Value::from(name.as_ref())));
    }
    read_text(path)
}

/// Where a scenario's files lie.
struct Folder(PathBuf);

impl Files for Folder {
    fn text(&self, name: &str) -> Result<String, String> {
        read_text(&self.0.join(name)).map_err(|error| format!("a file that can be read, but: {error}"))
    }

    fn log(&self, name: &str) -> Result<String, String> {
        let bytes = read_bytes(&self.0.join(name), READ_MAX_BYTES);
        let bytes = bytes.map_err(|error| format!("a file that can be read, but: {error}"))?;
        // Where all letters are sound the text is the bytes themselves: logs are long.
        Ok(String::from_utf8(bytes)
            .unwrap_or_else(|odd| String::from_utf8_lossy(odd.as_bytes()).into_owned()))
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

/// The beginning of a file, whatever its letters are.
fn read_start(path: &Path) -> Result<String, String> {
    read_bytes(path, START_MAX_BYTES).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

fn read_bytes(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    use std::io::Read as _;
    let failed = |error: std::io::Error| Failure::io("read", path, &error).message().to_owned();
    let mut bytes = Vec::new();
    std::fs::File::open(path).map_err(failed)?.take(most).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

fn read_text(path: &Path) -> Result<String, String> {
    let bytes = read_bytes(path, READ_MAX_BYTES)?;
    String::from_utf8(bytes).map_err(|_| format!("`{}` is not UTF-8", path.display()))
}
