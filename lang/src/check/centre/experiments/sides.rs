//! The two sides of an experiment: versions of one name against versions of another, each pair on the same days.

use tandem_stdlib::contract::{Effective, ExperimentSpec, Trigger};

use super::Triable;
use crate::check::context::{Context, small};
use crate::check::resolve::{Kind, dotted};
use crate::diagnostics::{Code, Diagnostic};
use crate::tree::{Path, Tries, TriesKind};

/// One version of something that can be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Side {
    kind: Kind,
    /// Index in the list of its kind; of watches for assists.
    at: usize,
}

/// Looks sides up and compares them.
pub(super) struct Entries<'e, 'c, 'p> {
    pub(super) context: &'e mut Context<'c>,
    pub(super) triable: &'e mut Triable<'p>,
}

impl Entries<'_, '_, '_> {
    /// Which version is tried in place of which; `None`: they do not fit each other, which has been reported.
    pub(super) fn pairs(
        &mut self,
        file: usize,
        item: &Tries,
        tried: &mut Vec<Side>,
    ) -> Option<Vec<(Side, Side)>> {
        let kind = kind_of(item.kind);
        let (usual, other) = (self.named(file, &item.usual, kind), self.named(file, &item.tried, kind));
        let (usual, other) = (usual?, other?);
        let pairs = match self.reason(item, &usual, &other, tried) {
            Some(reason) => Err(reason),
            None => self.paired(&usual, &other),
        };
        match pairs {
            Ok(pairs) => {
                tried.extend(other);
                Some(pairs)
            }
            Err(reason) => {
                let wrong = Diagnostic::new(Code::SidesDiffer, item.span, reason);
                let help = "both sides decide the same things at the same moments and on the same days, by rules of their own";
                self.context.report(wrong.help(help));
                None
            }
        }
    }

    /// All versions of a name.
    fn named(&mut self, file: usize, path: &Path, kind: Kind) -> Option<Vec<Side>> {
        let symbol = self.context.find(file, path, kind)?;
        let full = self.context.world.symbol(symbol)?.full.clone();
        let side = |at| Side { kind, at };
        if kind == Kind::Assist {
            let named = self.triable.assists.iter().filter(|(name, _)| *name == full);
            return Some(named.map(|(_, watch)| side(*watch)).collect());
        }
        let names = self.context.names_of(kind);
        let named = names.iter().enumerate().filter(|(_, name)| **name == full);
        let sides: Vec<Side> = named.map(|(at, _)| side(at)).collect();
        // Where something before it is wrong and left out, positions tell nothing; that has been reported.
        sides.iter().all(|side| self.name(*side).is_none_or(|name| name == full)).then_some(sides)
    }

    fn name(&self, side: Side) -> Option<&str> {
        let named = match side.kind {
            Kind::Route => self.triable.routes.get(side.at).map(|route| &route.name),
            Kind::Watch => self.triable.watches.get(side.at).map(|watch| &watch.name),
            Kind::Qa => self.triable.qas.get(side.at).map(|qa| &qa.name),
            _ => None,
        };
        named.map(String::as_str)
    }

    /// What keeps two names from standing for each other.
    fn reason(&self, item: &Tries, usual: &[Side], other: &[Side], tried: &[Side]) -> Option<String> {
        let (name, tries) = (dotted(&item.usual), dotted(&item.tried));
        if usual == other {
            return Some(format!("`{name}` cannot be tried in its own place"));
        }
        if usual.iter().chain(other).any(|side| tried.contains(side)) {
            return Some(format!("`{name}` or `{tries}` is tried already"));
        }
        if item.kind == TriesKind::Dialog {
            let begins =
                |side: &Side| self.context.world.dialogs.get(side.at).is_some_and(|(_, it)| it.at_start);
            return other
                .iter()
                .any(begins)
                .then(|| format!("`{tries}` begins by itself: leave its `at start` out"));
        }
        let (one, two) = (usual.first()?, other.first()?);
        self.different(*one, *two, (&name, &tries))
    }

    /// How routes differ in what they decide, and when.
    fn different(&self, one: Side, two: Side, (name, tries): (&str, &str)) -> Option<String> {
        if one.kind != Kind::Route {
            return None;
        }
        let (usual, other) = (self.triable.routes.get(one.at)?, self.triable.routes.get(two.at)?);
        if usual.outputs != other.outputs {
            let outputs = |of: &[tandem_stdlib::contract::Output]| {
                of.iter().map(|output| format!("`{}`", output.name)).collect::<Vec<_>>().join(", ")
            };
            let (left, right) = (outputs(&usual.outputs), outputs(&other.outputs));
            return Some(format!("`{name}` decides {left}, but `{tries}` decides {right}"));
        }
        let (_, written) = self.context.world.routes.get(two.at)?;
        let differ = !written.at.is_empty() && usual.triggers != other.triggers;
        differ.then(|| format!("`{name}` and `{tries}` decide at different moments"))
    }

    /// Each usual version with the one of the same days, or with the only one, which holds on all days.
    fn paired(&self, usual: &[Side], other: &[Side]) -> Result<Vec<(Side, Side)>, String> {
        let always = |side: &&Side| other.len() == 1 && self.effective(**side) == Effective::default();
        let pair = |one: &Side| {
            let same = other.iter().find(|two| self.effective(**two) == self.effective(*one));
            same.or_else(|| other.iter().find(always)).map(|two| (*one, *two))
        };
        let pairs: Option<Vec<_>> = usual.iter().map(pair).collect();
        let all =
            |pairs: &Vec<(Side, Side)>| other.iter().all(|two| pairs.iter().any(|(_, tried)| tried == two));
        pairs.filter(all).ok_or_else(|| "the two sides hold on different days".to_owned())
    }

    fn effective(&self, side: Side) -> Effective {
        let found = match side.kind {
            Kind::Route => self.triable.routes.get(side.at).map(|route| route.effective),
            Kind::Watch | Kind::Assist => self.triable.watches.get(side.at).map(|watch| watch.effective),
            Kind::Qa => self.triable.qas.get(side.at).map(|qa| qa.effective),
            _ => None,
        };
        found.unwrap_or_default()
    }

    /// Adds pairs to an experiment by the numbers that entries will have: routes, watches, quality checks.
    pub(super) fn add(&mut self, pairs: &[(Side, Side)], spec: &mut ExperimentSpec) {
        let (routes, watches) = (self.triable.routes.len(), self.triable.watches.len());
        let before = |kind: Kind| match kind {
            Kind::Watch | Kind::Assist => routes,
            Kind::Qa => routes + watches,
            _ => 0,
        };
        for (usual, other) in pairs {
            let numbers = (small(before(usual.kind) + usual.at), small(before(other.kind) + other.at));
            if usual.kind == Kind::Dialog {
                spec.dialogs.push(numbers);
                continue;
            }
            spec.tries.push(numbers);
            self.triable.listen(*usual, *other);
        }
    }
}

