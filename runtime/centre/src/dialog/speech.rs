//! Texts as they are spoken.

use tandem_stdlib::contract::{EntryKind, EntryRef, Manifest, Slot, Speech, Type};
use tandem_stdlib::show::{show_value, spoken_value};

use super::Step;

impl Step<'_, '_> {
    /// A text in the caller's language, its values filled in.
    pub(crate) fn spoken(&mut self, speech: &Speech) -> String {
        let language = self.live.language;
        let own = speech.texts.iter().find(|(spoken, _)| *spoken == language || *spoken == 0);
        let Some((_, slot)) = own.or_else(|| speech.texts.first()) else { return String::new() };
        let text = text_of(&self.plan.artefact.manifest, *slot).to_owned();
        match speech.values {
            Some(entry) => filled(&text, &self.values(entry, spoken_value)),
            None => text,
        }
    }

    /// The only output of an entry, as it is written down: words as the policy spells them.
    pub(super) fn value(&mut self, entry: EntryRef) -> String {
        let written = |manifest: &Manifest, ty: Type, slot: Slot, text: Option<&str>| match ty {
            Type::Word(_) => show_value(manifest, ty, slot, text),
            _ => spoken_value(manifest, ty, slot, text),
        };
        self.values(entry, written).into_iter().next().unwrap_or_default()
    }

    /// The outputs of an entry; none when it could not be worked out.
    fn values(
        &mut self,
        entry: EntryRef,
        show: impl Fn(&Manifest, Type, Slot, Option<&str>) -> String,
    ) -> Vec<String> {
        if self.evaluate(entry).is_none() {
            return Vec::new();
        }
        let manifest = &self.plan.artefact.manifest;
        let kind = manifest.entries.get(entry as usize).map(|entry| &entry.kind);
        let Some(EntryKind::Route { outputs, .. }) = kind else { return Vec::new() };
        let outputs = outputs.iter().zip(&self.live.answer);
        outputs
            .map(|(output, slot)| show(manifest, output.ty, *slot, self.live.texts.text(manifest, *slot)))
            .collect()
    }
}

fn text_of(manifest: &Manifest, slot: u64) -> &str {
    let index = slot.checked_sub(1).and_then(|index| usize::try_from(index).ok());
    index.and_then(|index| manifest.literals.get(index)).map_or("", String::as_str)
}

/// A text in which `{1}`, `{2}` … have become values.
fn filled(text: &str, values: &[String]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, after)) = rest.split_once('{') {
        filled.push_str(plain);
        let Some((number, after)) = after.split_once('}') else { return filled };
        let value = number.parse::<usize>().ok().and_then(|number| values.get(number.checked_sub(1)?));
        filled.push_str(value.map_or("", String::as_str));
        rest = after;
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn values_stand_where_their_numbers_are() {
        let values = ["12 CNY".to_owned(), "Ann".to_owned()];
        assert_eq!(filled("{2}, it is {1}.", &values), "Ann, it is 12 CNY.");
        assert_eq!(filled("{3}none{", &values), "none");
    }
}
