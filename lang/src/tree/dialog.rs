//! Dialogs: blocks of acts, each with at most one question and its handlers.

use super::{Expr, Name, Path, Quoted, Reasoned, Spanned};
use crate::source::Span;

/// `text NAME { en "…" ; zh "…" }`
#[derive(Clone, Debug)]
pub struct SpokenText {
    /// Name.
    pub name: Name,
    /// Each language with its text.
    pub lines: Vec<(Name, Template)>,
    /// The whole item.
    pub span: Span,
}

/// `dialog NAME in en, zh at most 2 levels at start when … { … }`
#[derive(Clone, Debug)]
pub struct Dialog {
    /// Name.
    pub name: Name,
    /// Languages that it speaks.
    pub languages: Vec<Name>,
    /// How deep its questions may stand in one another.
    pub levels: Option<Spanned<f64>>,
    /// Whether it begins at the call's start.
    pub at_start: bool,
    /// When it begins; `None`: always.
    pub when: Option<Reasoned>,
    /// `let NAME = expr`.
    pub lets: Vec<(Name, Expr)>,
    /// What it does.
    pub block: Block,
    /// The whole item.
    pub span: Span,
}

/// Acts in order, then perhaps a question.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// What is done.
    pub acts: Vec<Act>,
    /// What is asked then.
    pub question: Option<Box<Question>>,
    /// From `{` to `}`.
    pub span: Span,
}

/// Something that a bot does.
#[derive(Clone, Debug)]
pub struct Act {
    /// What.
    pub kind: ActKind,
    /// Where, without its block.
    pub span: Span,
}

/// Kinds of acts.
#[derive(Clone, Debug)]
pub enum ActKind {
    /// `say "…"`
    Say(Words),
    /// `retain "…"`
    Retain(Words),
    /// `answer source(…) within 2s with "…" otherwise { … }`
    Answer {
        /// The source.
        source: Path,
        /// What it is asked with.
        arguments: Vec<Expr>,
        /// Time allowed.
        within: Option<Spanned<i64>>,
        /// What is told.
        words: Words,
        /// What follows when it has no answer; `None`: missing.
        otherwise: Option<Block>,
    },
    /// `offer QUEUE "…" { yes { … } no { … } }`
    Offer {
        /// Where to.
        to: TransferTarget,
        /// What is asked.
        words: Words,
        /// What is handed over with a yes.
        handover: Vec<Handed>,
        /// After yes, before the transfer; `None`: missing.
        yes: Option<Block>,
        /// After no; `None`: missing.
        no: Option<Block>,
    },
    /// `transfer QUEUE directly when … handing over … because "…"`
    Transfer {
        /// Where to.
        to: TransferTarget,
        /// `directly`
        at_once: Option<Span>,
        /// `directly when …`
        directly: Option<Expr>,
        /// What is handed over.
        handover: Vec<Handed>,
        /// The reason.
        because: Option<Quoted>,
    },
    /// `ticket NAME`
    Ticket(Path),
    /// `note NAME = value`
    Note(Name, Expr),
    /// `send sms "…"`
    Send(Name, Words),
    /// `when … because "…" { … }`
    When(Reasoned, Block),
    /// `back`
    Back,
    /// `resolved`
    Resolved,
    /// `end`
    End,
}

/// Where a transfer goes.
#[derive(Clone, Debug)]
pub enum TransferTarget {
    /// `transfer QUEUE`
    Queue(Name),
    /// `transfer by ROUTE`
    Route(Path),
}

/// A text as it is used.
#[derive(Clone, Debug)]
pub enum Words {
    /// Written out.
    Written(Template),
    /// The name of a `text`.
    Named(Path),
}

/// A text in which `{1}`, `{2}` … stand for values.
#[derive(Clone, Debug)]
pub struct Template {
    /// The text.
    pub text: String,
    /// The values.
    pub values: Vec<Expr>,
    /// Where, quotes included.
    pub span: Span,
}

/// Something handed over: a field's name with its value, or something that has a name already.
#[derive(Clone, Debug)]
pub enum Handed {
    /// `account = call.keys`
    Value(Name, Expr),
    /// `summary`, `who.tier`
    Named(Path),
}

/// `ask "…" hearing … waiting 8s` with its handlers.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is asked.
    pub words: Words,
    /// What is heard.
    pub hears: Hears,
    /// How long an answer may take, milliseconds.
    pub waiting: Option<Spanned<i64>>,
    /// `on …` in order.
    pub handlers: Vec<Handler>,
    /// The line.
    pub span: Span,
}

/// What a question hears.
#[derive(Clone, Debug, Default)]
pub struct Hears {
    /// `intent`
    pub intent: bool,
    /// `speech`
    pub speech: bool,
    /// `text`
    pub text: bool,
    /// `keys 1 -> balance, 2`; `None`: no keys.
    pub keys: Option<Vec<KeyMeaning>>,
}

/// `1 -> balance`
#[derive(Clone, Debug)]
pub struct KeyMeaning {
    /// The key.
    pub key: Spanned<char>,
    /// The intent that it stands for.
    pub intent: Option<Name>,
}

/// `on … { … }`
#[derive(Clone, Debug)]
pub struct Handler {
    /// What it waits for; any of them. None: `on when …` alone.
    pub occasions: Vec<Occasion>,
    /// How often it must have come.
    pub recurrence: Option<Recurrence>,
    /// A further condition.
    pub when: Option<Expr>,
    /// The reason.
    pub because: Option<Quoted>,
    /// What follows.
    pub block: Block,
    /// The line without its block.
    pub span: Span,
}

/// What a handler waits for.
#[derive(Clone, Debug)]
pub enum Occasion {
    /// An intent or a set of phrases.
    Named(Path),
    /// `key 0`
    Key(Spanned<char>),
    /// `unresolved`
    Unresolved(Span),
    /// `silence`
    Silence(Span),
    /// `anything`
    Anything(Span),
}

impl Occasion {
    /// Where it stands.
    #[must_use]
    pub const fn span(&self) -> Span {
        match self {
            Self::Named(path) => path.span,
            Self::Key(key) => key.span,
            Self::Unresolved(span) | Self::Silence(span) | Self::Anything(span) => *span,
        }
    }
}

/// How often something must have come.
#[derive(Clone, Copy, Debug)]
pub enum Recurrence {
    /// `once`: the first time alone.
    Once(Span),
    /// `repeatedly`: from the second time on.
    Repeatedly(Span),
    /// `3 times`: from the third time on.
    Times(Spanned<f64>),
}
