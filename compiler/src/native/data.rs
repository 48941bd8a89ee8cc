//! Tables as read-only data beside the code.

use cranelift::jit::JITModule;
use cranelift::module::{DataDescription, DataId, Module};

use super::refused;
use crate::flow::MatchTable;
use crate::lower::CompileError;
use crate::table::{Classifier, Index};

/// Bytes that every read-only object is aligned to.
const ALIGN: u64 = 64;

/// A table's index and answers, defined in the module.
pub(super) struct TableData {
    /// The index; its words and masks also lie in the module.
    pub(super) index: Index,
    /// `u32` words: splits, children, leaves.
    pub(super) words: DataId,
    /// `u64` masks of leaves.
    pub(super) masks: DataId,
    /// `u32` rows of leaves.
    pub(super) rows: DataId,
    /// Cut points of each column that has some, padded to at least one.
    pub(super) cuts: Vec<Option<DataId>>,
    /// Constant answers, row after row.
    pub(super) answers: DataId,
    /// Answers of a row.
    pub(super) outputs: u32,
    pub(super) first_outcome: u32,
    /// Whether some row accepts everything.
    pub(super) always: bool,
}

impl TableData {
    pub(super) fn define(module: &mut JITModule, table: &MatchTable) -> Result<Self, CompileError> {
        let index = Index::new(table).map_err(|what| CompileError::Unsupported { what })?;
        let words = define(module, index.words.iter().flat_map(|word| word.to_ne_bytes()).collect())?;
        let masks = define(module, index.masks.iter().flat_map(|mask| mask.to_ne_bytes()).collect())?;
        let rows = define(module, index.rows.iter().flat_map(|row| row.to_ne_bytes()).collect())?;
        let mut cuts = Vec::with_capacity(index.classifiers.len());
        for classifier in &index.classifiers {
            cuts.push(match classifier {
                Classifier::Direct { .. } => None,
                Classifier::Cuts { cuts, .. } => {
                    Some(define(module, cuts.iter().flat_map(|cut| cut.to_ne_bytes()).collect())?)
                }
            });
        }
        let answers = table.rows.iter().flat_map(|row| &row.answers).flat_map(|slot| slot.to_ne_bytes());
        let answers = define(module, answers.collect())?;
        let outputs = table.rows.first().map_or(0, |row| row.answers.len());
        Ok(Self {
            index,
            words,
            masks,
            rows,
            cuts,
            answers,
            outputs: u32::try_from(outputs).unwrap_or(u32::MAX),
            first_outcome: table.first_outcome,
            always: table.rows.iter().any(|row| row.cells.iter().all(crate::flow::CellSet::is_any)),
        })
    }
}

fn define(module: &mut JITModule, mut bytes: Vec<u8>) -> Result<DataId, CompileError> {
    if bytes.is_empty() {
        bytes.push(0);
    }
    let mut description = DataDescription::new();
    description.define(bytes.into_boxed_slice());
    description.set_align(ALIGN);
    let id = module.declare_anonymous_data(false, false).map_err(refused)?;
    module.define_data(id, &description).map_err(refused)?;
    Ok(id)
}
