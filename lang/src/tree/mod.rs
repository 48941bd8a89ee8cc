//! The tree of one file: what the author wrote, item by item, with a span on everything.
//!
//! Parsing never fails: what could not be read is left out here and reported beside it.

mod assist;
mod calendar;
mod campaign;
mod centre;
mod dates;
mod dialling;
mod dialog;
mod expression;
mod file;
mod guarantee;
mod law;
mod mask;
mod names;
mod qa;
mod queue;
mod replay;
mod route;
mod test;
mod ticket;
mod vocabulary;
mod watch;

pub use assist::{Assist, Card, CardCap};
pub use calendar::{Calendar, CalendarLine, Days, Holidays, Hours};
pub use campaign::{
    Campaign, CampaignLine, CampaignLineKind, EmitLine, Follow, FollowKind, FromCalls, LeadRole, Leads,
    Machine, Pace,
};
pub use centre::{
    Bound, Experiment, Export, Metric, Mode, SampleLine, Sampling, Target, TargetLine, TransferCap, Tries,
    TriesKind,
};
pub use dates::Dates;
pub use dialling::{Abandoned, Attempts, CallHours, DaysOff, Quiet, Unsure, WhoseClock, WindowOf, ZoneName};
pub use dialog::{
    Act, ActKind, Block, Dialog, Handed, Handler, Hears, KeyMeaning, Occasion, Question, Recurrence,
    SpokenText, Template, TransferTarget, Words,
};
pub use expression::{ArithmeticOp, CompareOp, Expr, ExprKind, Literal, Reasoned};
pub use file::{File, Item};
pub use guarantee::{Behaviour, ByWhen, Goal, GoalKind, Guarantee, Property, PropertyKind};
pub use law::{Law, LawLine, LawLineKind, Need};
pub use mask::Mask;
pub use names::{Name, Path, Quoted, Spanned};
pub use qa::{Qa, QaItem, QaRule, QaWeight};
pub use queue::{Levels, Preference, Promise, Queue, ServiceLevel, SkillNeed, WaitingAction, WaitingStep};
pub use replay::{Replay, ReplayExpected, ReplayFigure};
pub use route::{At, Cell, CellTest, Choice, Route, Row, Rule, Table};
pub use test::{Followed, NotBefore, Test, TestLine, TestLineKind, TicketHappened, TicketOutcome};
pub use ticket::{CallBack, Deadline, Goes, Move, Step, Ticket, TicketLine, TicketLineKind};
pub use vocabulary::{
    Field, Labels, LocalFacts, Phrases, Record, Source, TypeName, Vocabulary, VocabularyKeyword, Whereabouts,
};
pub use watch::{Action, Watch};
