//! What every part of the check shares: texts, declarations, findings and the lists that the program is made of.

use std::collections::HashMap;

use tandem_stdlib::contract::{
    Argument, EntryRef, FactSource, NoteSpec, Outcome, Place, Slot, SourceCall, Type,
};

use super::resolve::{Kind, SymbolId, World, unknown_word};
use super::sinks::{Sink, Told};
use super::suggest;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Choice, Expr, Route, Rule, Watch};
use crate::source::{Sources, Span};
use crate::tree::Name;

/// The state of one check.
pub(super) struct Context<'t> {
    /// All texts.
    pub(super) sources: &'t Sources,
    /// All declarations.
    pub(super) world: World<'t>,
    /// What was found so far.
    pub(super) found: Vec<Diagnostic>,
    /// Symbols that something uses, by id.
    pub(super) used: Vec<bool>,
    /// Queues that something sends calls to, by word.
    pub(super) queues_reached: Vec<bool>,
    /// Texts that the program mentions.
    pub(super) literals: Literals,
    /// Look-ups.
    pub(super) calls: Calls,
    /// Phrase sets that something uses.
    pub(super) phrases: UsedPhrases,
    /// Conditions and scores that stand in dialogs, campaigns and the like, see [`Context::condition`].
    pub(super) conditions: Vec<Route>,
    /// Where the outputs of each of them go.
    pub(super) told: Vec<Told>,
    /// What dialogs note, each `note` once.
    pub(super) notes: Vec<Note>,
    /// The notes that something reads, each name once.
    pub(super) notes_read: Vec<NoteSpec>,
    /// Watches of modes and assists, which stand behind the author's.
    pub(super) watches_made: Vec<Watch>,
}

impl<'t> Context<'t> {
    /// A context in which nothing is used yet.
    pub(super) fn new(sources: &'t Sources, world: World<'t>, found: Vec<Diagnostic>) -> Self {
        let used = vec![false; world.symbols.len()];
        let queues_reached = vec![false; world.queues.len()];
        let (literals, calls, phrases) = (Literals::default(), Calls::default(), UsedPhrases::default());
        let (conditions, told, watches_made) = (Vec::new(), Vec::new(), Vec::new());
        Self {
            sources,
            world,
            found,
            used,
            queues_reached,
            literals,
            calls,
            phrases,
            conditions,
            told,
            notes: Vec::new(),
            notes_read: Vec::new(),
            watches_made,
        }
    }

    /// Adds a finding, unless it is about a name that may stand in a part of a file that could not be read.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        let about_names = matches!(diagnostic.code, Code::UnknownName | Code::UnknownType | Code::UnusedName);
        if about_names && self.world.unread.mentions(self.sources.text(diagnostic.span)) {
            return;
        }
        self.found.push(diagnostic);
    }

    /// Whether something inside the span could not be read.
    pub(super) fn is_incomplete(&self, span: Span) -> bool {
        self.world.unread.is_inside(span)
    }

    /// An item is left out because of an error, which has been reported: what it names is not unused.
    pub(super) fn leave_out(&mut self, span: Span) {
        let text = self.sources.text(span);
        self.world.unread.left_out(text);
    }

    /// Full names of all items of a kind, in order of declaration.
    pub(super) fn names_of(&self, kind: Kind) -> Vec<String> {
        let symbols = self.world.symbols.iter().filter(|symbol| symbol.kind == kind);
        symbols.map(|symbol| symbol.full.clone()).collect()
    }

    /// Adds a route that something else of the policy asks, and gives the index of its entry: the author's routes come
    /// first. (A route with an error has no place in a program, but then there is no program.)
    pub(super) fn condition(&mut self, route: Route) -> EntryRef {
        self.condition_to(route, Sink::Told)
    }

    /// The same, for an entry whose outputs go somewhere that has rules of its own.
    pub(super) fn condition_to(&mut self, route: Route, to: Sink) -> EntryRef {
        self.add(route, Told { to, treats: false })
    }

    /// The same as [`Context::condition`], for an entry that treats people differently.
    pub(super) fn treatment(&mut self, route: Route) -> EntryRef {
        self.add(route, Told { to: Sink::Told, treats: true })
    }

    fn add(&mut self, route: Route, told: Told) -> EntryRef {
        self.told.push(told);
        let entry = small(self.world.routes.len() + self.conditions.len());
        self.conditions.push(route);
        entry
    }

    /// The entry whose only outcome is that a condition holds.
    pub(super) fn holds(&mut self, name: String, label: &str, when: Expr, because: &str) -> EntryRef {
        let place = self.place(when.span);
        let outcome = Outcome { label: label.to_owned(), because: because.to_owned(), place: place.clone() };
        let choices = vec![Choice::Rule(Rule { when: Some(when), answers: Vec::new(), outcome })];
        self.condition(Route { name, place, choices, ..Route::default() })
    }

    /// The index of a note that something reads.
    pub(super) fn read_note(&mut self, name: &str, ty: Type) -> u32 {
        let at = self.notes_read.iter().position(|note| note.name == name).unwrap_or(self.notes_read.len());
        if at == self.notes_read.len() {
            self.notes_read.push(NoteSpec { name: name.to_owned(), ty });
        }
        small(at)
    }

    /// Adds a watch that the policy has beside the author's, and gives its index in the list of watches.
    pub(super) fn make_watch(&mut self, watch: Watch) -> EntryRef {
        let at = small(self.world.watches.len() + self.watches_made.len());
        self.watches_made.push(watch);
        at
    }

    /// Adds a finding with a help line.
    pub(super) fn error(&mut self, code: Code, span: Span, message: impl Into<String>, help: Option<String>) {
        let mut diagnostic = Diagnostic::new(code, span, message);
        diagnostic.help = help;
        self.report(diagnostic);
    }

    /// Reports a name that is none of those that it could be.
    pub(super) fn unknown_name<'n>(
        &mut self,
        name: &str,
        span: Span,
        message: impl Into<String>,
        candidates: impl IntoIterator<Item = &'n str>,
    ) {
        self.report(suggest::unknown_name(name, span, message, candidates));
    }

    /// The author's text at a place.
    pub(super) fn shown(&self, span: Span) -> String {
        self.sources.shown(span)
    }

    /// File, line and column.
    pub(super) fn place(&self, span: Span) -> Place {
        self.sources.place(span)
    }

    /// A type as a predicate.
    pub(super) fn is(&self, ty: Type) -> String {
        suggest::is(ty, &self.world.vocabularies.list)
    }

    /// How a value of the type is written.
    pub(super) fn example(&self, ty: Type) -> Option<String> {
        suggest::example(ty, &self.world.vocabularies.list)
    }

    /// Notes that a symbol is used.
    pub(super) fn use_symbol(&mut self, symbol: SymbolId) {
        if let Some(used) = self.used.get_mut(symbol.0) {
            *used = true;
        }
    }

    /// The slot of a word of a vocabulary; reports a word that is not there.
    pub(super) fn word(&mut self, vocabulary: u32, word: &Name) -> Option<Slot> {
        let slot = self.world.vocabularies.word(vocabulary, &word.text);
        if slot.is_none() {
            let wrong = unknown_word(&self.world.vocabularies, vocabulary, &word.text, word.span);
            self.report(wrong);
        }
        slot
    }

    /// Notes that calls can come to a queue.
    pub(super) fn reach_queue(&mut self, queue: Slot) {
        let at = usize::try_from(queue).unwrap_or(usize::MAX).wrapping_sub(1);
        if let Some(reached) = self.queues_reached.get_mut(at) {
            *reached = true;
        }
    }
}

