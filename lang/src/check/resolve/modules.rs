//! Modules, their names, and what `use` brings.

use std::collections::HashMap;

use super::{Kind, Symbol, SymbolId, World, dotted, suggest};
use crate::diagnostics::{Code, Diagnostic};
use crate::source::{Sources, Span};
use crate::tree::{File, Item, Name, Path, VocabularyKeyword};

/// The module that every other one uses without saying so.
const PRELUDE: &str = "std.prelude";

/// Gives every file its module name.
pub(super) fn name_modules(
    world: &mut World<'_>,
    files: &[File],
    sources: &Sources,
    found: &mut Vec<Diagnostic>,
) {
    let mut first: HashMap<String, Span> = HashMap::new();
    for file in files {
        let text = sources.file(file.file);
        let (name, span) = match &file.module {
            Some(path) => (dotted(path), path.span),
            None => (stem(text.map_or("", |text| &text.name)), Span { file: file.file, start: 0, end: 0 }),
        };
        if let Some(before) = first.get(&name) {
            let twice =
                Diagnostic::new(Code::DeclaredTwice, span, format!("two files are the module `{name}`"));
            found.push(
                twice.note(*before, "the first is here").help("give one of them another name with `module`"),
            );
        }
        first.entry(name.clone()).or_insert(span);
        world.standard.push(text.is_some_and(|text| text.standard));
        world.module_names.push(name);
    }
}

fn stem(file_name: &str) -> String {
    let last = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.strip_suffix(".tdm").unwrap_or(last).to_owned()
}

/// Declares every named item.
pub(super) fn declare<'t>(world: &mut World<'t>, files: &'t [File], found: &mut Vec<Diagnostic>) {
    for (file, tree) in files.iter().enumerate() {
        world.scopes.push(HashMap::new());
        for item in &tree.items {
            declare_item(world, file, item, found);
        }
    }
}

fn declare_item<'t>(world: &mut World<'t>, file: usize, item: &'t Item, found: &mut Vec<Diagnostic>) {
    fn add<'t, T>(list: &mut Vec<(usize, &'t T)>, file: usize, item: &'t T) -> usize {
        list.push((file, item));
        list.len() - 1
    }
    let (name, span, kind, at) = match item {
        Item::Vocabulary(one) => match (&one.name, one.keyword) {
            (Some(name), VocabularyKeyword::Enum) => match world.vocabularies.enum_declared_at(name.span) {
                Some(at) => (name.text.clone(), name.span, Kind::Enum, at as usize),
                None => return,
            },
            _ => return,
        },
        Item::Queue(one) => {
            world.queue_items.push((file, one));
            return;
        }
        Item::Test(one) => {
            world.tests.push((file, one));
            return;
        }
        Item::Replay(one) => {
            world.replays.push((file, one));
            return;
        }
        Item::Record(one) => named(&one.name, Kind::Record, add(&mut world.record_items, file, one)),
        Item::Source(one) => {
            (dotted(&one.name), one.name.span, Kind::Source, add(&mut world.source_items, file, one))
        }
        Item::Phrases(one) => named(&one.name, Kind::Phrases, add(&mut world.phrases, file, one)),
        Item::Holidays(one) => named(&one.name, Kind::Holidays, add(&mut world.holidays, file, one)),
        Item::Calendar(one) => named(&one.name, Kind::Calendar, add(&mut world.calendars, file, one)),
        Item::Route(one) => named(&one.name, Kind::Route, add(&mut world.routes, file, one)),
        Item::Watch(one) => named(&one.name, Kind::Watch, add(&mut world.watches, file, one)),
        Item::LocalFacts(one) => {
            world.local_facts.push((file, one));
            return;
        }
        Item::Attention(one) => {
            world.attentions.push((file, one));
            return;
        }
        Item::Transfers(one) => {
            world.transfers.push((file, one));
            return;
        }
        Item::Mask(one) => {
            world.masks.push((file, one));
            return;
        }
        Item::Assist(one) => named(&one.name, Kind::Assist, add(&mut world.assists, file, one)),
        Item::Mode(one) => named(&one.name, Kind::Mode, add(&mut world.modes, file, one)),
        Item::Export(one) => named(&one.name, Kind::Export, add(&mut world.exports, file, one)),
        Item::Sampling(one) => named(&one.name, Kind::Sampling, add(&mut world.samplings, file, one)),
        Item::Experiment(one) => named(&one.name, Kind::Experiment, add(&mut world.experiments, file, one)),
        Item::Target(one) => named(&one.name, Kind::Target, add(&mut world.targets, file, one)),
        Item::Campaign(one) => named(&one.name, Kind::Campaign, add(&mut world.campaigns, file, one)),
        Item::Law(one) => named(&one.name, Kind::Law, add(&mut world.laws, file, one)),
        Item::Ticket(one) => named(&one.name, Kind::Ticket, add(&mut world.tickets, file, one)),
        Item::Text(one) => named(&one.name, Kind::Text, add(&mut world.texts, file, one)),
        Item::Dialog(one) => named(&one.name, Kind::Dialog, add(&mut world.dialogs, file, one)),
        Item::Guarantee(one) => named(&one.name, Kind::Guarantee, add(&mut world.guarantees, file, one)),
        Item::Qa(one) => named(&one.name, Kind::Qa, add(&mut world.qas, file, one)),
    };
    declare_symbol(
        world,
        file,
        Symbol { full: String::new(), name, span, kind, at, file, standard: false, dated: is_dated(item) },
        found,
    );
}

