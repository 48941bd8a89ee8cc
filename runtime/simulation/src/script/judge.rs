//! Remembers what was decided and holds it against what a test expects.

mod leads;
mod quality;

use tandem_centre::{Decision, DialogStep, Incident, IncidentKind, QaResult, Sink, Told, Verdict, What};
use tandem_stdlib::contract::{Action, EntryKind, Expectation, Manifest, Place, Script, Slot, Step, Type};

use super::heard::Heard;
use super::{ScriptFailure, ScriptResult};
use crate::dialogs::show_told;
use crate::names::{show_action, show_what};
use crate::value::{show_time, show_value};

/// An alert or a transfer by a watch.
struct Acted {
    at_ms: i64,
    action: Action,
    because: String,
    /// What a card offers to reply.
    replies: Vec<String>,
}

/// The last value that any route decided for an output.
struct Decided {
    name: String,
    ty: Type,
    value: Slot,
    rule: String,
    because: String,
}

/// The sink of a test.
pub(super) struct Judge<'a> {
    manifest: &'a Manifest,
    outputs: Vec<Decided>,
    actions: Vec<Acted>,
    /// By entry: the verdicts of its items.
    verdicts: Vec<Vec<Verdict>>,
    /// When the call began, since the test's clock; what it tells is told since then.
    began_ms: i64,
    dialog: Heard,
    /// Cards whose replies nobody has said yet: index of the action, entry of the watch.
    cards: Vec<(usize, usize)>,
    /// Tickets that dialogs have opened and nobody has taken: when, and their kinds.
    tickets: Vec<(i64, u32)>,
    /// Callers who became leads: of which campaign, and what is known of them.
    leads: Vec<(u32, Vec<(String, String)>)>,
    /// Transfers that nobody has taken: where to, and what was handed over.
    moved: Vec<(Slot, Vec<(String, String)>)>,
    result: ScriptResult,
}

/// Whether an expectation held, and what to say if not.
pub(super) struct Finding {
    pub(super) held: bool,
    pub(super) expected: String,
    pub(super) found: String,
}

/// A call alone has no campaign and no ticket around it.
fn not_run(what: &str) -> Finding {
    Finding { held: false, expected: what.to_owned(), found: "a call alone".to_owned() }
}

impl<'a> Judge<'a> {
    pub(super) fn new(manifest: &'a Manifest, place: Place) -> Self {
        let items = |kind: &EntryKind| if let EntryKind::Qa { items, .. } = kind { items.len() } else { 0 };
        Self {
            manifest,
            outputs: Vec::new(),
            actions: Vec::new(),
            verdicts: manifest
                .entries
                .iter()
                .map(|entry| vec![Verdict::Pending; items(&entry.kind)])
                .collect(),
            began_ms: 0,
            dialog: Heard::default(),
            cards: Vec::new(),
            tickets: Vec::new(),
            leads: Vec::new(),
            moved: Vec::new(),
            result: ScriptResult {
                name: String::new(),
                place,
                checked: 0,
                failures: Vec::new(),
                decided: Vec::new(),
                incidents: Vec::new(),
                hits: Vec::new(),
            },
        }
    }

    pub(super) fn finish(mut self, script: &Script) -> ScriptResult {
        self.result.name.clone_from(&script.name);
        self.result.place = script.place.clone();
        self.result.hits.sort_unstable();
        self.result.hits.dedup();
        self.result
    }

    /// Something happens: what the dialog said before is past.
    pub(super) fn happens(&mut self, at_ms: Option<i64>) {
        self.dialog.happens(at_ms.unwrap_or(i64::MAX));
    }

    pub(super) fn check(&mut self, step: &Step, expectation: &Expectation) {
        let finding = match expectation {
            Expectation::Output { name, value, shown, because } => {
                self.output(name, *value, shown, because.as_deref())
            }
            Expectation::Actions { target, transfers, times, because } => {
                self.actions(*target, *transfers, *times, because.as_deref())
            }
            Expectation::Cards { text, offering, times, because } => {
                self.cards(*text, offering.as_deref(), *times, because.as_deref())
            }
            Expectation::Qa { entry, item, passed } => {
                self.tests_items(*entry as usize, *item);
                self.quality(*entry as usize, *item, *passed)
            }
            Expectation::Dialog(expected) => self.dialog.check(self.manifest, expected),
            Expectation::Lead { campaign, fields, times } => self.lead(*campaign, fields, *times),
            Expectation::Trial(_) => not_run("what a campaign does"),
            Expectation::Ticket(..) => not_run("what becomes of a ticket"),
        };
        self.hold(step, finding);
    }

    /// A call begins.
    pub(super) const fn call_begins(&mut self, at_ms: i64) {
        self.began_ms = at_ms;
    }

    /// A card offers this reply.
    pub(super) fn offered(&mut self, card: usize, reply: String) {
        if let Some(acted) = self.actions.get_mut(card) {
            acted.replies.push(reply);
        }
    }

