//! Typed sources: look-ups that the host makes before a decision, whose answer may be unknown.

use serde::{Deserialize, Serialize};

use super::{FactSource, Slot, Type};

/// A declared source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceSpec {
    /// Full name, such as `crm.customer`.
    pub name: String,
    /// Parameter types.
    pub parameters: Vec<Type>,
    /// Fields of the record that it answers.
    pub fields: Vec<SourceField>,
    /// How long the host may wait.
    pub within_ms: i64,
}

/// A field of a source's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceField {
    /// Field name.
    pub name: String,
    /// Field type.
    pub ty: Type,
    /// The value must not be seen: accounts of decisions leave it out.
    pub sensitive: bool,
    /// Answers where the source leaves the field unknown.
    pub default: Option<Slot>,
}

/// One look-up that a policy makes, shared by all entries that make the same one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceCall {
    /// Index into `sources`.
    pub source: u32,
    /// What it asks for.
    pub arguments: Vec<Argument>,
}

/// An argument of a look-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Argument {
    /// A fact that needs no look-up of its own.
    Fact(FactSource),
    /// A constant.
    Constant(Slot),
}
