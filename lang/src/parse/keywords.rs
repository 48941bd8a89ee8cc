//! The spelling of every keyword rule, as the grammar itself has it.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::grammar::Rule;

const GRAMMAR: &str = include_str!("../../../grammar/policy.pest");

/// By the rule's name, such as `kw_after_call`.
static SPELLINGS: LazyLock<HashMap<&str, [&str; 1]>> =
    LazyLock::new(|| GRAMMAR.lines().filter_map(spelling).collect());

/// The keyword that a rule stands for, if it stands for one.
pub(super) fn of(rule: Rule) -> &'static [&'static str] {
    SPELLINGS.get(format!("{rule:?}").as_str()).map_or(&[], <[_; 1]>::as_slice)
}

/// Whether some rule is this keyword.
pub(super) fn is_any(word: &str) -> bool {
    SPELLINGS.values().any(|[spelling]| *spelling == word)
}

/// A line such as `kw_rule = @{ "rule" ~ !name_part }`.
fn spelling(line: &'static str) -> Option<(&'static str, [&'static str; 1])> {
    let (name, body) = line.split_once(" = @{ \"")?;
    let (text, _) = body.split_once('"')?;
    name.starts_with("kw_").then_some((name, [text]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_keyword_rule_has_a_spelling() {
        let keywords = Rule::all_rules().iter().filter(|rule| format!("{rule:?}").starts_with("kw_"));
        let missing: Vec<_> = keywords.filter(|rule| of(**rule).is_empty()).collect();
        assert!(missing.is_empty(), "{missing:?}");
        assert_eq!(of(Rule::kw_talk_share), ["talk_share"]);
        assert!(of(Rule::EOI).is_empty());
    }
}