    pub(super) fn take_tickets(&mut self) -> Vec<(i64, u32)> {
        std::mem::take(&mut self.tickets)
    }

    /// Remembers what campaigns and tickets did; the test's clock began at this moment.
    pub(super) fn hear(&mut self, clock_ms: i64, told: super::around::Told) {
        let super::around::Told { mut lines, hits, said } = told;
        lines.sort_by_key(|(at_ms, _)| *at_ms);
        let line =
            |(at_ms, line): (i64, String)| format!("{} {line}", show_time(at_ms.saturating_sub(clock_ms)));
        self.result.decided.extend(lines.into_iter().map(line));
        self.result.hits.extend(hits);
        self.dialog.say(said);
    }

    /// A line that says what becomes of a call while none is under way.
    pub(super) fn no_call(&mut self, step: &Step, found: String) {
        let (place, expected) = (step.place.clone(), "a call under way".to_owned());
        self.result.failures.push(ScriptFailure { place, at_ms: step.at_ms, expected, found });
    }

    /// Counts an expectation, and tells when it did not hold.
    pub(super) fn hold(&mut self, step: &Step, finding: Finding) {
        self.result.checked += 1;
        if !finding.held {
            let Finding { expected, found, .. } = finding;
            let (place, at_ms) = (step.place.clone(), step.at_ms);
            self.result.failures.push(ScriptFailure { place, at_ms, expected, found });
        }
    }

    fn output(&self, name: &str, value: Slot, shown: &str, because: Option<&str>) -> Finding {
        let expected = format!("{name} {shown}{}", show_because(because));
        let Some(last) = self.outputs.iter().find(|output| output.name == name) else {
            return Finding { held: false, expected, found: format!("no route has decided `{name}` so far") };
        };
        let held = same(last.ty, last.value, value) && because.is_none_or(|because| because == last.because);
        let found = show_value(self.manifest, last.ty, last.value, None);
        let reason = show_because(Some(last.because.as_str()).filter(|because| !because.is_empty()));
        Finding { held, expected, found: format!("{name} {found}{reason} ({})", last.rule) }
    }

    fn actions(
        &self,
        target: Option<Slot>,
        transfers: bool,
        times: Option<u32>,
        because: Option<&str>,
    ) -> Finding {
        let of_kind = |acted: &&Acted| match acted.action {
            Action::Transfer(_) => transfers,
            Action::Alert(_) => !transfers,
            Action::Card { .. } | Action::Mode(_) | Action::Nothing => false,
        };
        let fits = |acted: &&Acted| {
            let acted_on = match acted.action {
                Action::Alert(slot) | Action::Transfer(slot) | Action::Card { role: slot, .. } => Some(slot),
                Action::Mode(_) | Action::Nothing => None,
            };
            target.is_none_or(|target| Some(target) == acted_on)
                && because.is_none_or(|because| because == acted.because)
        };
        let found = self.actions.iter().filter(of_kind);
        let count = found.clone().filter(fits).count();
        let held = times.map_or(count > 0, |times| count == times as usize);
        let kind = if transfers { "transfer" } else { "alert" };
        let what = target.map_or(kind.to_owned(), |slot| {
            show_action(self.manifest, if transfers { Action::Transfer(slot) } else { Action::Alert(slot) })
        });
        let expected = show_times(&what, times, because);
        let mut shown: Vec<_> = found.map(|acted| self.show_acted(acted)).collect();
        if shown.is_empty() {
            shown.push(format!("no {kind} so far"));
        }
        Finding { held, expected, found: shown.join(", ") }
    }

    fn cards(
        &self,
        text: Option<Slot>,
        offering: Option<&str>,
        times: Option<u32>,
        because: Option<&str>,
    ) -> Finding {
        let found = self.actions.iter().filter(|acted| matches!(acted.action, Action::Card { .. }));
        let fits = |acted: &&Acted| {
            let is_text = matches!(acted.action, Action::Card { text: shown, .. } if text.is_none_or(|text| text == shown));
            let offers = offering.is_none_or(|reply| acted.replies.iter().any(|offered| offered == reply));
            is_text && offers && because.is_none_or(|because| because == acted.because)
        };
        let count = found.clone().filter(fits).count();
        let held = times.map_or(count > 0, |times| count == times as usize);
        let what = text.map_or_else(
            || "card".to_owned(),
            |text| show_action(self.manifest, Action::Card { text, role: 0, for_ms: 0 }),
        );
        let what = what + &offering.map_or(String::new(), |reply| format!(" offering \"{reply}\""));
        let mut shown: Vec<_> = found.map(|acted| self.show_acted(acted)).collect();
        if shown.is_empty() {
            shown.push("no card so far".to_owned());
        }
        Finding { held, expected: show_times(&what, times, because), found: shown.join(", ") }
    }

