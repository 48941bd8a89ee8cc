//! A dialog: questions in questions, handlers, offers, answers, notes, hand-overs.

use super::{Author, Place, QUEUES};

impl Author<'_> {
    pub(super) fn dialog(&mut self) -> String {
        self.place = Place::Dialog;
        let languages = self.one(&["", " in en, zh", " in zh, en"]);
        let levels = self.one(&["", " at most 3 levels"]);
        let begins = self.maybe(|author| format!(" when {}{}", author.condition(1), author.because()));
        let acts = self.lines(2, |author| author.act(languages.is_empty()));
        let asked = self.words(languages.is_empty());
        let (heard, handlers) = self.handlers(languages.is_empty());
        let noted = self.noted();
        let (mood, tally) = (self.sounds(), self.number(1));
        self.place = Place::Route;
        format!(
            "dialog bot{languages}{levels} at start{begins} {{\n  let who = crm.customer(call.from) else {{ tier: guest }}\n  \
             note seen = {noted}\n  note kind = call.intent\n  note calm = not upset\n  when {mood} {{ note tally = \
             {tally} ; note worth = who.value }}\n{acts}  ask {asked} hearing {heard}, waiting 8s\n{handlers}}}\n"
        )
    }

    /// A text; written out where the dialog has no languages.
    fn words(&mut self, written: bool) -> String {
        match written && self.random.chance(2) {
            true => {
                self.one(&["\"How may I help?\"", "\"{who.name}, {call.elapsed} on {peak}?\""]).to_owned()
            }
            false => self.one(&["welcome", "told"]).to_owned(),
        }
    }

    fn noted(&mut self) -> String {
        let values =
            ["who.tier", "who.value * 2", "masked(who.id_number)", "call.clock", "call.intent", "peak"];
        match self.random.chance(2) {
            true => self.one(&values).to_owned(),
            false => self.number(1),
        }
    }

    /// Something that a dialog does and goes on.
    fn act(&mut self, written: bool) -> String {
        match self.random.below(5) {
            0 => format!("  say {}\n", self.words(written)),
            1 => format!("  note {} = {}\n", self.one(&["one", "other"]), self.noted()),
            2 => format!("  send sms {}\n", self.words(written)),
            3 => "  ticket repair\n".to_owned(),
            _ => {
                let (when, then) = (self.about_customer(), self.words(written));
                let when = format!("{when}{}", self.because());
                format!("  when {when} {{ say {then} ; note third = 3 }}\n")
            }
        }
    }

    fn handing(&mut self) -> String {
        let fields = ["summary", "answers", "transcript", "seen", "intent", "who.tier", "keyed = call.keys"];
        let first = self.random.below(fields.len() as u64 - 1);
        let fields = &fields[usize::try_from(first).expect("small")..];
        self.maybe(|_| format!(" handing over {}", fields.join(", ")))
    }

    fn transfer(&mut self) -> String {
        let to = match self.random.chance(4) {
            true => "by arrival".to_owned(),
            false => self.one(&QUEUES).to_owned(),
        };
        format!("transfer {to}{}{}", self.handing(), self.because())
    }

    /// How a block ends; a matter is no request for a person.
    fn ending(&mut self, written: bool) -> String {
        match self.random.below(6) {
            0 => "resolved".to_owned(),
            1 => "end".to_owned(),
            // In an emergency there must be a reason.
            2 => "transfer general directly when who.tier >= gold because \"valued\"".to_owned(),
            3 => {
                let (words, handing, told) = (self.words(written), self.handing(), self.words(written));
                let to = self.one(&["vip_desk", "by arrival"]);
                format!("offer {to} {words}{handing} {{ yes {{ say {told} }} no {{ note refused = yes }} }}")
            }
            4 => {
                let rest = self.words(written);
                let told = "\"It is {value}, {name}.\"".to_owned();
                let told = if written { told } else { "told".to_owned() };
                format!("answer crm.customer(call.from) within 2s with {told} otherwise {{ say {rest} }}")
            }
            _ => format!("say {}", self.words(written)),
        }
    }

    /// What a question hears, and what follows everything that it hears.
    fn handlers(&mut self, written: bool) -> (String, String) {
        let (mut keys, mut text) = (Vec::new(), String::new());
        let matters = [
            ("balance", Some("1 -> balance")),
            ("complaint, repayment", Some("\"#\" -> repayment")),
            ("angry_words 2 times", None),
            ("key 2, 7", Some("2, 7")),
            ("in_danger", None),
            ("annoyed repeatedly", None),
        ];
        for (on, key) in matters {
            if self.random.chance(2) {
                let when = self.maybe(|author| format!(" when {}{}", author.condition(1), author.because()));
                let (act, ending) = (self.act(written), self.ending(written));
                text += &format!("  on {on}{when} {{\n  {act}    {ending}\n  }}\n");
                keys.extend(key);
            }
        }
        if self.random.chance(2) {
            text += &self.nested(written);
            keys.push("3");
        }
        if self.random.chance(3) {
            let (when, then) = (self.condition(1), self.words(written));
            let because = self.because();
            text += &format!("  on when {when}{because} {{ say {then} }}\n");
        }
        if self.random.chance(2) {
            text += &format!("  on asks_for_human once {{ retain {} }}\n", self.words(written));
        }
        let (asked, lost, times) = (self.transfer(), self.transfer(), self.one(&["2", "3"]));
        let silent = self.one(&["end", "say welcome ; end", "transfer general"]);
        let silent = if written { silent.replace("welcome", "\"Goodbye.\"") } else { silent.to_owned() };
        text += &format!(
            "  on asks_for_human {{ {asked} }}\n  on unresolved {times} times {{ {lost} }}\n  on silence 2 times {{ \
             {silent} }}\n"
        );
        let heard = match keys.iter().any(|key| key.contains("->")) {
            true => "intent, speech",
            false => "speech",
        };
        let keys = if keys.is_empty() { String::new() } else { format!(", keys {}", keys.join(", ")) };
        (format!("{heard}{keys}"), text)
    }

    /// A question inside a handler.
    fn nested(&mut self, written: bool) -> String {
        let (asked, because) = (self.words(written), self.because());
        let again = self.maybe(|_| "    on anything 4 times { end }\n".to_owned());
        let again = again.replace(" 4 times", "");
        let words = self.maybe(|author| {
            let (note, rest) = (author.words(written), author.ending(written));
            format!("    on angry_words {{ say {note} ; {rest} }}\n")
        });
        format!(
            "  on key 3 {{\n    note account = call.keys\n    ask {asked} hearing speech, keys 1, 2\n    on key 1 {{ note \
             done = yes ; resolved }}\n    on key 2 {{ back }}\n{words}    on unresolved 2 times {{ transfer general \
             handing over account, seen{because} }}\n    on silence {{ end }}\n{again}  }}\n"
        )
    }
}
