//! Types as written.

use tandem_stdlib::contract::{Currency, Type};
use tandem_stdlib::words::currency_digits;

use super::{CHANNEL, DIRECTION, HOURS, INTENT, Kind, LANGUAGE, QUEUE, ROLE, SKILL, TIER};
use crate::check::context::{Context, small};
use crate::check::suggest;
use crate::diagnostics::{Code, Diagnostic};
use crate::tree::TypeName;

const NAMED: [(&str, Type); 21] = [
    ("yes/no", Type::YesNo),
    ("number", Type::Number),
    ("percent", Type::Percent),
    ("dB", Type::Decibel),
    ("Hz", Type::Hertz),
    ("syllables/s", Type::SyllablesPerSecond),
    ("times usual", Type::TimesUsual),
    ("duration", Type::Duration),
    ("date", Type::Date),
    ("time", Type::TimeOfDay),
    ("moment", Type::Moment),
    ("phone", Type::Phone),
    ("text", Type::Text),
    ("tier", Type::Word(TIER)),
    ("intent", Type::Word(INTENT)),
    ("skill", Type::Word(SKILL)),
    ("queue", Type::Word(QUEUE)),
    ("role", Type::Word(ROLE)),
    ("language", Type::Word(LANGUAGE)),
    ("channel", Type::Word(CHANNEL)),
    ("direction", Type::Word(DIRECTION)),
];

/// The type that is written; reports what is wrong.
pub(in crate::check) fn type_named(
    context: &mut Context<'_>,
    file: usize,
    written: &TypeName,
) -> Option<Type> {
    let text = written.words.join(" ");
    if let Some(found) = by_name(&text) {
        return Some(found);
    }
    if let Some(currency) = text.strip_prefix("money") {
        return money(context, written, currency.trim());
    }
    if let Some((symbol, declared)) = context.world.named(file, &text, Kind::Enum) {
        let ty = Type::Word(small(declared.at));
        context.use_symbol(symbol);
        return Some(ty);
    }
    if context.world.named(file, &text, Kind::Record).is_some() {
        let message = format!("`{text}` is a record, and only a source answers a record");
        let help = "name the type of one value, such as `tier` or `money CNY`".to_owned();
        context.error(Code::UnknownType, written.span, message, Some(help));
        return None;
    }
    let enums = context.world.visible(file, Kind::Enum);
    let known = NAMED.iter().map(|(name, _)| *name).chain(["money"]).chain(enums);
    let message = format!("there is no type `{text}`");
    let mut wrong = suggest::unknown_name(&text, written.span, message, known);
    if let Some(near) = meant(&text) {
        wrong = wrong.help(format!("did you mean `{near}`?")).fix(written.span, near);
    }
    context.report(Diagnostic { code: Code::UnknownType, ..wrong });
    None
}

/// Types under the names of other languages.
fn meant(text: &str) -> Option<&'static str> {
    Some(match text.to_lowercase().as_str() {
        "string" | "str" | "varchar" => "text",
        "bool" | "boolean" | "flag" => "yes/no",
        "int" | "integer" | "float" | "double" | "decimal" => "number",
        "datetime" | "timestamp" => "moment",
        "timespan" | "seconds" | "minutes" => "duration",
        "percentage" | "share" => "percent",
        _ => return None,
    })
}

fn by_name(text: &str) -> Option<Type> {
    let hours = ("hours", Type::Word(HOURS));
    NAMED.iter().chain([&hours]).find(|(name, _)| *name == text).map(|(_, ty)| *ty)
}

fn money(context: &mut Context<'_>, written: &TypeName, currency: &str) -> Option<Type> {
    let letters = <[u8; 3]>::try_from(currency.as_bytes()).ok().map(Currency);
    let known = letters.filter(|_| currency_digits(currency).is_some()).map(Type::Money);
    if known.is_none() {
        let message = match currency {
            "" => "money needs a currency".to_owned(),
            _ => format!("there is no currency `{currency}`"),
        };
        let help = "write an ISO 4217 code, such as `money CNY`".to_owned();
        context.error(Code::UnknownType, written.span, message, Some(help));
    }
    known
}
