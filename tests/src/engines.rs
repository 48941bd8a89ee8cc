//! A policy from text to both engines, and its tests on both.

use std::fmt::Write as _;

use tandem_centre::Core;
use tandem_compiler::Compiled;
use tandem_lang::diagnostics::Severity;
use tandem_lang::program::Program;
use tandem_lang::render::{Findings, human};
use tandem_lang::{Checked, check_texts};
use tandem_simulation::{ScriptFailure, ScriptResult, run_scripts};
use tandem_stdlib::contract::Artefact;

use crate::markdown::Policy;

/// What running a policy's tests came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ran {
    /// Tests that ran, on both engines.
    pub tests: usize,
    /// Expectations that were checked on each.
    pub checked: usize,
}

/// Checks a policy against its expected findings; if it is sound, runs its tests interpreted and native.
///
/// # Errors
/// What is wrong, with the page's lines: a finding that is not expected or does not come, a test that fails, engines
/// that decide differently.
pub fn run(policy: &Policy) -> Result<Ran, String> {
    let checked = check(policy);
    compare_findings(policy, &checked)?;
    match &checked.program {
        Some(program) => run_both(program),
        None => Ok(Ran::default()),
    }
}

/// A program on the reference interpreter and as native code.
///
/// # Errors
/// When it cannot be compiled or loaded.
pub fn both(program: &Program) -> Result<[Artefact; 2], String> {
    let compiled = tandem_compiler::compile(program).map_err(|error| error.to_string())?;
    let interpreted = compiled.interpreted();
    let native = native(&compiled, &interpreted)?;
    Ok([interpreted, native])
}

fn native(compiled: &Compiled, interpreted: &Artefact) -> Result<Artefact, String> {
    let code = compiled.machine_code().map_err(|error| error.to_string())?;
    let manifest = std::sync::Arc::clone(&compiled.manifest);
    let explain = std::sync::Arc::clone(&interpreted.explain);
    tandem_policy::load(manifest, code, explain).map_err(|error| error.to_string())
}

fn check(policy: &Policy) -> Checked {
    check_texts(policy.files.iter().map(|(name, text)| (name, text)))
}

/// Errors must be exactly the expected ones; warnings may be there, and must be where they are expected.
fn compare_findings(policy: &Policy, checked: &Checked) -> Result<(), String> {
    let place = |one: &tandem_lang::diagnostics::Diagnostic| {
        (checked.sources.place(one.span).line, one.code.text().to_owned())
    };
    let mut missing = policy.expected.clone();
    let mut surprising = Vec::new();
    for finding in &checked.diagnostics {
        let at = missing.iter().position(|expected| *expected == place(finding));
        match at {
            Some(at) => drop(missing.remove(at)),
            None if finding.severity() == Severity::Error => surprising.push(finding.clone()),
            None => {}
        }
    }
    let mut wrong = String::new();
    for (line, code) in missing {
        let found: Vec<String> = checked.diagnostics.iter().map(|one| format!("{:?}", place(one))).collect();
        _ = writeln!(wrong, "line {line}: expected {code}; found {}", found.join(", "));
    }
    if !surprising.is_empty() {
        wrong += &human(&[Findings::some(&checked.sources, &surprising)], false);
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

fn run_both(program: &Program) -> Result<Ran, String> {
    let [interpreted, native] = both(program)?;
    let interpreted = run_engine(interpreted)?;
    let native = run_engine(native)?;
    let mut wrong = String::new();
    for (reference, other) in interpreted.iter().zip(&native) {
        failures(&mut wrong, reference);
        if reference != other {
            _ = writeln!(wrong, "`{}`: interpreted {reference:#?}\nnative {other:#?}", reference.name);
        }
    }
    let checked = interpreted.iter().map(|result| result.checked).sum();
    if wrong.is_empty() { Ok(Ran { tests: interpreted.len(), checked }) } else { Err(wrong) }
}

fn run_engine(artefact: Artefact) -> Result<Vec<ScriptResult>, String> {
    let core = Core::new(artefact).map_err(|error| error.to_string())?;
    Ok(run_scripts(&core, |_| true))
}

fn failures(wrong: &mut String, result: &ScriptResult) {
    for ScriptFailure { place, expected, found, .. } in &result.failures {
        _ = writeln!(wrong, "line {}: `{}`: expected {expected}; found {found}", place.line, result.name);
    }
    if !result.passed() {
        _ = writeln!(wrong, "    decided: {}", result.decided.join("; "));
    }
    for incident in &result.incidents {
        _ = writeln!(wrong, "`{}`: {incident}", result.name);
    }
}
