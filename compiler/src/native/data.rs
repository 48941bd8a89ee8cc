//! Tables as read-only data beside the code.

use cranelift::jit::JITModule;
use cranelift::module::{DataDescription, DataId, Module};

use super::refused;
use crate::flow::MatchTable;
use crate::lower::CompileError;
use crate::table::{Classifier, Index, Search};

/// Bytes that every read-only object is aligned to.
const ALIGN: u64 = 64;

/// A table's index and answers, defined in the module.
pub(super) struct TableData {
    /// The index.
    pub(super) index: Index,
    /// What its search reads.
    pub(super) search: SearchData,
    /// Cut points of each column that has some, padded to at least one.
    pub(super) cuts: Vec<Option<DataId>>,
    /// Constant answers, row after row.
    pub(super) answers: DataId,
    /// Answers of a row.
    pub(super) outputs: u32,
    pub(super) first_outcome: u32,
    /// Whether some row accepts everything.
    pub(super) always: bool,
    /// Bytes of everything that was defined.
    pub(super) bytes: usize,
}

/// Defines objects and counts their bytes.
struct Definer<'a> {
    module: &'a mut JITModule,
    bytes: usize,
}

/// Data of a table's search.
pub(super) enum SearchData {
    /// `u64` masks.
    Masks(DataId),
    /// Splits and rows.
    Walk(WalkData),
}

/// Data of a walk.
#[derive(Clone, Copy)]
pub(super) struct WalkData {
    /// `u32` words: splits, children, leaves.
    pub(super) words: DataId,
    /// What rows accept, as vectors.
    pub(super) rows: DataId,
    /// The first check of each row, and the checks, if there are any.
    pub(super) checks: Option<(DataId, DataId)>,
}

impl TableData {
    pub(super) fn define(module: &mut JITModule, table: &MatchTable) -> Result<Self, CompileError> {
        let index = Index::new(table);
        let mut definer = Definer { module, bytes: 0 };
        let search = SearchData::define(&mut definer, &index.search)?;
        let mut cuts = Vec::with_capacity(index.classifiers.len());
        for classifier in &index.classifiers {
            cuts.push(match classifier {
                Classifier::Direct { .. } => None,
                Classifier::Cuts { cuts, .. } => {
                    Some(definer.define(cuts.iter().flat_map(|cut| cut.to_ne_bytes()).collect())?)
                }
            });
        }
        let answers = table.rows.iter().flat_map(|row| &row.answers).flat_map(|slot| slot.to_ne_bytes());
        let answers = definer.define(answers.collect())?;
        let outputs = table.rows.first().map_or(0, |row| row.answers.len());
        Ok(Self {
            index,
            search,
            cuts,
            answers,
            outputs: u32::try_from(outputs).unwrap_or(u32::MAX),
            first_outcome: table.first_outcome,
            bytes: definer.bytes,
            always: table.rows.iter().any(|row| row.cells.iter().all(crate::flow::CellSet::is_any)),
        })
    }
}

impl SearchData {
    fn define(definer: &mut Definer<'_>, search: &Search) -> Result<Self, CompileError> {
        let walk = match search {
            Search::Masks(masks) => {
                let bytes = masks.masks.iter().flat_map(|mask| mask.to_ne_bytes());
                return Ok(Self::Masks(definer.define(bytes.collect())?));
            }
            Search::Walk(walk) => walk,
        };
        let checks = if walk.rows.checks.is_empty() {
            None
        } else {
            Some((definer.words(&walk.rows.first_checks)?, definer.words(&walk.rows.checks)?))
        };
        Ok(Self::Walk(WalkData {
            words: definer.words(&walk.words)?,
            rows: definer.define(walk.rows.bytes.clone())?,
            checks,
        }))
    }
}

impl Definer<'_> {
    fn words(&mut self, words: &[u32]) -> Result<DataId, CompileError> {
        self.define(words.iter().flat_map(|word| word.to_ne_bytes()).collect())
    }

    fn define(&mut self, mut bytes: Vec<u8>) -> Result<DataId, CompileError> {
        if bytes.is_empty() {
            bytes.push(0);
        }
        self.bytes += bytes.len();
        let mut description = DataDescription::new();
        description.define(bytes.into_boxed_slice());
        description.set_align(ALIGN);
        let id = self.module.declare_anonymous_data(false, false).map_err(refused)?;
        self.module.define_data(id, &description).map_err(refused)?;
        Ok(id)
    }
}
