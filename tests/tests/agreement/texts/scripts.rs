//! A test block, for the formatter and the checker: nobody runs it.

use super::Author;

/// Lines that follow one another at any later moment.
const LINES: [&str; 22] = [
    "customer says \"This is unacceptable\"",
    "agent says \"one moment\"",
    "anger 0.8 confidence 0.9",
    "agent loudness -20 dB",
    "presses \"12\"",
    "intent complaint",
    "unresolved",
    "hold",
    "resumes",
    "acknowledges",
    "given peak yes",
    "given vip_desk waiting 25, idle_agents 3",
    "expect queue general because \"a row\"",
    "expect no alert",
    "expect alert team_lead exactly 2 times",
    "expect transfer complaints",
    "expect card \"look\" exactly 0 times",
    "expect says \"Welcome.\"",
    "expect asks \"How may I help?\"",
    "expect offers vip_desk",
    "expect transfer general handing over seen = 1, account = 2",
    "expect qa manners item 1 passes",
];

impl Author<'_> {
    pub(super) fn script(&mut self) -> String {
        let mut at = 0;
        let mut lines = String::new();
        for _ in 0..self.random.below(9) {
            at += self.random.below(40);
            lines += &format!("  at {at}s {}\n", self.one(&LINES));
        }
        let call = self.one(&["", "  call from \"+8613800138000\" language zh channel app\n"]);
        format!(
            "test \"a script\" {{\n  clock 2026-03-29 00:59:50 Europe/London\n{call}  given crm.customer tier vip, value \
             5000 CNY\n{lines}  at 900s ends\n  expect no transfer complaints\n  expect ticket repair exactly 1 time\n}}\n"
        )
    }
}
