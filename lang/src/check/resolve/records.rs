//! Records and sources: types of fields, defaults, parameters.

use std::collections::HashMap;

use tandem_stdlib::contract::{Slot, SourceField, SourceSpec, Type};

use super::modules::twice;
use super::{FieldInfo, Kind, ROLE, SourceInfo, dotted, type_named};
use crate::check::context::Context;
use crate::check::limits::stretch;
use crate::source::Span;
use crate::tree;

/// How long the host may wait for a source that names no `within`.
const WITHIN_DEFAULT_MS: i64 = 1_000;

/// The longest that a host may wait for a source, in milliseconds: whoever calls hears nothing meanwhile.
const WITHIN_MS_MAX: i64 = 60_000;

/// Gives the slot of a default of a known type, or reports why there is none.
pub(in crate::check) type Constant = fn(&mut Context<'_>, usize, &tree::Expr, Type) -> Option<Slot>;

/// Checks records, then sources; `constant` types the defaults.
pub(in crate::check) fn records_and_sources(context: &mut Context<'_>, constant: Constant) {
    for (file, record) in context.world.record_items.clone() {
        let fields = fields(context, file, record, constant);
        context.world.records.push(fields);
    }
    let mut first: HashMap<String, (usize, Span)> = HashMap::new();
    for (file, source) in context.world.source_items.clone() {
        let info = source_info(context, file, source);
        let name = info.spec.name.clone();
        context.world.sources.push(info);
        // In one file the second declaration is reported already; hosts know sources by name alone.
        match first.get(&name) {
            Some((before, span)) if *before != file => context.report(twice(&name, source.name.span, *span)),
            _ => {}
        }
        first.entry(name).or_insert((file, source.name.span));
    }
}

fn fields(
    context: &mut Context<'_>,
    file: usize,
    record: &tree::Record,
    constant: Constant,
) -> Vec<FieldInfo> {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    let mut fields = Vec::new();
    for field in &record.fields {
        if let Some(first) = seen.get(field.name.text.as_str()) {
            context.report(twice(&field.name.text, field.name.span, *first));
            continue;
        }
        seen.insert(&field.name.text, field.name.span);
        let ty = type_named(context, file, &field.ty);
        let default =
            ty.zip(field.default.as_ref()).and_then(|(ty, value)| constant(context, file, value, ty));
        // An empty text is none, as the host has it, so that it equals `""`.
        let default = default.map(|slot| if field.default.as_ref().is_some_and(is_empty) { 0 } else { slot });
        let visible_to = field.visible_to.iter().filter_map(|role| context.word(ROLE, role)).collect();
        fields.push(FieldInfo {
            name: field.name.text.clone(),
            ty,
            default,
            span: field.name.span,
            labels: field.labels,
            visible_to,
        });
    }
    fields
}

/// Whether a default is the empty text.
pub(in crate::check) fn is_empty(value: &tree::Expr) -> bool {
    matches!(&value.kind, tree::ExprKind::Literal(tree::Literal::Text(text)) if text.is_empty())
}

fn source_info(context: &mut Context<'_>, file: usize, source: &tree::Source) -> SourceInfo {
    let parameters: Vec<Option<Type>> =
        source.parameters.iter().map(|written| type_named(context, file, written)).collect();
    let answers = context.find_name(file, &source.answers.text, source.answers.span, Kind::Record);
    let record = answers.and_then(|id| context.world.symbol(id)).map(|symbol| symbol.at);
    let fields = record.and_then(|at| context.world.records.get(at)).map(Vec::as_slice).unwrap_or_default();
    let fields = fields.iter().map(|field| SourceField {
        name: field.name.clone(),
        ty: field.ty.unwrap_or(Type::Number),
        sensitive: field.labels.sensitive,
        default: field.default,
    });
    let spec = SourceSpec {
        name: dotted(&source.name),
        parameters: parameters.iter().map(|ty| ty.unwrap_or(Type::Number)).collect(),
        fields: fields.collect(),
        within_ms: source
            .within
            .and_then(|within| stretch(context, within, WITHIN_MS_MAX))
            .unwrap_or(WITHIN_DEFAULT_MS),
    };
    SourceInfo { spec, parameters, record, whereabouts: source.whereabouts, span: source.name.span }
}