    fn show_acted(&self, acted: &Acted) -> String {
        let because = Some(acted.because.as_str()).filter(|because| !because.is_empty());
        let shown = show_action(self.manifest, acted.action);
        let replies: Vec<String> = acted.replies.iter().map(|reply| format!("\"{reply}\"")).collect();
        let shown = match replies.is_empty() {
            true => shown,
            false => format!("{shown} offering {}", replies.join(", ")),
        };
        format!("{shown} at {}{}", show_time(acted.at_ms), show_because(because))
    }

    fn remember(&mut self, decision: &Decision<'_>) {
        let manifest = self.manifest;
        let because = decision.because(manifest);
        let entry = manifest.entries.get(decision.entry);
        let rule = entry.zip(decision.outcome).and_then(|(entry, outcome)| entry.outcomes.get(outcome));
        match (decision.what, entry.map(|entry| &entry.kind)) {
            (What::Outputs(values), Some(EntryKind::Route { outputs, .. })) => {
                for (output, value) in outputs.iter().zip(values) {
                    self.outputs.retain(|known| known.name != output.name);
                    self.outputs.push(Decided {
                        name: output.name.clone(),
                        ty: output.ty,
                        value: *value,
                        rule: rule.map_or(String::new(), |rule| rule.label.clone()),
                        because: because.to_owned(),
                    });
                }
            }
            (What::Alert { role: slot, .. }, _) => self.act(decision.at_ms, Action::Alert(slot), because),
            (What::Transfer { queue: slot, .. }, _) => {
                if decision.act.is_none() {
                    self.moved.push((slot, Vec::new()));
                }
                self.act(decision.at_ms, Action::Transfer(slot), because)
            }
            (What::Card { text, role, for_ms, .. }, _) => {
                self.cards.push((self.actions.len(), decision.entry));
                self.act(decision.at_ms, Action::Card { text, role, for_ms }, because);
            }
            (What::Outputs(_) | What::Mode(_) | What::Handler { .. } | What::Noticed | What::Cleared, _) => {}
        }
    }

    fn act(&mut self, at_ms: i64, action: Action, because: &str) {
        let at_ms = at_ms.saturating_add(self.began_ms);
        self.actions.push(Acted { at_ms, action, because: because.to_owned(), replies: Vec::new() });
    }
}

impl Sink for Judge<'_> {
    fn decided(&mut self, decision: Decision<'_>) {
        self.remember(&decision);
        if let (Some(outcome), false) = (decision.outcome, decision.what == What::Cleared) {
            self.result.hits.push((decision.entry, outcome));
        }
        let name = self.manifest.entries.get(decision.entry).map_or("", |entry| entry.name.as_str());
        let (_, action) = show_what(self.manifest, decision.entry, decision.what, |_| None);
        let because = Some(decision.because(self.manifest)).filter(|because| !because.is_empty());
        let at = show_time(decision.at_ms.saturating_add(self.began_ms));
        self.result.decided.push(format!("{at} {action}{} ({name})", show_because(because)));
    }

    fn judged(&mut self, result: QaResult) {
        let verdict = self.verdicts.get_mut(result.entry).and_then(|items| items.get_mut(result.item));
        verdict.into_iter().for_each(|verdict| *verdict = result.verdict);
    }

    fn dialog(&mut self, step: DialogStep<'_>) {
        let step = DialogStep { at_ms: step.at_ms.saturating_add(self.began_ms), ..step };
        self.result.decided.extend(show_told(self.manifest, step));
        self.dialog.tell(step);
        match step.what {
            Told::TicketOpened(kind) => self.tickets.push((step.at_ms, kind)),
            Told::Transferred { queue, handover, .. } => self.moved.push((queue, handover.to_vec())),
            _ => {}
        }
    }

    fn incident(&mut self, incident: Incident) {
        let place = incident.subject(self.manifest).map_or(String::new(), |name| format!("`{name}`: "));
        self.result.incidents.push(format!("at {}: {place}{}", show_time(incident.at_ms), incident.kind));
        if matches!(incident.kind, IncidentKind::UnlistedDay { .. }) {
            self.result.failures.push(ScriptFailure {
                place: self.result.place.clone(),
                at_ms: Some(incident.at_ms.saturating_add(self.began_ms)),
                expected: "a day of the years that the lists of holidays cover".to_owned(),
                found: format!("{place}{}", incident.kind),
            });
        }
    }
}

fn show_because(because: Option<&str>) -> String {
    because.map_or_else(String::new, |because| format!(" because \"{because}\""))
}

fn show_times(what: &str, times: Option<u32>, because: Option<&str>) -> String {
    let because = show_because(because);
    match times {
        Some(0) => format!("no {what}{because}"),
        Some(1) => format!("{what}{because} exactly 1 time"),
        Some(times) => format!("{what}{because} exactly {times} times"),
        None => format!("{what}{because}"),
    }
}

/// Whether two slots hold the same value of a type: zero has two spellings as a float.
fn same(ty: Type, left: Slot, right: Slot) -> bool {
    left == right || (ty.is_float() && f64::from_bits(left) == f64::from_bits(right))
}
