//! Loads a compiled policy and calls it safely.
//!
//! [`load`] is the one way in. It takes the manifest and the native code of one compilation, refuses them when they
//! do not belong together or were made for another contract, and gives back an [`Artefact`] whose evaluator checks
//! every record's length before native code sees it.
//!
//! Architecture invariant: of all runtime crates this one alone contains `unsafe`.

mod entry;
mod group;
mod host_table;
mod native;

use std::fmt;
use std::sync::Arc;

use tandem_stdlib::contract::{Artefact, Explain, MachineCode, Manifest, contract_hash};

use native::Native;

/// Why a compiled policy cannot be loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// The code was compiled against another contract.
    Contract {
        /// The hash that this program needs.
        needed: u64,
        /// The hash that the code carries.
        found: u64,
    },
    /// The code has another number of entries than the manifest.
    EntryCount {
        /// Entries in the manifest.
        manifest: usize,
        /// Entries in the code.
        code: usize,
    },
    /// An entry has no address.
    NullEntry {
        /// Its index in the manifest.
        entry: usize,
    },
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Contract { needed, found } => write!(
                f,
                "the compiled policy was made for another version of tandem (contract {found:016x}, this program \
                 has {needed:016x}): compile it again"
            ),
            Self::EntryCount { manifest, code } => write!(
                f,
                "the compiled policy is damaged: its manifest lists {manifest} entries but its code has {code}: \
                 compile it again"
            ),
            Self::NullEntry { entry } => {
                write!(f, "the compiled policy is damaged: entry {entry} has no code: compile it again")
            }
        }
    }
}

impl std::error::Error for LoadError {}

/// Joins a manifest and its native code into a policy that can run.
///
/// # Errors
/// When the code was compiled against another contract, or its entries do not fit the manifest.
///
/// # Trust
/// The addresses must be those of functions with the signature that [`MachineCode`] states, kept executable by
/// `keep_alive`, compiled from this very manifest. Only `tandem-compiler` makes such values; the contract hash and
/// the counts guard against mixing versions, not against hostile code.
pub fn load(
    manifest: Arc<Manifest>,
    code: MachineCode,
    explain: Arc<dyn Explain>,
) -> Result<Artefact, LoadError> {
    check(&manifest, &code)?;
    let evaluator = Arc::new(Native::new(&manifest, code));
    Ok(Artefact { manifest, evaluator, explain })
}

fn check(manifest: &Manifest, code: &MachineCode) -> Result<(), LoadError> {
    let needed = contract_hash();
    if code.contract_hash != needed {
        return Err(LoadError::Contract { needed, found: code.contract_hash });
    }
    let counts = (manifest.entries.len(), code.entries.len());
    if counts.0 != counts.1 {
        return Err(LoadError::EntryCount { manifest: counts.0, code: counts.1 });
    }
    match code.entries.iter().position(|address| *address == 0) {
        Some(entry) => Err(LoadError::NullEntry { entry }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
