//! Whom a campaign calls: the source, and which fields tell the number, the person and the consent.

use tandem_stdlib::contract::Type;

use super::said::Said;
use crate::check::context::{Context, small};
use crate::check::resolve::{Kind, LANGUAGE, dotted};
use crate::check::suggest;
use crate::check::types::Typer;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::Expr;
use crate::source::Span;
use crate::tree::{self, Campaign, ExprKind, Name, Path};

/// Leads and what their fields are.
#[derive(Clone, Copy)]
pub(super) struct Lead {
    /// Index of the source.
    pub(super) source: u32,
    /// Index of the record.
    pub(super) record: usize,
    /// The field that is called.
    pub(super) phone: usize,
    /// The field that tells persons apart.
    pub(super) person: Option<usize>,
    /// The field that tells in which language the person is written and spoken to.
    pub(super) language: Option<usize>,
}

/// The leads of a campaign; `None`: wrong or missing, which has been reported.
pub(super) fn lead(context: &mut Context<'_>, file: usize, item: &Campaign, said: &Said<'_>) -> Option<Lead> {
    let Some(leads) = said.leads else {
        let what = "says whom it calls";
        let help = "write `call each lead of source crm.renewals`";
        super::missing(context, item, what, help);
        return None;
    };
    let symbol = context.find(file, &leads.source, Kind::Source)?;
    let at = context.world.symbol(symbol)?.at;
    let info = context.world.sources.get(at)?;
    let (parameters, record) = (info.parameters.len(), info.record?);
    if parameters > 0 {
        let name = dotted(&leads.source);
        let message = format!("`{name}` answers one question, it does not list leads");
        let help = "a source of leads takes nothing: `source crm.renewals() -> Lead`".to_owned();
        context.error(Code::LeadsUnfit, leads.source.span, message, Some(help));
        return None;
    }
    let phone = match said.phone {
        Some(value) => field(context, record, value, Some(Type::Phone)),
        None => only_phone(context, record, leads.source.span),
    };
    let person = match said.person {
        Some(value) => Some(field(context, record, value, None)?),
        None => None,
    };
    let language = match said.language {
        Some(value) => Some(field(context, record, value, Some(Type::Word(LANGUAGE)))?),
        None => only_language(context, record),
    };
    Some(Lead { source: small(at), record, phone: phone?, person, language })
}

/// The field that `lead.NAME` means.
fn field(context: &mut Context<'_>, record: usize, value: &tree::Expr, ty: Option<Type>) -> Option<usize> {
    let fields = context.world.records.get(record)?;
    let named = match &value.kind {
        ExprKind::Path(path) => match path.names.as_slice() {
            [lead, field] if lead.text == "lead" => Some(field),
            _ => None,
        },
        _ => None,
    };
    let Some(name) = named else {
        let message = "only a field of the lead can tell this";
        let example = fields.first().map(|field| field.name.clone()).unwrap_or_default();
        let help = format!("write one, such as `lead.{example}`");
        context.error(Code::LeadsUnfit, value.span, message, Some(help));
        return None;
    };
    let Some(at) = fields.iter().position(|field| field.name == name.text) else {
        let message = format!("a lead has no field `{}`", name.text);
        let known = fields.iter().map(|field| field.name.as_str());
        let wrong = suggest::unknown_name(&name.text, name.span, message, known);
        context.report(wrong);
        return None;
    };
    let found = fields.get(at)?.ty?;
    if let Some(wanted) = ty.filter(|wanted| *wanted != found) {
        let message =
            format!("`{}` {}, but this {}", context.shown(value.span), context.is(found), context.is(wanted));
        context.error(Code::WrongType, value.span, message, None);
        return None;
    }
    Some(at)
}

fn only_phone(context: &mut Context<'_>, record: usize, span: Span) -> Option<usize> {
    let fields = context.world.records.get(record)?;
    let phones = fields.iter().enumerate().filter(|(_, field)| field.ty == Some(Type::Phone));
    let phones: Vec<(usize, String)> = phones.map(|(at, field)| (at, field.name.clone())).collect();
    let (message, help) = match phones.as_slice() {
        [(one, _)] => return Some(*one),
        [] => {
            ("leads of this source have no number to call", "add a field such as `phone: phone`".to_owned())
        }
        [(_, first), ..] => (
            "leads of this source have several numbers",
            format!("say which is called: `phone is lead.{first}`"),
        ),
    };
    context.report(Diagnostic::new(Code::LeadsUnfit, span, message).help(help));
    None
}

/// The only field that tells a language.
fn only_language(context: &Context<'_>, record: usize) -> Option<usize> {
    let fields = context.world.records.get(record)?.iter().enumerate();
    let mut told = fields.filter(|(_, field)| field.ty == Some(Type::Word(LANGUAGE)));
    let (first, _) = told.next()?;
    told.next().is_none().then_some(first)
}

/// How the number that is called is written, such as `lead.phone`.
pub(super) fn number(context: &Context<'_>, lead: &Lead) -> String {
    let fields = context.world.records.get(lead.record);
    let field = fields.and_then(|fields| fields.get(lead.phone)).map(|field| field.name.as_str());
    format!("lead.{}", field.unwrap_or_default())
}

/// The field that tells of consent when no line says which.
const CONSENTED: &str = "consented";

/// The condition under which the person has agreed to be called; `Some(None)`: nothing tells.
pub(super) fn consent(typer: &mut Typer<'_, '_>, lead: &Lead, said: &Said<'_>) -> Option<Option<Expr>> {
    if let Some(written) = said.consent {
        return typer.condition(written).map(Some);
    }
    let fields = typer.context.world.records.get(lead.record)?;
    let told = fields.iter().any(|field| field.name == CONSENTED && field.ty == Some(Type::YesNo));
    let Some(leads) = said.leads.filter(|_| told) else { return Some(None) };
    let names = ["lead", CONSENTED].map(|text| Name { text: text.to_owned(), span: leads.source.span });
    let path = Path { names: names.to_vec(), span: leads.source.span };
    let written = tree::Expr { kind: ExprKind::Path(path), span: leads.source.span };
    let found = typer.condition(&written)?;
    Some(Some(found))
}
