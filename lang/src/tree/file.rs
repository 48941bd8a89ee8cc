//! A file and its items.

use super::{
    Assist, Calendar, Campaign, CardCap, Dialog, Experiment, Export, Guarantee, Holidays, Law, LocalFacts,
    Mask, Mode, Path, Phrases, Qa, Queue, Record, Replay, Route, Sampling, Source, SpokenText, Target, Test,
    Ticket, TransferCap, Vocabulary, Watch,
};
use crate::source::{FileId, Span};

/// One file.
#[derive(Clone, Debug)]
pub struct File {
    /// Which.
    pub file: FileId,
    /// `module a.b`.
    pub module: Option<Path>,
    /// `use a.b.c`.
    pub uses: Vec<Path>,
    /// Everything else in order.
    pub items: Vec<Item>,
    /// Statements, rows and list members that could not be read and have been reported. A name that stands in one
    /// of them may be declared or used there; an item that holds one is incomplete: later stages keep quiet about
    /// what only follows from that.
    pub unread: Vec<Span>,
}

impl File {
    /// Whether something inside the span could not be read.
    #[must_use]
    pub fn is_incomplete(&self, span: Span) -> bool {
        self.unread.iter().any(|unread| span.start <= unread.start && unread.start < span.end)
    }
}

/// An item.
#[derive(Clone, Debug)]
pub enum Item {
    /// `tier`, `intent`, `skill`, `role`, `enum`.
    Vocabulary(Vocabulary),
    /// `queue a, b` or `queue a { … }`.
    Queue(Box<Queue>),
    /// `record`.
    Record(Record),
    /// `source`.
    Source(Source),
    /// `phrases`.
    Phrases(Phrases),
    /// `holidays`.
    Holidays(Holidays),
    /// `calendar`.
    Calendar(Calendar),
    /// `route`.
    Route(Route),
    /// `watch`.
    Watch(Box<Watch>),
    /// `text`.
    Text(SpokenText),
    /// `dialog`.
    Dialog(Box<Dialog>),
    /// `guarantee`.
    Guarantee(Guarantee),
    /// `qa`.
    Qa(Qa),
    /// `assist`.
    Assist(Box<Assist>),
    /// `facts … local`.
    LocalFacts(LocalFacts),
    /// `attention`.
    Attention(CardCap),
    /// `transfers at most …`
    Transfers(TransferCap),
    /// `mask`.
    Mask(Mask),
    /// `mode`.
    Mode(Mode),
    /// `export`.
    Export(Box<Export>),
    /// `sampling`.
    Sampling(Sampling),
    /// `experiment`.
    Experiment(Experiment),
    /// `target`.
    Target(Target),
    /// `campaign`.
    Campaign(Box<Campaign>),
    /// `law`.
    Law(Law),
    /// `ticket`.
    Ticket(Box<Ticket>),
    /// `test`.
    Test(Test),
    /// `replay`.
    Replay(Replay),
}
