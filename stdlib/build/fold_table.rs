//! Writes the folding table: Unicode's compatibility decomposition and OpenCC's characters, as pages of distances.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

const WORD: i32 = 0;
const IDEOGRAPH: i32 = 1;
const IGNORED: i32 = 2;
const BREAK: i32 = 3;

/// Ranges of scripts written without spaces between words, and of Korean, whose endings join the word.
const IDEOGRAPHS: &[(char, char)] = &[
    ('\u{0e00}', '\u{0eff}'),
    ('\u{1000}', '\u{109f}'),
    ('\u{1100}', '\u{11ff}'),
    ('\u{1780}', '\u{17ff}'),
    ('\u{2e80}', '\u{2fdf}'),
    ('\u{3005}', '\u{3007}'),
    ('\u{3021}', '\u{3029}'),
    ('\u{3031}', '\u{3035}'),
    ('\u{3038}', '\u{303c}'),
    ('\u{3041}', '\u{318f}'),
    ('\u{31a0}', '\u{31ff}'),
    ('\u{3400}', '\u{4dbf}'),
    ('\u{4e00}', '\u{9fff}'),
    ('\u{a960}', '\u{a97f}'),
    ('\u{ac00}', '\u{d7ff}'),
    ('\u{f900}', '\u{faff}'),
    ('\u{1b000}', '\u{1b16f}'),
    ('\u{20000}', '\u{33fff}'),
];

/// Apostrophes, as typed and as typeset.
const APOSTROPHES: &str = "'`´’‘‛ʼ′＇";

/// Spellings of one word that OpenCC keeps apart because their meanings overlap only in part.
const VARIANTS: &[(char, char)] = &[('著', '着'), ('帐', '账'), ('妳', '你'), ('祂', '他'), ('牠', '它')];

/// Writes `fold_table.rs` into the folder.
pub(crate) fn write(out: &Path) -> Result<(), Box<dyn Error>> {
    let simplify = OpenCC::from_config(BuiltinConfig::T2s)?;
    let mut pages: BTreeMap<Vec<i32>, usize> = BTreeMap::new();
    let mut page_of = Vec::new();
    for page in 0..0x1100_u32 {
        let cells: Vec<i32> = (page << 8..(page + 1) << 8).map(|code| cell(code, &simplify)).collect();
        let next = pages.len();
        page_of.push(*pages.entry(cells).or_insert(next));
    }
    let mut in_order: Vec<_> = pages.into_iter().map(|(cells, index)| (index, cells)).collect();
    in_order.sort();
    std::fs::write(out.join("fold_table.rs"), table(&page_of, &in_order)?)?;
    Ok(())
}

fn table(page_of: &[usize], pages: &[(usize, Vec<i32>)]) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    for (name, kind) in [("WORD", WORD), ("IDEOGRAPH", IDEOGRAPH), ("IGNORED", IGNORED), ("BREAK", BREAK)] {
        writeln!(text, "const {name}: i32 = {kind};")?;
    }
    writeln!(text, "static PAGE_OF: [u16; {}] = {page_of:?};", page_of.len())?;
    writeln!(text, "static PAGES: [[i32; 256]; {}] = [", pages.len())?;
    for (_, cells) in pages {
        writeln!(text, "{cells:?},")?;
    }
    writeln!(text, "];")?;
    Ok(text)
}

/// The kind in the two low bits, the distance to the folded character above them.
fn cell(code: u32, simplify: &OpenCC) -> i32 {
    let Some(letter) = char::from_u32(code) else { return BREAK };
    if is_ignored(letter) {
        return IGNORED;
    }
    let folded = fold(letter, simplify);
    let distance = |to: char| (i32::try_from(u32::from(to)).unwrap_or(0)) - i32::try_from(code).unwrap_or(0);
    if IDEOGRAPHS.iter().any(|(first, last)| (*first..=*last).contains(&folded)) {
        distance(folded) << 2 | IDEOGRAPH
    } else if folded.is_alphanumeric() {
        distance(folded) << 2 | WORD
    } else {
        BREAK
    }
}

fn is_ignored(letter: char) -> bool {
    APOSTROPHES.contains(letter)
        || is_combining_mark(letter)
        || matches!(
            letter,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ff9e}' | '\u{ff9f}'
        )
        || matches!(letter, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Folds until nothing changes: a compatibility form may stand for a traditional character.
fn fold(letter: char, simplify: &OpenCC) -> char {
    let mut folded = letter;
    for _ in 0..4 {
        let next = step(folded, simplify);
        if next == folded {
            break;
        }
        folded = next;
    }
    folded
}

fn step(letter: char, simplify: &OpenCC) -> char {
    let plain = only(letter.nfkd().filter(|part| !is_combining_mark(*part))).unwrap_or(letter);
    // Upper case first: it unites the two small sigmas.
    let small = only(plain.to_uppercase()).and_then(|upper| only(upper.to_lowercase()));
    let small = small.or_else(|| only(plain.to_lowercase())).unwrap_or(plain);
    let simple = if u32::from(small) < 0x2e80 { small } else { simplified(small, simplify) };
    VARIANTS.iter().find(|(variant, _)| *variant == simple).map_or(simple, |(_, common)| *common)
}

fn simplified(letter: char, simplify: &OpenCC) -> char {
    only(simplify.convert(&letter.to_string()).chars()).unwrap_or(letter)
}

/// The one item of an iterator that has exactly one.
fn only(mut letters: impl Iterator<Item = char>) -> Option<char> {
    letters.next().filter(|_| letters.next().is_none())
}
