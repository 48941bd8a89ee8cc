//! Vocabularies, records, sources, phrases.

use super::{Expr, Name, Path, Quoted, Spanned};
use crate::source::Span;

/// Which closed vocabulary an item adds words to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VocabularyKeyword {
    /// `tier`
    Tier,
    /// `intent`
    Intent,
    /// `skill`
    Skill,
    /// `role`
    Role,
    /// `enum NAME`
    Enum,
}

/// Words of a closed vocabulary.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// Which.
    pub keyword: VocabularyKeyword,
    /// The name of an `enum`.
    pub name: Option<Name>,
    /// The words with the phrases that an intent is `heard as`.
    pub words: Vec<(Name, Option<Path>)>,
    /// The whole item.
    pub span: Span,
}

/// `record NAME { field: type = default … }`
#[derive(Clone, Debug)]
pub struct Record {
    /// Name.
    pub name: Name,
    /// Fields.
    pub fields: Vec<Field>,
    /// The whole item.
    pub span: Span,
}

/// A field of a record.
#[derive(Clone, Debug)]
pub struct Field {
    /// Name.
    pub name: Name,
    /// Type.
    pub ty: TypeName,
    /// What its values may not do.
    pub labels: Labels,
    /// `visible to …`; empty: to everybody.
    pub visible_to: Vec<Name>,
    /// Default.
    pub default: Option<Expr>,
}

/// Words before a field's type that go with its values wherever they flow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// `sensitive`: seen by nobody.
    pub sensitive: bool,
    /// `protected`: decides nothing about a caller unless the line says why.
    pub protected: bool,
    /// `local`: reaches no source in the cloud.
    pub local: bool,
}

/// `facts call.from, call.keys local`
#[derive(Clone, Debug)]
pub struct LocalFacts {
    /// Facts of the call.
    pub facts: Vec<Path>,
    /// The whole item.
    pub span: Span,
}

/// Where a source works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whereabouts {
    /// Nobody says.
    #[default]
    Unsaid,
    /// `local`: in the house, and what it answers stays there.
    Local,
    /// `cloud`: somewhere else.
    Cloud,
}

/// A type as written: `money CNY`, `yes/no`, `tier`, `Customer`.
#[derive(Clone, Debug)]
pub struct TypeName {
    /// The words, such as `["money", "CNY"]` or `["yes/no"]`.
    pub words: Vec<String>,
    /// Where.
    pub span: Span,
}

/// `source a.b(type, …) -> Record within 800ms`
#[derive(Clone, Debug)]
pub struct Source {
    /// Name.
    pub name: Path,
    /// Parameter types.
    pub parameters: Vec<TypeName>,
    /// The record that it answers.
    pub answers: Name,
    /// Where it works.
    pub whereabouts: Whereabouts,
    /// How long the host may wait, in milliseconds.
    pub within: Option<Spanned<i64>>,
    /// The whole item.
    pub span: Span,
}

/// `phrases NAME urgent { … }`
#[derive(Clone, Debug)]
pub struct Phrases {
    /// Name.
    pub name: Name,
    /// Somebody may be in danger who says them.
    pub urgent: bool,
    /// `include other`.
    pub includes: Vec<Path>,
    /// Language code and its patterns, each with whether it must be all that is said.
    pub patterns: Vec<(Name, Vec<(Quoted, bool)>)>,
    /// The whole item.
    pub span: Span,
}