const fn kind_of(tries: TriesKind) -> Kind {
    match tries {
        TriesKind::Route => Kind::Route,
        TriesKind::Watch => Kind::Watch,
        TriesKind::Assist => Kind::Assist,
        TriesKind::Qa => Kind::Qa,
        TriesKind::Dialog => Kind::Dialog,
    }
}

impl Triable<'_> {
    fn triggers(&mut self, side: Side) -> Option<&mut Vec<Trigger>> {
        match side.kind {
            Kind::Route => self.routes.get_mut(side.at).map(|route| &mut route.triggers),
            Kind::Watch | Kind::Assist => self.watches.get_mut(side.at).map(|watch| &mut watch.triggers),
            Kind::Qa => self.qas.get_mut(side.at).map(|qa| &mut qa.triggers),
            _ => None,
        }
    }

    /// The usual side is due whenever the other one would be: looking more often changes nothing that a watch or a check
    /// finds.
    fn listen(&mut self, usual: Side, other: Side) {
        if usual.kind == Kind::Route {
            return;
        }
        let wanted = self.triggers(other).cloned().unwrap_or_default();
        if let Some(triggers) = self.triggers(usual) {
            let missing: Vec<Trigger> = wanted.into_iter().filter(|one| !triggers.contains(one)).collect();
            triggers.extend(missing);
        }
    }

    /// What is tried runs nowhere of its own.
    pub(super) fn hold_back(&mut self, side: Side) {
        self.triggers(side).into_iter().for_each(Vec::clear);
    }
}
