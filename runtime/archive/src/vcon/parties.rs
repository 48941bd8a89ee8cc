//! Who takes part in a vCon's call.

use serde_json::{Map, Value};
use tandem_stdlib::contract::Party;

use crate::error::Warning;
use crate::json;
use crate::transcript::{People, Person, is_machine, role_side};

/// The parties of a vCon and their sides; `caller` is the place of the one who began, where recorded.
pub(crate) fn people(
    vcon: &Map<String, Value>,
    outbound: bool,
    caller: Option<usize>,
    warnings: &mut Vec<Warning>,
) -> People {
    let listed = json::objects(json::find(vcon, &["parties"]));
    let mut people = People { list: listed.map(person).collect(), outbound };
    if people.list.is_empty() {
        warnings.push(Warning { code: "no-parties", message: "the record names no parties".to_owned() });
    }
    complete_sides(&mut people, caller, warnings);
    people
}

fn person(party: &Map<String, Value>) -> Person {
    let meta = json::find(party, &["meta"]).and_then(Value::as_object);
    let role = json::text(party, &["role"]).or_else(|| json::text(meta?, &["role"]));
    let name = json::text(party, &["name", "id", "uuid"]).unwrap_or_default();
    Person {
        side: role.and_then(role_side),
        machine: is_machine(name) || role.is_some_and(is_machine),
        name: name.to_owned(),
        address: json::text(party, &["tel", "sip", "mailto", "email", "did"])
            .map(address)
            .unwrap_or_default(),
    }
}

/// A telephone number without scheme, spaces and punctuation; other addresses without scheme.
fn address(text: &str) -> String {
    let bare = text.strip_prefix("tel:").or_else(|| text.strip_prefix("sip:")).unwrap_or(text);
    let bare = bare.strip_prefix("mailto:").unwrap_or(bare);
    let number = |letter: char| letter.is_ascii_digit() || " +-().".contains(letter);
    if bare.chars().all(number) {
        return bare.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').collect();
    }
    bare.to_owned()
}

/// Gives parties without a role the side that is left, or the side that the direction implies.
fn complete_sides(people: &mut People, caller: Option<usize>, warnings: &mut Vec<Warning>) {
    let unknown = people.list.iter().filter(|person| person.side.is_none()).count();
    if unknown == 0 {
        return;
    }
    let taken = |party| people.list.iter().any(|person| person.side == Some(party));
    let left = match (taken(Party::Customer), taken(Party::Agent)) {
        (true, _) => Some(Party::Agent),
        (false, true) => Some(Party::Customer),
        (false, false) => None,
    };
    let (calling, called) =
        if people.outbound { (Party::Agent, Party::Customer) } else { (Party::Customer, Party::Agent) };
    let caller = caller.unwrap_or(0);
    for (index, person) in people.list.iter_mut().enumerate() {
        let implied = if index == caller { calling } else { called };
        person.side = person.side.or(left).or(Some(implied));
    }
    warnings.push(Warning {
        code: "roles-assumed",
        message: "not every party has a role; who is customer and who is agent is taken from the direction"
            .to_owned(),
    });
}
