//! Facts of the centre that tests set: `given vip_desk waiting 25`, `given peak yes`.

use tandem_stdlib::contract::{FactSource, Script, Slot, Step, Stimulus, Type};

use super::Lines;
use crate::check::context::small;
use crate::check::limits::{STRETCH_MS_MAX, stretch};
use crate::check::resolve::{Kind, QUEUE, dotted};
use crate::check::types::{ALL_QUEUES, queue_fact_named, queue_fact_names};
use crate::diagnostics::Code;
use crate::tree::{self, Name, Path};

impl Lines<'_, '_> {
    /// The slot of a queue, 0 for all together.
    pub(super) fn queue_named(&self, path: &Path) -> Option<Slot> {
        match path.names.as_slice() {
            [name] if name.text == ALL_QUEUES => Some(0),
            [name] => self.context.world.vocabularies.word(QUEUE, &name.text),
            _ => None,
        }
    }

    pub(super) fn given_queue(
        &mut self,
        script: &mut Script,
        line: &tree::TestLine,
        path: &Path,
        fields: &[(Name, tree::Expr)],
    ) -> Option<()> {
        let queue = small(usize::try_from(self.queue_named(path)?).unwrap_or(usize::MAX));
        let mut whole = true;
        for (name, value) in fields {
            let Some((fact, ty)) = queue_fact_named(&name.text) else {
                let message = format!("a queue has no `{}`", name.text);
                self.context.unknown_name(&name.text, name.span, message, queue_fact_names());
                whole = false;
                continue;
            };
            let slot = self.constant(value, ty, &format!("`{}`", name.text));
            let set = slot.and_then(|slot| self.set(script, line, FactSource::Queue(queue, fact), slot));
            whole &= set.is_some();
        }
        whole.then_some(())
    }

    /// A mode that is on or off, or an experiment whose other side the call is on.
    pub(super) fn given_is(
        &mut self,
        script: &mut Script,
        line: &tree::TestLine,
        path: &Path,
        value: &tree::Expr,
    ) -> Option<()> {
        let name = dotted(path);
        if let Some((symbol, declared)) = self.context.world.named(self.file, &name, Kind::Experiment) {
            let at = small(declared.at);
            self.context.use_symbol(symbol);
            if let Some(late) = line.at.filter(|at| at.value > 0) {
                let message = format!("`{name}` chooses its side before the call begins");
                let help = "leave the time out: it holds for the whole test".to_owned();
                self.context.error(Code::NotHere, late.span, message, Some(help));
                return None;
            }
            if self.constant(value, Type::YesNo, "the side")? != 0 {
                script.tries.push(at);
            }
            return Some(());
        }
        if let Some((symbol, _)) = self.context.world.named(self.file, &name, Kind::Source) {
            self.context.use_symbol(symbol);
            let message = format!("`{name}` is a source, and nothing says which of its fields is given");
            let help =
                format!("write fields and values without signs: `given {name} tier gold, value 0 CNY`");
            self.context.error(Code::NotHere, path.span, message, Some(help));
            return None;
        }
        let symbol = self.context.find(self.file, path, Kind::Mode)?;
        let at = self.context.world.symbol(symbol)?.at;
        let slot = self.constant(value, Type::YesNo, "a mode")?;
        self.set(script, line, FactSource::Mode(small(at)), slot)
    }

    fn set(
        &mut self,
        script: &mut Script,
        line: &tree::TestLine,
        fact: FactSource,
        slot: Slot,
    ) -> Option<()> {
        let Some(at) = line.at.filter(|at| at.value > 0) else {
            script.facts.push((fact, slot));
            return Some(());
        };
        self.in_order(line, true)?;
        let at_ms = Some(stretch(self.context, at, STRETCH_MS_MAX)?);
        let stimulus = Some(Stimulus::Centre(fact, slot));
        script.steps.push(Step { at_ms, place: self.context.place(line.span), stimulus, expectation: None });
        Some(())
    }
}
