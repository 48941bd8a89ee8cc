//! Guarantees: what every path through the dialogs keeps.

use super::{Name, Path, Spanned};
use crate::source::Span;

/// `guarantee NAME in dialog NAME { … }`
#[derive(Clone, Debug)]
pub struct Guarantee {
    /// Name.
    pub name: Name,
    /// The dialogs that it is about; empty: all.
    pub dialogs: Vec<Path>,
    /// What is promised, one sentence a line.
    pub properties: Vec<Property>,
    /// The whole item.
    pub span: Span,
}

/// `every caller who says asks_for_human 2 times reaches a queue within 1 turn`
#[derive(Clone, Debug)]
pub struct Property {
    /// `no` rather than `every`.
    pub no: bool,
    /// What the caller does that it is about; `None`: every path from its beginning.
    pub who: Option<(Behaviour, Option<Spanned<f64>>)>,
    /// What is promised.
    pub kind: PropertyKind,
    /// The line.
    pub span: Span,
}

/// What a caller does.
#[derive(Clone, Debug)]
pub enum Behaviour {
    /// `says NAME`: phrases or an intent.
    Says(Path),
    /// `keys 0`
    Keys(Spanned<char>),
    /// `is silent`
    Silent,
    /// `is not understood`
    NotUnderstood,
}

/// What is promised.
#[derive(Clone, Debug)]
pub enum PropertyKind {
    /// `reaches a queue or an answer within 2 turns`
    Reaches(Vec<Goal>, Option<ByWhen>),
    /// `offers a person before it ends`
    Offers(Option<ByWhen>),
    /// `asks at most 5 questions`, `asks more than 5 questions`
    Asks {
        /// `more than` rather than `at most`.
        more: bool,
        /// How many.
        questions: Spanned<f64>,
    },
}

/// What a path comes to.
#[derive(Clone, Debug)]
pub struct Goal {
    /// What.
    pub kind: GoalKind,
    /// Where it is written.
    pub span: Span,
}

/// Kinds of goals.
#[derive(Clone, Debug)]
pub enum GoalKind {
    /// `a queue`, `a person`
    Person,
    /// The name of a queue.
    Queue(Name),
    /// `an answer`
    Answer,
    /// `an offer`
    Offer,
    /// `the end`
    End,
}

/// By when.
#[derive(Clone, Copy, Debug)]
pub enum ByWhen {
    /// `within 2 turns`
    Turns(Spanned<f64>),
    /// `before it ends`
    End(Span),
}
