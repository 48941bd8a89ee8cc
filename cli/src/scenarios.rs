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
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    if are_recordings(path) || is_queue_log(&read_start(path)?) {
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
        let path = self.0.join(name);
        if are_recordings(&path) {
            return recordings(path).map_err(|error| format!("recordings, but: {error}"));
        }
        let bytes = read_bytes(&path, READ_MAX_BYTES);
        let bytes = bytes.map_err(|error| format!("a file that can be read, but: {error}"))?;
        // Where all letters are sound the text is the bytes themselves: logs are long.
        Ok(String::from_utf8(bytes)
            .unwrap_or_else(|odd| String::from_utf8_lossy(odd.as_bytes()).into_owned()))
    }
}

/// Whether a path is of recorded calls: a folder, or a file of them.
fn are_recordings(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
    path.is_dir() || ["json", "jsonl", "vcon"].iter().any(|one| extension == *one)
}

/// What a table says of one recorded call; nothing of a call that cannot be read.
#[derive(Default)]
struct Recorded {
    clock_ms: i64,
    duration_ms: i64,
    labels: Vec<(String, String)>,
}

/// Recorded calls as a table: when each began, how long it took, and what its labels say of
/// waiting, agents and queues.
fn recordings(path: PathBuf) -> Result<String, Failure> {
    let mut calls: Vec<Recorded> = Vec::new();
    let mut call = RecordedCall::default();
    for input in calls::find(&[path])? {
        call.clear();
        // What cannot be read is left out, as a line of a log is, and the table shows that.
        let read = tandem_simulation::Input::load(input, &mut call).is_ok();
        calls.push(match read {
            true => Recorded {
                clock_ms: call.start().clock_ms,
                duration_ms: call.duration_ms,
                labels: call.labels.clone(),
            },
            false => Recorded::default(),
        });
    }
    let mut names: Vec<&str> =
        calls.iter().flat_map(|one| &one.labels).map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\"").replace(['\n', '\r'], " "));
    let mut table = String::from("call_start,duration_ms");
    names.iter().for_each(|name| table.extend([",", &quoted(name)]));
    for Recorded { clock_ms, duration_ms, labels } in &calls {
        table.push('\n');
        if *clock_ms > 0 {
            table.push_str(&format!("{clock_ms},{duration_ms}"));
        } else {
            table.push(',');
        }
        for name in &names {
            let cell = labels.iter().find(|(one, _)| one == name).map_or("", |(_, value)| value);
            table.extend([",", &quoted(cell)]);
        }
    }
    table.push('\n');
    Ok(table)
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
