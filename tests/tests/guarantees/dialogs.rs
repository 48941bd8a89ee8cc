//! Small generated dialogs, what may be promised of them, and callers who walk through them.

use std::fmt::Write as _;

/// SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).expect("small")
    }

    pub(crate) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// What stands before every dialog.
pub(crate) const WORDS: &str = "use std.phrases.asks_for_human
intent {
  balance
  lost_card heard as lost_words
}
phrases lost_words { en \"lost my card\" }
phrases hello_words { en \"hello\" }
queue general, cards
record Account { amount: money CNY }
source crm.balance(phone) -> Account within 1s
";

/// A dialog; not every one compiles.
pub(crate) fn dialog(random: &mut Random) -> String {
    format!("dialog talks at most 3 levels at start {{\n{}}}\n", question(random, 0))
}

fn question(random: &mut Random, depth: usize) -> String {
    let hears =
        random.pick(&["intent, keys 0, 1 -> balance", "intent, keys", "speech, keys", "keys", "intent"]);
    let (words, keys) = (hears != "keys", hears.contains("keys"));
    let mut text = format!("ask \"Question {depth}?\" hearing {hears}\n");
    for _ in 0..=random.below(4) {
        let said = [
            "hello_words once",
            "hello_words repeatedly",
            "hello_words when customer said hello_words 3 times",
        ];
        let occasion = match random.below(6) {
            0 if hears.contains("intent") => "balance",
            1 if hears.contains("intent") => "lost_card",
            2 if words => random.pick(&said),
            3 if keys => "key 1",
            4 if keys => "key 0",
            _ if words => "hello_words",
            _ => "key 2",
        };
        let asked = occasion.starts_with("key");
        _ = writeln!(text, "on {occasion} {{ {} }}", block(random, depth, asked));
    }
    if words && random.below(3) > 0 {
        let first = random.pick(&["say \"Now.\"", "retain \"Stay?\"", "transfer cards", "resolved"]);
        _ = writeln!(text, "on asks_for_human once {{ {first} }}");
        _ = writeln!(
            text,
            "on asks_for_human {} {{ transfer general }}",
            random.pick(&["repeatedly", "3 times"])
        );
    }
    let times = random.pick(&["", " 2 times", " 3 times"]);
    let end = random.pick(&[
        "transfer general",
        "transfer cards",
        "end",
        "offer cards \"Well?\" { yes { } ; no { end } }",
    ]);
    _ = writeln!(text, "on unresolved{times} {{ {end} }}");
    let (times, end) =
        (random.pick(&["", " 2 times"]), random.pick(&["end", "resolved", "transfer general"]));
    text + &format!("on silence{times} {{ {end} }}\n")
}

fn block(random: &mut Random, depth: usize, asked: bool) -> String {
    match random.below(8) {
        0 => "resolved".to_owned(),
        1 => "end".to_owned(),
        2 => "offer cards \"Somebody?\" { yes { } ; no { } }".to_owned(),
        3 => "offer general \"Somebody?\" { yes { say \"One moment.\" } ; no { resolved } }".to_owned(),
        4 if asked => "transfer cards".to_owned(),
        5 if depth > 0 => "back".to_owned(),
        6 if depth < 2 => format!("\n{}", question(random, depth + 1)),
        7 => {
            "answer crm.balance(call.from) with \"It is {amount}.\" otherwise { say \"No idea.\" }".to_owned()
        }
        _ => "say \"Well.\"".to_owned(),
    }
}

/// A promise that both the checker and the callers of [`super::walks`] understand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Promised {
    /// How often callers ask for a person first; 0: every path.
    pub(crate) asks: usize,
    pub(crate) what: What,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum What {
    /// A transfer within so many turns.
    Person(usize),
    /// A transfer, an answer or the end within so many turns.
    Anything(usize),
    /// So many questions at most.
    Questions(usize),
    /// So many questions at most before a person, an answer or the end; no promise of the language, but what `check` says.
    Heard(usize),
    /// Never the queue `cards`.
    NotCards,
}

impl Promised {
    pub(crate) fn any(random: &mut Random) -> Self {
        let what = match random.below(4) {
            0 => What::Person(1 + random.below(3)),
            1 => What::Anything(1 + random.below(8)),
            2 => What::Questions(1 + random.below(8)),
            _ => What::NotCards,
        };
        Self { asks: random.below(4), what }
    }

    pub(crate) fn text(self) -> String {
        let who = match self.asks {
            0 => "path".to_owned(),
            asks => format!("caller who says asks_for_human {asks} times"),
        };
        let promise = match self.what {
            What::Person(turns) => format!("every {who} reaches a person within {turns} turns"),
            What::Anything(turns) => {
                format!("every {who} reaches a person, an answer or the end within {turns} turns")
            }
            What::Questions(most) => format!("no {who} asks more than {most} questions"),
            What::Heard(most) => format!("a caller of every {who} hears at most {most} questions"),
            What::NotCards => format!("no {who} reaches cards"),
        };
        format!("guarantee kept {{ {promise} }}\n")
    }
}
