//! Guarantees, with a dialog that keeps them, replays, and a bot that says what it is.

use super::Author;

/// What every call through the dialog `closing` keeps.
const KEPT: [&str; 12] = [
    "every path asks at most 40 questions",
    "no path asks more than 40 questions",
    "no caller who keys 1 asks more than 1 question",
    "every caller who keys 1 reaches an answer within 1 turn",
    "every caller who asks_for_human 1 time reaches a queue within 1 turn",
    "every caller who says asks_for_human 2 times reaches general, a person within 1 turn",
    "every caller who is silent 2 times reaches the end or an answer before it ends",
    "every caller who is not understood 3 times reaches a person before it ends",
    "every caller who says asks_for_human offers a person before it ends",
    "no path reaches bot",
    "no path reaches an offer within 2 turns",
    "no caller who is silent 2 times reaches spare",
];

/// What recordings may be held to.
const EXPECTED: [&str; 6] = [
    "expect changed queue <= 2%",
    "expect transfer rate in 1%..20%",
    "expect quality passed >= 90%",
    "expect alert team_lead in <= 5%",
    "expect transfer complaints in 1%..10%",
    "expect no warnings",
];

impl Author<'_> {
    /// A dialog that is the same in every policy but for its words.
    pub(super) fn closing(&mut self) -> String {
        let text = self.one(&["text", "speech"]);
        format!(
            "dialog closing at most 1 level {{\n  ask \"Anything else?\" hearing {text}, keys 1, waiting 5s\n  on key 1 {{ \
             resolved }}\n  on asks_for_human {{ transfer general }}\n  on silence 2 times {{ end }}\n  on unresolved 3 times {{ \
             transfer complaints }}\n}}\n"
        )
    }

    pub(super) fn guarantees(&mut self) -> String {
        let promise = |author: &mut Self| format!("  {}\n", author.one(&KEPT));
        let (promises, also) = (self.lines(3, promise), self.lines(1, promise));
        format!(
            "guarantee kept by closing in dialog closing {{\n{promises}}}\nguarantee kept_by_both in dialog closing, open_bot {{\n  every \
             path asks at most 60 questions\n}}\nguarantee also_kept in dialog closing {{\n{also}}}\n"
        )
    }

    pub(super) fn replays(&mut self) -> String {
        let since = self.one(&["", " since \"../before\""]);
        let (one, lines) =
            (self.one(&EXPECTED), self.lines(3, |author| format!("  {}\n", author.one(&EXPECTED))));
        format!("replay \"calls/**\"{since} {one}\nreplay \"calls/*.jsonl\" {{\n{lines}}}\n")
    }

    /// A campaign whose bot says what it is.
    pub(super) fn robot(&mut self) -> String {
        let greeting = self.one(&["say \"This is an automated call.\"", "say \"您好，这是自动外呼。\""]);
        format!(
            "dialog open_bot {{\n  {greeting}\n  ask \"May I?\" hearing speech\n  on unresolved {{ end }}\n  on silence {{ end \
             }}\n}}\ncampaign by_bot under spoken, gentle {{\n  call each lead of source crm.leads\n  only in 10:00-16:00 in \
             Asia/Shanghai\n  pace progressive\n  run dialog open_bot\n}}\n"
        )
    }
}
