//! A test block, for the formatter and the checker: nobody runs it.

use super::Author;

/// Lines that follow one another at any later moment.
const LINES: [&str; 33] = [
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
    "expect qa manners item 2 fails",
    "expect qa manners does not apply",
    "agent pitch 180 Hz",
    "customer speech_rate 4.5 syllables/s",
    "expect transfer general because \"a row\"",
    "expect card \"look\" because \"why not\"",
    "expect no card",
    "expect resolved",
    "run dialog closing",
    "agent answers",
    "expect card \"look\" offering \"One moment.\"",
];

/// What a test may say of a ticket once the call is over.
const TICKETS: [&str; 11] = [
    "expect no ticket repair",
    "expect ticket repair",
    "expect ticket repair priority normal",
    "expect ticket repair opened",
    "expect ticket repair not escalated to supervisor",
    "expect ticket repair escalated because \"why not\"",
    "expect ticket repair notified by sms \"Somebody is at it.\" exactly 1 time",
    "expect ticket repair called back",
    "at 2000s ticket repair touched",
    "at 2000s ticket repair closed\n  at 3000s ticket repair reopened",
    "at 2000s ticket repair assigned",
];

/// What a test may say of leads that callers become.
const LEADS: [&str; 3] = [
    "expect no lead renewals",
    "expect lead renewals exactly 1 time",
    "expect lead renewals with value = \"5000 CNY\", consented = \"yes\"",
];

/// The same of one that goes from step to step.
const STEPS: [&str; 5] = [
    "expect ticket repair step look",
    "expect ticket repair closed",
    "at 2000s ticket repair done",
    "at 2000s ticket repair done with quote 20 CNY",
    "at 2000s ticket repair touched with quote 20 CNY, part yes",
];

/// What a test of a campaign may say.
const TRIALS: [&str; 14] = [
    "expect call",
    "expect no call because \"no consent\"",
    "expect call exactly 1 time",
    "expect next call not before 4h20s",
    "expect next call not before 2026-01-06 10:00:00 Asia/Shanghai",
    "attempt ended no_answer",
    "attempt ended machine",
    "customer answers",
    "expect follow up noting seen = 1, account = 2",
    "expect no call again",
    "expect never again",
    "expect send sms \"Your contract ends.\" exactly 1 time",
    "expect no send sms",
    "expect grade A",
];

impl Author<'_> {
    pub(super) fn script(&mut self) -> String {
        let mut at = 0;
        let mut lines = String::new();
        for _ in 0..self.random.below(9) {
            at += self.random.below(40);
            lines += &format!("  at {at}s {}\n", self.one(&LINES));
        }
        let call =
            self.one(&["", "  call from \"+8613800138000\" to \"+442071234567\" language zh channel app\n"]);
        let late = self.one(&["", " after 3s"]);
        let lead = if self.emits { self.one(&LEADS) } else { "expect no alert" };
        let ticket = if self.flows { self.one(&STEPS) } else { self.one(&TICKETS) };
        format!(
            "test \"a script\" {{\n  clock 2026-03-29 00:59:50 Europe/London\n{call}  given crm.customer tier vip, value \
             5000 CNY{late}\n{lines}  at 900s ends\n  expect no transfer complaints\n  expect ticket repair exactly 1 time\n  {lead}\n  {ticket}\n}}\n"
        )
    }

    /// A test of the campaign.
    pub(super) fn trial(&mut self) -> String {
        let with = self.one(&["", " with 3 agents free"]);
        let (mut at, mut lines) = (0, String::new());
        for _ in 0..self.random.below(12) {
            at += self.random.below(40) + 1;
            lines += &format!("  at {at}s {}\n", self.one(&TRIALS));
        }
        format!(
            "test \"a campaign\" {{\n  clock 2026-01-05 10:00:00 Asia/Shanghai\n  campaign renewals{with}\n  lead phone \
             \"+8613800138000\", consented yes\n{lines}  at 900s expect no call\n}}\n"
        )
    }
}
