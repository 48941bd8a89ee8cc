//! Tests.

use tandem_stdlib::contract::Party;

use super::{Expr, Name, Path, Quoted, Spanned};
use crate::source::Span;

/// `test "…" { … }`
#[derive(Clone, Debug)]
pub struct Test {
    /// Title.
    pub name: Quoted,
    /// Lines in order.
    pub lines: Vec<TestLine>,
    /// The whole item.
    pub span: Span,
}

/// A line of a test.
#[derive(Clone, Debug)]
pub struct TestLine {
    /// `at D`, milliseconds.
    pub at: Option<Spanned<i64>>,
    /// What.
    pub kind: TestLineKind,
    /// Where.
    pub span: Span,
}

/// Kinds of test lines.
#[derive(Clone, Debug)]
pub enum TestLineKind {
    /// `clock …`, milliseconds since the epoch
    Clock(i64),
    /// `call from "…" to "…" language zh channel app outbound`
    Call {
        /// `from "…"`
        from: Option<Quoted>,
        /// `to "…"`
        to: Option<Quoted>,
        /// Other words in pairs, such as `language zh`, `channel app`, `direction outbound`.
        settings: Vec<(Name, Name)>,
    },
    /// `given crm.customer tier vip, value 5000 CNY`
    Given(Path, Vec<(Name, Expr)>),
    /// `given peak yes`
    GivenIs(Path, Expr),
    /// `[customer] anger 0.8 [confidence 0.9]`
    Signal {
        /// Whose; customer when not written.
        party: Party,
        /// Which.
        signal: Name,
        /// Value.
        value: Expr,
        /// Confidence.
        confidence: Option<Expr>,
    },
    /// `customer says "…"`
    Says(Party, Quoted),
    /// `presses "12"`
    Presses(Quoted),
    /// `intent lost_card`
    Intent(Name),
    /// `unresolved`
    Unresolved,
    /// `hold` (`true`), `resumes` (`false`)
    Hold(bool),
    /// `acknowledges`
    Acknowledges,
    /// `ends`
    Ends,
    /// `expect [no] alert ROLE [because "…"] [exactly N time(s)]`, `transfer` likewise
    ExpectAction {
        /// `transfer` rather than `alert`.
        transfer: bool,
        /// Role or queue, where written.
        target: Option<Name>,
        /// `no`: 0; `exactly N time(s)`: N; neither: `None`.
        times: Option<Spanned<f64>>,
        /// The reason expected.
        because: Option<Quoted>,
    },
    /// `expect [no] card "…" [because "…"] [exactly N time(s)]`
    ExpectCard {
        /// Its text, where written.
        text: Option<Quoted>,
        /// `no`: 0; `exactly N time(s)`: N; neither: `None`.
        times: Option<Spanned<f64>>,
        /// The reason expected.
        because: Option<Quoted>,
    },
    /// `expect queue vip_desk because "…"`, `expect priority 80`
    ExpectOutput {
        /// Output name.
        name: Name,
        /// Value.
        value: Expr,
        /// The reason expected.
        because: Option<Quoted>,
    },
    /// `expect qa NAME [item N] passes | fails | does not apply`
    ExpectQa {
        /// The check.
        name: Path,
        /// Item from 1.
        item: Option<Spanned<f64>>,
        /// `Some(true)` passes, `Some(false)` fails, `None` does not apply.
        passed: Option<bool>,
    },
}
