//! What a call is called when it is shown to people.

use std::path::Path;

/// Letters of a UUID as it is written.
const UUID_LETTERS: usize = 36;

/// The call's own name, unless machines alone can tell it from others: then the name of its file.
///
/// A file of many calls does not tell which one it is, so that calls of timelines keep their names.
pub(crate) fn call_name(call: &str, file: &str) -> String {
    let path = Path::new(file);
    let many = path.extension().is_some_and(|ending| ending == "jsonl" || ending == "ndjson");
    let of_file = path.file_name().map(|name| name.to_string_lossy().into_owned());
    match of_file {
        Some(name) if call.is_empty() || (is_uuid(call) && !many) => name,
        _ => call.to_owned(),
    }
}

/// Such as `5b521a58-d028-578e-b921-7d4b0d655c1f`.
fn is_uuid(name: &str) -> bool {
    let hyphen = |at: usize| matches!(at, 8 | 13 | 18 | 23);
    let fits =
        |(at, letter): (usize, u8)| if hyphen(at) { letter == b'-' } else { letter.is_ascii_hexdigit() };
    name.len() == UUID_LETTERS && name.bytes().enumerate().all(fits)
}

#[cfg(test)]
mod tests {
    use super::call_name;

    #[test]
    fn a_file_tells_people_more_than_a_uuid() {
        let uuid = "5b521a58-d028-578e-b921-7d4b0d655c1f";
        let cases = [
            (uuid, "calls/lost-card.vcon.json", "lost-card.vcon.json"),
            (uuid, "calls/all.jsonl", uuid),
            (uuid, "", uuid),
            ("", "calls/lost-card.mp3", "lost-card.mp3"),
            ("march-17-lost-card-of-a-vip-customer-", "calls/x.mp3", "march-17-lost-card-of-a-vip-customer-"),
            ("5b521a58-d028-578e-b921-7d4b0d655c1g", "x.mp3", "5b521a58-d028-578e-b921-7d4b0d655c1g"),
        ];
        for (call, file, expected) in cases {
            assert_eq!(call_name(call, file), expected);
        }
    }
}
