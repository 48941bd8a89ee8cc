//! Tolerant looks into JSON whose shape nobody promised.

use serde_json::{Map, Value};

/// The value of the first of these keys, whatever the case of its letters, that is there and not null.
pub(crate) fn find<'a>(object: &'a Map<String, Value>, keys: &[&str]) -> Option<&'a Value> {
    keys.iter().find_map(|key| {
        let exact = object.get(*key);
        let any_case =
            || object.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value);
        exact.or_else(any_case).filter(|value| !value.is_null())
    })
}

/// The first of these keys that holds a text with something in it.
pub(crate) fn text<'a>(object: &'a Map<String, Value>, keys: &[&str]) -> Option<&'a str> {
    keys.iter().find_map(|key| find(object, &[key])?.as_str().map(str::trim).filter(|text| !text.is_empty()))
}

/// A finite number, written as a number or in a text.
pub(crate) fn number(value: &Value) -> Option<f64> {
    let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())?;
    number.is_finite().then_some(number)
}

/// A place in a list, written as a number or in a text.
pub(crate) fn index(value: &Value) -> Option<usize> {
    let number = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())?;
    usize::try_from(number).ok()
}

/// The members that are objects; nothing when it is no list.
pub(crate) fn objects(value: Option<&Value>) -> impl Iterator<Item = &Map<String, Value>> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}
