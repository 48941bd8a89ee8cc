//! Names: what is declared where, and what a name means in a module.

mod calendars;
mod elsewhere;
mod modules;
mod phrases;
mod records;
mod type_names;
mod unread;
mod unused;
mod vocabularies;

use std::collections::HashMap;

use tandem_stdlib::contract::{QueueSpec, Slot, SourceSpec, Type};

use super::suggest;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::{Sources, Span};
use crate::tree;

pub(super) use calendars::{calendars, check_hours, check_zone_name, common, covered};
pub(super) use modules::twice;
pub(super) use phrases::{Patterns, patterns};
pub(super) use records::{is_empty, records_and_sources};
pub(super) use type_names::type_named;
pub(super) use unused::report_unused;
pub(super) use vocabularies::{
    CHANNEL, DIRECTION, DISPOSITION, HOURS, INTENT, LANGUAGE, PRIORITY, QUEUE, ROLE, SKILL, TIER,
    Vocabularies, heard_as, unknown_word,
};

/// A declared name; indexes [`World::symbols`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct SymbolId(pub(super) usize);

/// What a name was declared as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Enum,
    Record,
    Source,
    Phrases,
    Holidays,
    Calendar,
    Route,
    Watch,
    Text,
    Dialog,
    Guarantee,
    Qa,
    Mode,
    Assist,
    Export,
    Sampling,
    Experiment,
    Target,
    Campaign,
    Law,
    Ticket,
}

impl Kind {
    /// In the author's words.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Enum => "an enum",
            Self::Record => "a record",
            Self::Source => "a source",
            Self::Phrases => "a set of phrases",
            Self::Holidays => "a list of holidays",
            Self::Calendar => "a calendar",
            Self::Route => "a route",
            Self::Watch => "a watch",
            Self::Text => "a text",
            Self::Dialog => "a dialog",
            Self::Guarantee => "a guarantee",
            Self::Qa => "a quality check",
            Self::Mode => "a mode",
            Self::Assist => "an assist",
            Self::Export => "an export",
            Self::Sampling => "a sampling",
            Self::Experiment => "an experiment",
            Self::Target => "a target",
            Self::Campaign => "a campaign",
            Self::Law => "a law",
            Self::Ticket => "a kind of ticket",
        }
    }
}

/// A declared name.
pub(super) struct Symbol {
    /// As declared.
    pub(super) name: String,
    /// With the module before it.
    pub(super) full: String,
    /// The name's place.
    pub(super) span: Span,
    /// What it is.
    pub(super) kind: Kind,
    /// Index in the list of its kind: `vocabularies` for enums, else in order of declaration.
    pub(super) at: usize,
    /// Index of its file.
    pub(super) file: usize,
    /// Whether it comes with the language.
    pub(super) standard: bool,
    /// Whether it holds from or until a day.
    pub(super) dated: bool,
}

/// A field of a record, checked.
pub(super) struct FieldInfo {
    pub(super) name: String,
    /// `None`: wrong, already reported.
    pub(super) ty: Option<Type>,
    pub(super) default: Option<Slot>,
    /// Where it is declared.
    pub(super) span: Span,
    /// What may not happen to its values.
    pub(super) labels: tree::Labels,
    /// Roles that alone may see it; empty: everybody.
    pub(super) visible_to: Vec<Slot>,
}

/// A source, checked.
pub(super) struct SourceInfo {
    pub(super) spec: SourceSpec,
    /// `None`: wrong, already reported.
    pub(super) parameters: Vec<Option<Type>>,
    /// Index of the record; `None`: wrong, already reported.
    pub(super) record: Option<usize>,
    /// Where it works.
    pub(super) whereabouts: tree::Whereabouts,
    /// Where it is declared.
    pub(super) span: Span,
}

/// All items of one kind with the index of their file.
pub(super) type Items<'t, T> = Vec<(usize, &'t T)>;