/// Whether an item says from when or until when it holds: then another version may have its name.
const fn is_dated(item: &Item) -> bool {
    match item {
        Item::Route(one) => one.dates.is_some(),
        Item::Watch(one) => one.dates.is_some(),
        Item::Qa(one) => one.dates.is_some(),
        Item::Assist(one) => one.dates.is_some(),
        _ => false,
    }
}

fn named(name: &Name, kind: Kind, at: usize) -> (String, Span, Kind, usize) {
    (name.text.clone(), name.span, kind, at)
}

fn declare_symbol(world: &mut World<'_>, file: usize, mut symbol: Symbol, found: &mut Vec<Diagnostic>) {
    let module = world.module_names.get(file).map(String::as_str).unwrap_or_default();
    symbol.full = format!("{module}.{}", symbol.name);
    symbol.standard = world.standard.get(file).copied().unwrap_or_default();
    let id = SymbolId(world.symbols.len());
    let Some(scope) = world.scopes.get_mut(file) else { return };
    let first = *scope.entry(symbol.name.clone()).or_insert(id);
    let version = |before: &&Symbol| before.dated && symbol.dated && before.kind == symbol.kind;
    if let Some(before) = world.symbols.get(first.0).filter(|before| !version(before)) {
        found.push(twice(&symbol.name, symbol.span, before.span));
    }
    world.by_full_name.entry(symbol.full.clone()).or_insert(id);
    world.symbols.push(symbol);
}

/// The finding about a name that was there before.
pub(in crate::check) fn twice(name: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DeclaredTwice, span, format!("`{name}` is declared twice"))
        .note(first, "the first is here")
        .help("rename one of them, or remove it")
}

/// Makes visible what `use` lines name; own names come first, then single names, then whole modules.
pub(super) fn bring(world: &mut World<'_>, files: &[File], found: &mut Vec<Diagnostic>) {
    let modules: HashMap<String, usize> =
        world.module_names.iter().enumerate().rev().map(|(at, name)| (name.clone(), at)).collect();
    let own = own_names(world);
    for (file, tree) in files.iter().enumerate() {
        let (mut single, mut whole) = (Vec::new(), Vec::new());
        for path in &tree.uses {
            match used(world, &modules, path) {
                Ok(Used::Module(module)) => whole.push(module),
                Ok(Used::Name(name, id)) => single.push((name, id)),
                Err(wrong) => found.push(*wrong),
            }
        }
        whole.extend(modules.get(PRELUDE).filter(|prelude| **prelude != file));
        let whole = whole.iter().filter_map(|module| own.get(*module)).flatten().cloned();
        let brought: Vec<(String, SymbolId)> = single.into_iter().chain(whole).collect();
        let Some(scope) = world.scopes.get_mut(file) else { continue };
        for (name, id) in brought {
            scope.entry(name).or_insert(id);
        }
    }
}

fn own_names(world: &World<'_>) -> Vec<Vec<(String, SymbolId)>> {
    let mut own = vec![Vec::new(); world.module_names.len()];
    for (at, symbol) in world.symbols.iter().enumerate() {
        if let Some(list) = own.get_mut(symbol.file) {
            list.push((symbol.name.clone(), SymbolId(at)));
        }
    }
    own
}

enum Used {
    Module(usize),
    Name(String, SymbolId),
}

fn used(world: &World<'_>, modules: &HashMap<String, usize>, path: &Path) -> Result<Used, Box<Diagnostic>> {
    let text = dotted(path);
    if let Some(module) = modules.get(&text) {
        return Ok(Used::Module(*module));
    }
    let dots = text.match_indices('.').map(|(at, _)| at).rev();
    let mut parts = dots.filter_map(|at| Some((modules.get(text.get(..at)?)?, text.get(at + 1..)?)));
    if let Some((module, name)) = parts.next() {
        return match world.by_full_name.get(&text) {
            Some(id) => Ok(Used::Name(name.to_owned(), *id)),
            None => Err(Box::new(unknown_in(world, *module, name, path))),
        };
    }
    let known = world.module_names.iter().map(String::as_str).filter(|name| *name != PRELUDE);
    let mut wrong = Diagnostic::new(Code::UnknownModule, path.span, format!("there is no module `{text}`"));
    let declared = world.symbols.iter().find(|symbol| symbol.name == text).map(|symbol| symbol.full.as_str());
    wrong.help = match declared {
        Some(full) => {
            Some(format!("write `use {full}`, unless this very file declares it: then nothing is needed"))
        }
        None => {
            let names =
                world.symbols.iter().filter(|_| text.contains('.')).map(|symbol| symbol.full.as_str());
            let known: Vec<&str> = known.collect();
            let near = suggest::nearest(&text, known.iter().copied().chain(names));
            wrong.fix = near.map(|near| (path.span, near.to_owned()));
            near.map(|near| format!("did you mean `{near}`?")).or_else(|| suggest::help(&text, known))
        }
    };
    Err(Box::new(wrong))
}

fn unknown_in(world: &World<'_>, module: usize, name: &str, path: &Path) -> Diagnostic {
    let module_name = world.module_names.get(module).map(String::as_str).unwrap_or_default();
    let message = format!("module `{module_name}` declares no `{name}`");
    let names =
        world.symbols.iter().filter(|symbol| symbol.file == module).map(|symbol| symbol.name.as_str());
    // The name stands behind the module's.
    let start = path.span.end.saturating_sub(u32::try_from(name.len()).unwrap_or_default());
    suggest::unknown_name(name, Span { start, ..path.span }, message, names)
}
