//! The words by which lines are told apart.

/// Words that begin an item at the start of a line.
pub const ITEM_KEYWORDS: [&str; 34] = [
    "module",
    "use",
    "tier",
    "intent",
    "skill",
    "role",
    "enum",
    "queue",
    "record",
    "source",
    "facts",
    "phrases",
    "text",
    "holidays",
    "calendar",
    "route",
    "watch",
    "dialog",
    "guarantee",
    "qa",
    "campaign",
    "law",
    "ticket",
    "test",
    "replay",
    "mode",
    "sampling",
    "export",
    "experiment",
    "target",
    "assist",
    "attention",
    "transfers",
    "mask",
];

/// Words that continue the line before.
const CONTINUING: [&str; 8] = ["or", "and", "else", "because", "decide", "until", "with", "within"];

/// Words that continue the line before when something follows them; alone they may be names.
const CLAUSES: [&str; 6] = ["hearing", "waiting", "handing", "noting", "offering", "directly"];

/// Words that begin a statement and never stand inside brackets: a bracket left open ends before them.
const BEGINNING: [&str; 7] = ["let", "rule", "when", "otherwise", "table", "clear", "do"];

/// The word at the start of a text: letters, digits and `_`.
pub(crate) fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Whether the text begins an item: a keyword with a name, a text or a brace behind it.
pub(super) fn begins_item(text: &str) -> bool {
    let word = first_word(text);
    let after = text.get(word.len()..).unwrap_or_default();
    let next = after.trim_start_matches([' ', '\t']);
    let named = next.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '{' | '"'));
    ITEM_KEYWORDS.contains(&word) && named && (next.len() < after.len() || next.starts_with('{'))
}

/// Whether a line that begins so continues the line before.
pub(super) fn continues(text: &str) -> bool {
    let word = first_word(text);
    CONTINUING.contains(&word)
        || text.starts_with('|')
        || text.starts_with("->")
        || (CLAUSES.contains(&word)
            && text.get(word.len()..).is_some_and(|rest| rest.starts_with([' ', '\t'])))
        || (word == "for" && text.split_whitespace().nth(1) == Some("at"))
}

/// Whether a line that begins so cannot lie inside brackets of the line before.
pub(super) fn begins_statement(text: &str) -> bool {
    let word = first_word(text);
    let after = text.get(word.len()..).unwrap_or_default();
    BEGINNING.contains(&word) && after.starts_with([' ', '\t'])
}

/// Items that have a block, which none of them can do without when a line below is indented.
const ITEMS_WITH_BLOCK: [&str; 24] = [
    "record",
    "phrases",
    "holidays",
    "calendar",
    "route",
    "watch",
    "dialog",
    "qa",
    "campaign",
    "law",
    "ticket",
    "test",
    "enum",
    "queue",
    "text",
    "assist",
    "experiment",
    "replay",
    "guarantee",
    "tier",
    "intent",
    "sampling",
    "export",
    "target",
];

/// Whether an item that begins so has a block.
pub(super) fn opens_item_block(word: &str) -> bool {
    ITEMS_WITH_BLOCK.contains(&word)
}

/// Whether a statement that begins so, in an item that begins so, has a block.
pub(super) fn opens_block(item: &str, word: &str) -> bool {
    match word {
        "table" => item == "route" || item == "ticket" || item == "campaign",
        "on" => item == "dialog" || item == "campaign",
        "offer" | "yes" | "no" | "when" | "answer" => item == "dialog",
        "while" => item == "queue",
        "grade" | "from" => item == "campaign",
        "classify" | "step" => item == "ticket",
        _ => false,
    }
}
