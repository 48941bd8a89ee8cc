//! What-ifs: values of a scenario that are replaced, such as `agents=20..40`.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Variants that one what-if may have.
pub const MAX_VARIANTS: usize = 200;

/// Tables of which a scenario may say nothing.
const MAY_BE_MISSING: [&str; 4] = ["callers", "costs", "detector", "sources"];

/// One value put in the place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variation {
    /// Where, such as `agents`, `agents.early.count` or `arrivals.cards.rate`.
    pub path: String,
    /// What, as the scenario would say it.
    pub value: String,
}

impl Variation {
    /// Reads `path=20..40`, `path=20..40 step 5` or `path=a, b, c`: a variation for each value.
    ///
    /// # Errors
    /// What is wrong and what to do.
    pub fn parse(text: &str) -> Result<Vec<Self>, String> {
        let expected = || {
            format!(
                "`{text}` is no what-if; write `agents=20..40`, `agents=20..40 step 5` or `patience=2min, 5min`"
            )
        };
        let (path, values) = text.split_once('=').ok_or_else(expected)?;
        let values = match range(values) {
            Some((low, high, step)) => {
                if step == 0 || low > high || (high - low) / step >= MAX_VARIANTS as u64 {
                    return Err(format!("`{values}` must rise, in at most {MAX_VARIANTS} steps"));
                }
                (low..=high)
                    .step_by(usize::try_from(step).unwrap_or(usize::MAX))
                    .map(|one| one.to_string())
                    .collect()
            }
            None => values.split(',').map(|one| one.trim().to_owned()).collect::<Vec<_>>(),
        };
        if path.trim().is_empty() || values.iter().any(String::is_empty) || values.len() > MAX_VARIANTS {
            return Err(expected());
        }
        Ok(values.into_iter().map(|value| Self { path: path.trim().to_owned(), value }).collect())
    }
}

fn range(text: &str) -> Option<(u64, u64, u64)> {
    let (ends, step) = text.split_once(" step ").unwrap_or((text, "1"));
    let (low, high) = ends.split_once("..")?;
    Some((low.trim().parse().ok()?, high.trim().parse().ok()?, step.trim().parse().ok()?))
}

/// Puts the value in its place.
///
/// # Errors
/// Where the way ends.
pub(super) fn apply(table: &mut DeTable<'_>, variation: &Variation) -> Result<(), String> {
    let Variation { path, value } = variation;
    let mut parts: Vec<&str> = path.split('.').collect();
    // `agents=20` and `arrivals="…"` also mean the one table of that name.
    if let [only @ ("agents" | "arrivals")] = parts.as_slice()
        && matches!(table.get(*only).map(Spanned::get_ref), Some(DeValue::Array(_)))
    {
        parts.push(if *only == "agents" { "count" } else { "rate" });
    }
    // What a scenario does not say has a default, which can be varied as well.
    if let [name, _, ..] = parts.as_slice()
        && MAY_BE_MISSING.contains(name)
    {
        let name = Spanned::new(0..0, (*name).to_owned().into());
        table.entry(name).or_insert_with(|| Spanned::new(0..0, DeValue::Table(DeTable::new())));
    }
    let missing = || format!("the scenario has no `{path}` to vary");
    let (last, way) = parts.split_last().ok_or_else(missing)?;
    let mut here = table;
    let mut way = way.iter();
    while let Some(step) = way.next() {
        let next = here.get_mut(*step).ok_or_else(missing)?.get_mut();
        here = match next {
            DeValue::Table(inner) => inner,
            DeValue::Array(tables) => {
                let named = tables.len() > 1 || way.len() > 0;
                let name = if named { Some(*way.next().ok_or_else(missing)?) } else { None };
                let table = tables.iter_mut().find_map(|one| named_table(one, name));
                table.ok_or_else(missing)?
            }
            _ => return Err(missing()),
        };
    }
    let value = DeValue::String(value.clone().into());
    here.insert(Spanned::new(0..0, (*last).to_owned().into()), Spanned::new(0..0, value));
    Ok(())
}

fn named_table<'v, 't>(
    value: &'v mut Spanned<DeValue<'t>>,
    name: Option<&str>,
) -> Option<&'v mut DeTable<'t>> {
    let DeValue::Table(table) = value.get_mut() else { return None };
    let own = table.get("name").and_then(|value| value.get_ref().as_str());
    (name.is_none() || own == name).then_some(table)
}