/// Every declaration of the folder and of the standard modules.
#[derive(Default)]
pub(super) struct World<'t> {
    pub(super) module_names: Vec<String>,
    pub(super) standard: Vec<bool>,
    pub(super) symbols: Vec<Symbol>,
    pub(super) vocabularies: Vocabularies,
    pub(super) queues: Vec<QueueSpec>,
    pub(super) queue_items: Items<'t, tree::Queue>,
    pub(super) record_items: Items<'t, tree::Record>,
    pub(super) source_items: Items<'t, tree::Source>,
    pub(super) phrases: Items<'t, tree::Phrases>,
    pub(super) holidays: Items<'t, tree::Holidays>,
    pub(super) calendars: Items<'t, tree::Calendar>,
    pub(super) routes: Items<'t, tree::Route>,
    pub(super) watches: Items<'t, tree::Watch>,
    pub(super) texts: Items<'t, tree::SpokenText>,
    pub(super) dialogs: Items<'t, tree::Dialog>,
    pub(super) guarantees: Items<'t, tree::Guarantee>,
    pub(super) qas: Items<'t, tree::Qa>,
    pub(super) modes: Items<'t, tree::Mode>,
    pub(super) assists: Items<'t, tree::Assist>,
    pub(super) local_facts: Items<'t, tree::LocalFacts>,
    pub(super) attentions: Items<'t, tree::CardCap>,
    pub(super) transfers: Items<'t, tree::TransferCap>,
    pub(super) masks: Items<'t, tree::Mask>,
    pub(super) exports: Items<'t, tree::Export>,
    pub(super) samplings: Items<'t, tree::Sampling>,
    pub(super) experiments: Items<'t, tree::Experiment>,
    pub(super) targets: Items<'t, tree::Target>,
    pub(super) campaigns: Items<'t, tree::Campaign>,
    pub(super) laws: Items<'t, tree::Law>,
    pub(super) tickets: Items<'t, tree::Ticket>,
    pub(super) tests: Items<'t, tree::Test>,
    pub(super) replays: Items<'t, tree::Replay>,
    pub(super) records: Vec<Vec<FieldInfo>>,
    pub(super) sources: Vec<SourceInfo>,
    pub(super) unread: unread::Unread,
    scopes: Vec<HashMap<String, SymbolId>>,
    use_places: Vec<elsewhere::UsePlace>,
    by_full_name: HashMap<String, SymbolId>,
}

/// Collects all declarations.
pub(super) fn collect<'t>(
    files: &'t [tree::File],
    sources: &Sources,
    found: &mut Vec<Diagnostic>,
) -> World<'t> {
    let use_places = files.iter().map(elsewhere::UsePlace::of).collect();
    let mut world = World { use_places, ..World::default() };
    modules::name_modules(&mut world, files, sources, found);
    vocabularies::collect(&mut world, files, found);
    modules::declare(&mut world, files, found);
    modules::bring(&mut world, files, found);
    world.unread = unread::Unread::new(files, sources);
    let unread = &world.unread;
    found.retain(|one| one.code != Code::UnknownName || !unread.mentions(sources.text(one.span)));
    world
}

impl World<'_> {
    /// What a name means in a file.
    pub(super) fn look_up(&self, file: usize, name: &str) -> Option<SymbolId> {
        let own = self.scopes.get(file).and_then(|scope| scope.get(name));
        own.or_else(|| self.by_full_name.get(name)).copied()
    }

    /// The symbol's record.
    pub(super) fn symbol(&self, id: SymbolId) -> Option<&Symbol> {
        self.symbols.get(id.0)
    }

    /// The fields of a record in order, with their types; a type that is wrong is `None`.
    pub(super) fn fields_of(&self, record: usize) -> Option<Vec<(String, Option<Type>)>> {
        let fields = self.records.get(record)?;
        Some(fields.iter().map(|field| (field.name.clone(), field.ty)).collect())
    }

    /// A name of this kind that is visible in the file.
    pub(super) fn named(&self, file: usize, name: &str, kind: Kind) -> Option<(SymbolId, &Symbol)> {
        let id = self.look_up(file, name)?;
        self.symbol(id).filter(|symbol| symbol.kind == kind).map(|symbol| (id, symbol))
    }

    /// Whether a file comes with the language.
    pub(super) fn is_standard(&self, file: usize) -> bool {
        self.standard.get(file).copied().unwrap_or_default()
    }

    /// Whether a file of the author's has brought the thing of this full name by a `use`.
    pub(super) fn is_brought(&self, full_name: &str) -> bool {
        let Some(id) = self.by_full_name.get(full_name) else { return false };
        let own = self.scopes.iter().enumerate().filter(|(file, _)| !self.is_standard(*file));
        own.into_iter().any(|(_, scope)| scope.values().any(|one| one == id))
    }

    /// Visible names of one kind, in order of declaration.
    pub(super) fn visible(&self, file: usize, kind: Kind) -> Vec<&str> {
        let scope = self.scopes.get(file);
        let ids = scope.into_iter().flat_map(|scope| scope.iter());
        let mut names: Vec<(SymbolId, &str)> = ids
            .filter(|(_, id)| self.symbol(**id).is_some_and(|symbol| symbol.kind == kind))
            .map(|(name, id)| (*id, name.as_str()))
            .collect();
        names.sort_unstable();
        names.into_iter().map(|(_, name)| name).collect()
    }
}

/// The dotted text of a path.
pub(super) fn dotted(path: &tree::Path) -> String {
    let mut text = String::new();
    for name in &path.names {
        if !text.is_empty() {
            text.push('.');
        }
        text.push_str(&name.text);
    }
    text
}
