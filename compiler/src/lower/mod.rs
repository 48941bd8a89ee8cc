//! Checked program to flow IR and manifest.

mod account;
mod builder;
mod error;
mod expression;
mod facts;
mod manifest;
mod quality;
mod route;
mod temporal;
mod watch;

use tandem_lang::program::Program;
use tandem_stdlib::contract::Manifest;

use self::builder::Builder;
use self::facts::Facts;
use crate::flow::{AnswerLayout, Flow, Function, MatchTable, Value};

pub(crate) use self::account::{Account, AtomAccount, OperandAccount, account_of_route, account_of_watch};
pub use self::error::CompileError;

/// Lowers a checked program; the manifest's phrase index is left empty.
pub(crate) fn lower(program: &Program) -> Result<(Manifest, Flow), CompileError> {
    let mut facts = Facts::new();
    let mut tables = Vec::new();
    let mut lowered = Vec::new();
    for route in &program.routes {
        lowered.push(Lowering::new(program, &mut facts, &mut tables, false).route(route)?);
    }
    for watch in &program.watches {
        lowered.push(Lowering::new(program, &mut facts, &mut tables, true).watch(watch)?);
    }
    for qa in &program.qas {
        lowered.push(Lowering::new(program, &mut facts, &mut tables, true).quality(qa)?);
    }
    let manifest = manifest::manifest(program, facts.into_specs(), &lowered);
    let functions = lowered.into_iter().map(|one| one.function).collect();
    Ok((manifest, Flow { functions, tables }))
}

/// One entry, lowered.
struct Lowered {
    function: Function,
    /// The longest stretch of the past that it looks at, in milliseconds.
    horizon_ms: i64,
}

/// The lowering of one entry.
struct Lowering<'a> {
    program: &'a Program,
    facts: &'a mut Facts,
    tables: &'a mut Vec<MatchTable>,
    builder: Builder,
    /// Whether the entry keeps state: then every part of it runs every time.
    keeps_state: bool,
    /// The moment to run again, as far as known.
    wake: Option<Value>,
    /// Slots of what was said in the turn of this event, as far as read.
    said_slots: Vec<u32>,
    horizon_ms: i64,
}

impl<'a> Lowering<'a> {
    fn new(
        program: &'a Program,
        facts: &'a mut Facts,
        tables: &'a mut Vec<MatchTable>,
        keeps_state: bool,
    ) -> Self {
        let (builder, said_slots) = (Builder::new(), Vec::new());
        Self { program, facts, tables, builder, keeps_state, wake: None, said_slots, horizon_ms: 0 }
    }

    fn finish(self, name: &str, answer: AnswerLayout) -> Lowered {
        let (body, values, state_slots) = self.builder.finish();
        let function = Function { name: name.to_owned(), body, values, state_slots, answer };
        Lowered { function, horizon_ms: self.horizon_ms }
    }
}
