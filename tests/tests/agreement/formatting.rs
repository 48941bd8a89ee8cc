//! Formatting is idempotent and keeps the meaning, on random policies in random white space.

use proptest::prelude::*;
use tandem_lang::format::format;
use tandem_lang::parse::parse;
use tandem_lang::source::Sources;

use crate::random::Random;
use crate::texts;

/// The text laid out, and what is written in it, places left out.
fn formatted(text: &str) -> (String, String) {
    let mut sources = Sources::default();
    let file = sources.add("a.tdm", text, false);
    let (tree, found) = parse(file, &sources);
    assert!(found.is_empty(), "{found:?}\n{text}");
    (format(file, &sources), without_places(&format!("{:?}", tree.items)))
}

/// A tree without the places of its parts.
fn without_places(tree: &str) -> String {
    const PLACE: &str = "Span {";
    let mut parts = tree.split(PLACE);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('}').map_or("", |(_, rest)| rest))
}

/// The same statements in another layout: signs without spaces, other indentations, blank lines, comments.
fn disordered(text: &str, random: &mut Random) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let (indented, mut line) = (line.starts_with(' '), line.trim_start().to_owned());
        if !line.contains('"') {
            for sign in [" >= ", " <= ", " = ", " -> ", " | ", " { ", " > "] {
                if random.chance(3) {
                    line = line.replace(sign, sign.trim());
                }
            }
        }
        if random.chance(12) {
            out += "\n\n\n";
        }
        if random.chance(12) {
            out += if indented { "      # a comment\n" } else { "# a comment\n" };
        }
        if indented {
            out += &" ".repeat(usize::try_from(random.below(9)).expect("small") + 1);
        }
        if let Some(head) = line.strip_suffix(" {").filter(|_| random.chance(9)) {
            line = format!("{head} # before the block\n{{");
        }
        out += &line;
        if random.chance(15) {
            out += "   # why";
        }
        out += if random.chance(9) { "   \n" } else { "\n" };
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: ProptestConfig::default().cases / 4,
        ..ProptestConfig::default()
    })]

    #[test]
    fn formatting_twice_is_formatting_once(seed in any::<u64>()) {
        let mut random = Random::new(seed);
        let policy = texts::policy(&mut random);
        let written = disordered(&policy, &mut random);
        let (once, tree) = formatted(&written);
        let (twice, tree_again) = formatted(&once);
        prop_assert_eq!(&once, &twice, "{}", written);
        prop_assert_eq!(&tree, &tree_again, "{}", written);
        prop_assert_eq!(tree, formatted(&policy).1, "{}", written);
    }
}
