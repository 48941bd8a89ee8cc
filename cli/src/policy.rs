//! From the texts of a policy to code that decides.

use std::io::Write as _;
use std::sync::Arc;

use tandem_compiler::Compiled;
use tandem_lang::Checked;
use tandem_lang::diagnostics::Severity;
use tandem_lang::render::{self, Findings};
use tandem_stdlib::contract::Artefact;

use crate::arguments::Engine;
use crate::failure::Failure;
use crate::policies::PolicyTexts;

/// A policy ready to run, or the findings that keep it from running, printed.
pub(crate) enum Built {
    /// Ready.
    Ready(Artefact),
    /// Has errors, which were printed on standard error.
    Broken,
}

/// Checks and compiles a policy. Errors go to standard error, as every message does that is no result.
///
/// # Errors
/// When it is beyond what the compiler can do.
pub(crate) fn build(texts: PolicyTexts, engine: Engine) -> Result<Built, Failure> {
    let checked = tandem_lang::check_texts(texts.texts);
    match &checked.program {
        Some(program) => {
            let compiled =
                tandem_compiler::compile(program).map_err(|error| Failure::new(error.to_string()))?;
            load(&compiled, engine).map(Built::Ready)
        }
        None => {
            report_errors(&checked)?;
            Ok(Built::Broken)
        }
    }
}

/// Code that decides, of the kind asked for.
///
/// # Errors
/// When this machine cannot run native code of ours.
pub(crate) fn load(compiled: &Compiled, engine: Engine) -> Result<Artefact, Failure> {
    let interpreted = compiled.interpreted();
    if engine == Engine::Interpreted {
        return Ok(interpreted);
    }
    let failure = |why: String| Failure::new(why).help("`--engine interpreted` needs no native code");
    let code = compiled.machine_code().map_err(|error| failure(error.to_string()))?;
    tandem_policy::load(Arc::clone(&compiled.manifest), code, interpreted.explain)
        .map_err(|error| failure(error.to_string()))
}

fn report_errors(checked: &Checked) -> Result<(), Failure> {
    use std::io::IsTerminal as _;
    let errors: Vec<_> =
        checked.diagnostics.iter().filter(|one| one.severity() == Severity::Error).cloned().collect();
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let findings = Findings::some(&checked.sources, &errors);
    let text = render::human(&[findings], colour);
    std::io::stderr().write_all(text.as_bytes()).map_err(|error| Failure::output(&error))
}
