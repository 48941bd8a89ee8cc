//! `tandem fmt`

use std::io::Write as _;
use std::path::Path;

use tandem_lang::source::Sources;

use crate::arguments::FmtArguments;
use crate::failure::{Failure, Outcome};
use crate::policies;

/// Formats every file; with `--check`, only says which would change.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn run(arguments: &FmtArguments) -> Result<Outcome, Failure> {
    let found = policies::find(&arguments.paths)?;
    let mut changed = 0;
    for (name, bytes) in found.iter().flat_map(|policy| &policy.texts) {
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Err(Failure::new(format!("`{name}` is not UTF-8 text"))
                .help("save it as UTF-8 and format it again; nothing was changed in it"));
        };
        let mut sources = Sources::default();
        let file = sources.add(name, text, false);
        let formatted = tandem_lang::format::format(file, &sources);
        if formatted != text {
            changed += 1;
            settle(Path::new(name), &formatted, arguments.check)?;
        }
    }
    Ok(Outcome::from_findings(arguments.check && changed > 0))
}

fn settle(path: &Path, formatted: &str, check: bool) -> Result<(), Failure> {
    if check {
        return writeln!(std::io::stdout(), "would format {}", path.display())
            .map_err(|error| Failure::output(&error));
    }
    replace(path, formatted).map_err(|error| Failure::io("write", path, &error))?;
    writeln!(std::io::stderr(), "formatted {}", path.display()).map_err(|error| Failure::output(&error))
}

/// Writes beside the file and renames, so that a crash or a full disk loses nothing.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    beside.write_all(text.as_bytes())?;
    beside.as_file().set_permissions(std::fs::metadata(path)?.permissions())?;
    beside.persist(path).map_err(|error| error.error)?;
    Ok(())
}
