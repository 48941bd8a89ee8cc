//! Examples of statements, as the grammar itself has them beside its rules.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::grammar::Rule;

const GRAMMAR: &str = include_str!("../../../grammar/policy.pest");

/// By the rule's name, such as `target_line`.
static EXAMPLES: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let lines = GRAMMAR.lines();
    lines.clone().zip(lines.skip(1)).filter_map(|(above, line)| example(above, line)).collect()
});

/// How a statement of this kind is written, if the grammar has examples of it.
pub(super) fn of(rule: Rule) -> Option<String> {
    let examples = EXAMPLES.get(format!("{rule:?}").as_str())?;
    let shown: Vec<String> = examples.iter().map(|example| format!("`{example}`")).collect();
    Some(match shown.split_last()? {
        (last, []) => format!("write it as {last}"),
        (last, others) => format!("write it as {} or {last}", others.join(", ")),
    })
}

/// A rule whose comment begins with an example, which stands in backticks; several are separated by commas.
fn example(above: &'static str, line: &'static str) -> Option<(&'static str, Vec<&'static str>)> {
    let examples = above.strip_prefix("/// `")?;
    let (name, _) = line.split_once(" = ")?;
    let examples = examples.split("`, `").filter_map(|example| example.split('`').next());
    Some((name, examples.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_has_the_examples_of_its_comment() {
        let one = of(Rule::tries_line).unwrap();
        assert!(one.starts_with("write it as `route arrival tries arrival_b`"), "{one}");
        let several = of(Rule::sample_line).unwrap();
        assert!(several.contains("`all when call.intent = complaint` or `10% otherwise`"), "{several}");
        assert_eq!(of(Rule::EOI), None);
    }
}
