//! The tree of one file: what the author wrote, item by item, with a span on everything.
//!
//! Parsing never fails: what could not be read is left out here and reported beside it.

mod assist;
mod calendar;
mod centre;
mod dates;
mod expression;
mod file;
mod mask;
mod names;
mod qa;
mod queue;
mod route;
mod test;
mod vocabulary;
mod watch;

pub use assist::{Assist, Card, CardCap};
pub use calendar::{Calendar, CalendarLine, Days, Holidays, Hours};
pub use centre::{Bound, Experiment, Metric, Mode, SampleLine, Sampling, Target, TargetLine, Tries};
pub use dates::Dates;
pub use expression::{ArithmeticOp, CompareOp, Expr, ExprKind, Literal};
pub use file::{File, Item};
pub use mask::Mask;
pub use names::{Name, Path, Quoted, Spanned};
pub use qa::{Qa, QaItem, QaRule, QaWeight};
pub use queue::{Levels, Preference, Promise, Queue, ServiceLevel, SkillNeed, WaitingAction, WaitingStep};
pub use route::{At, Cell, CellTest, Choice, Route, Row, Rule, Table};
pub use test::{Test, TestLine, TestLineKind};
pub use vocabulary::{Field, Phrases, Record, Source, TypeName, Vocabulary, VocabularyKeyword};
pub use watch::{Action, Watch};
