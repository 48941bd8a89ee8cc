//! What beginners write: one finding for one mistake, and what to do about it.

use crate::check::check_texts;
use crate::diagnostics::Severity;

const CLINIC: &str = r#"role team_lead
intent { booking heard as booking_words }
phrases booking_words { en "book an appointment" }
record Patient { name: text = "" }
source crm.patient(phone) -> Patient
calendar hours in Europe/London { mon..fri 08:00-18:00 }
queue desk
route arrival at start or intent decides queue {
  when hours = open decide queue desk
  otherwise decide queue desk
}
watch upset on customer {
  when anger >= 0.7 or says booking_words
  do alert supervisor
}
dialog front at start {
  ask "What is it?" hearing intent
  on booking { offer desk "Shall I get somebody?" { yes { } ; no { end } } }
  on unresolved, silence { end }
}
guarantee short in dialog front { every path reaches the end, a person within 9 turns }
ticket visit when call.intent = booking {
  field fee: money GBP = 0 GBP
  step plan by desk needs fee {
    when ticket.fee > 100 GBP go to approve
    when done close
    unless done within 4h of hours escalate to team_lead
  }
  step approve by desk { when done close }
  notify customer by sms "Done." when closed
}
test "a name" {
  call from "+442079460000"
  given crm.patient name "Ann"
  at 0s expect queue desk
}
route asks decides known: text {
  let who = crm.patient(call.from) else { name: "" }
  otherwise decide known who.name
}
"#;

/// Code, message and help of each error in the policy with one part replaced, and the policy after the first fix.
fn mistakes(old: &str, new: &str) -> (Vec<String>, Option<String>) {
    assert!(CLINIC.contains(old), "{old}");
    let text = CLINIC.replacen(old, new, 1);
    let checked = check_texts([("a.tdm", text.as_str())]);
    let all = checked.diagnostics.iter();
    let shown = all.map(|one| {
        format!("{} {}; {}", one.code.text(), one.message, one.help.as_deref().unwrap_or_default())
    });
    let fix = checked.diagnostics.iter().find_map(|one| one.fix.clone());
    let fixed = fix
        .map(|(span, part)| format!("{}{part}{}", &text[..span.start as usize], &text[span.end as usize..]));
    (shown.collect(), fixed)
}

fn is_sound(text: &str) -> bool {
    !check_texts([("a.tdm", text)]).diagnostics.iter().any(|one| one.severity() == Severity::Error)
}

#[test]
fn one_mistake_is_one_finding_that_says_what_to_do() {
    assert!(is_sound(CLINIC));
    for (old, new, expected) in [
        ("{ en \"book an appointment\" }", "{ }", "E0901 `booking_words` has no phrase and is never heard"),
        (
            "book an appointment",
            "book (an)? appointment",
            "E0901 `?`, `*` and `+` behind a bracket mean nothing",
        ),
        ("{ en \"book", "{ xx \"book", "E0301 `language` has no word `xx`; write its code of two letters"),
        ("name: text", "name: string", "E0304 there is no type `string`; did you mean `text`?"),
        ("Europe/London", "GMT+1", "E0902 there is no time zone `GMT+1`; write an IANA name"),
        ("0.7", "7", "E0205 `7` lies outside of what `anger` can be; anger goes from 0 to 1"),
        (" { yes { } ; no { end } }", "", "E1007 nothing says what follows a yes and a no"),
        ("the end, a person", "the end, somebody", "E0301 `somebody` is no goal; write `a person`"),
        ("ticket.fee > 100", "fee > 100", "E0301 there is no `fee`; did you mean `ticket.fee`?"),
        ("fee: money GBP = 0 GBP", "fee: money GBP", "E0404 nothing says what `fee` is before"),
        (
            "    when done close\n",
            "",
            "E1301 nothing says where a ticket goes when `plan` is done; add `when done",
        ),
        (
            "4h of hours",
            "3d of hours",
            "W1305 `3d` of `hours` are 72 hours in which it is open; write the hours: `72h`",
        ),
        ("notify customer", "notify caller", "E0301 `caller` is no role; whoever calls is the `customer`"),
        (
            "name \"Ann\"",
            "name = \"Ann\"",
            "E0406 `crm.patient` is a source, and nothing says which of its fields",
        ),
        (
            "at 0s expect queue desk",
            "at 0s expect send sms \"Done.\"",
            "E0802 nothing says which campaign this is about; what a dialog sends",
        ),
        (
            "booking heard as",
            "booking heard",
            "E0202 expected `as`, found `booking_words`; phrases stand behind",
        ),
    ] {
        let (found, _) = mistakes(old, new);
        assert_eq!(found.len(), 1, "{new}: {found:#?}");
        assert!(found.iter().any(|one| one.starts_with(expected)), "{new}: {found:#?}");
    }
}

#[test]
fn what_is_offered_to_mend_it_mends_it() {
    for (old, new) in [
        ("name: text", "name: string"),
        ("the end, a person", "the end, somebody"),
        ("ticket.fee > 100", "fee > 100"),
        ("notify customer", "notify caller"),
        ("silence { end }", "silence { hang up }"),
    ] {
        let (found, fixed) = mistakes(old, new);
        assert!(fixed.as_deref().is_some_and(is_sound), "{new}: {found:#?} {fixed:?}");
    }
    let (_, fixed) = mistakes("{ en \"book", "{ xx \"book");
    assert_eq!(fixed, None, "a language is not guessed");
}