/// A `note` of a dialog.
pub(super) struct Note {
    /// The name.
    pub(super) name: String,
    /// What is noted; `None`: wrong, already reported.
    pub(super) value: Option<Expr>,
    /// Where.
    pub(super) span: Span,
}

/// Texts, each different one once.
#[derive(Default)]
pub(super) struct Literals {
    /// In order.
    pub(super) list: Vec<String>,
    index: HashMap<String, u32>,
}

impl Literals {
    /// The index of a text.
    pub(super) fn index(&mut self, text: &str) -> u32 {
        if let Some(at) = self.index.get(text) {
            return *at;
        }
        let at = small(self.list.len());
        self.list.push(text.to_owned());
        self.index.insert(text.to_owned(), at);
        at
    }

    /// The slot of a text.
    pub(super) fn slot(&mut self, text: &str) -> Slot {
        Slot::from(self.index(text)) + 1
    }
}

/// Arguments as a key: a fact, or else a constant.
type ArgumentsKey = Vec<(Option<FactSource>, Slot)>;

/// Look-ups, each different one once.
#[derive(Default)]
pub(super) struct Calls {
    /// In order.
    pub(super) list: Vec<SourceCall>,
    /// How each was written.
    pub(super) shown: Vec<String>,
    /// Where each was written first.
    pub(super) spans: Vec<Span>,
    index: HashMap<(u32, ArgumentsKey), u32>,
}

impl Calls {
    /// The index of a look-up.
    pub(super) fn index(&mut self, source: u32, arguments: Vec<Argument>, shown: (String, Span)) -> u32 {
        let key = arguments.iter().map(|argument| match argument {
            Argument::Fact(fact) => (Some(*fact), 0),
            Argument::Constant(slot) => (None, *slot),
        });
        let next = small(self.list.len());
        let at = *self.index.entry((source, key.collect())).or_insert(next);
        if at == next {
            return self.add(source, arguments, shown);
        }
        at
    }

    /// The index of a look-up that is made anew each time.
    pub(super) fn add(
        &mut self,
        source: u32,
        arguments: Vec<Argument>,
        (shown, span): (String, Span),
    ) -> u32 {
        let at = small(self.list.len());
        self.list.push(SourceCall { source, arguments });
        self.shown.push(shown);
        self.spans.push(span);
        at
    }
}

/// Phrase sets that something uses, in order of use.
#[derive(Default)]
pub(super) struct UsedPhrases {
    /// The set's symbol and the intent that it recognises.
    pub(super) list: Vec<(SymbolId, Option<Slot>)>,
    index: HashMap<SymbolId, u32>,
}

impl UsedPhrases {
    /// The index of a set.
    pub(super) fn index(&mut self, symbol: SymbolId) -> u32 {
        let next = small(self.list.len());
        let at = *self.index.entry(symbol).or_insert(next);
        if at == next {
            self.list.push((symbol, None));
        }
        at
    }

    /// Makes a set recognise an intent; a set that recognises two stands in the list twice.
    pub(super) fn heard_as(&mut self, symbol: SymbolId, intent: Slot) {
        let at = self.index(symbol) as usize;
        match self.list.get_mut(at) {
            Some((_, heard @ None)) => *heard = Some(intent),
            _ => self.list.push((symbol, Some(intent))),
        }
    }
}

/// A length as an index of the contract; texts are far too short for more.
pub(super) fn small(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
