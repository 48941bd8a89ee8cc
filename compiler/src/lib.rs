//! Checked Tandem program to flow IR, interpreter and native code.
//!
//! ```text
//! Program ── lower ──► Flow + Manifest ──┬── interpret ──► Artefact (the reference meaning)
//!                                        └── native ─────► MachineCode (tables through table::Index)
//! ```
//!
//! Architecture invariant: only `native` names the code generator; nothing here knows the runtime.

pub mod flow;
mod interpret;
mod lower;
mod native;
pub mod phrase;
mod table;

use std::sync::Arc;

use tandem_lang::program::Program;
use tandem_stdlib::contract::{Artefact, Evaluator, Explain, MachineCode, Manifest};

use crate::flow::Flow;

use crate::interpret::Accountant;

pub use crate::interpret::Interpreter;
pub use crate::lower::CompileError;
pub use crate::native::{NativeOptions, Trace};

/// A compiled program: what the host needs, and what each entry computes.
#[derive(Clone)]
pub struct Compiled {
    /// Names, facts, entries, reasons.
    pub manifest: Arc<Manifest>,
    /// What each entry computes.
    pub flow: Arc<Flow>,
    program: Arc<Program>,
}

/// Compiles a checked program.
///
/// # Errors
/// When the program holds something that this version cannot compile, or its phrases do not fit together.
pub fn compile(program: &Program) -> Result<Compiled, CompileError> {
    let (mut manifest, flow) = lower::lower(program)?;
    let sets = program.phrases.iter().map(|set| set.patterns.clone()).collect::<Vec<_>>();
    manifest.phrase_index =
        phrase::build(&sets).map_err(|error| CompileError::Phrases { what: error.to_string() })?;
    Ok(Compiled { manifest: Arc::new(manifest), flow: Arc::new(flow), program: Arc::new(program.clone()) })
}

impl Compiled {
    /// The policy with the reference interpreter as its evaluator.
    #[must_use]
    pub fn interpreted(&self) -> Artefact {
        let evaluator: Arc<dyn Evaluator> =
            Arc::new(Interpreter::new(Arc::clone(&self.flow), self.manifest.facts.len()));
        Artefact { manifest: Arc::clone(&self.manifest), evaluator, explain: self.explain() }
    }

    /// Accounts for decisions, whatever evaluator made them.
    #[must_use]
    pub fn explain(&self) -> Arc<dyn Explain> {
        Arc::new(Accountant::new(
            Arc::clone(&self.program),
            Arc::clone(&self.manifest),
            Arc::clone(&self.flow),
        ))
    }

    /// Native code of all entries for this machine.
    ///
    /// # Errors
    /// When the code generator has no back end for this machine, or a table's index would be too large.
    pub fn machine_code(&self) -> Result<MachineCode, CompileError> {
        self.machine_code_with(NativeOptions::default())
    }

    /// As [`Self::machine_code`], made in another way.
    ///
    /// # Errors
    /// As [`Self::machine_code`].
    pub fn machine_code_with(&self, options: NativeOptions) -> Result<MachineCode, CompileError> {
        native::emit(&self.flow, options)
    }
}
