//! Policies of any length.

use std::fmt::Write as _;

/// Rows of each branch's table.
const ROWS: usize = 40;

const TIERS: [&str; 4] = ["guest", "basic", "gold", "vip"];

/// Many branches of one bank, each with phrases, a route with a table, a watch, a quality check and tests.
pub(crate) fn branches(lines: usize) -> String {
    let mut text = head();
    let mut at = 0;
    while text.lines().count() < lines {
        branch(&mut text, at);
        at += 1;
    }
    text
}

fn head() -> String {
    let mut text =
        "module bank\n\ntier { guest, basic, gold, vip }\nrole team_lead\nqueue general, bot\n".to_owned();
    text += "record Customer {\n  tier: tier\n  value: money CNY = 0 CNY\n  language: language = zh\n}\n";
    text += "source crm.customer(phone) -> Customer within 800ms\n\n";
    text += "calendar service_hours in Asia/Shanghai {\n  mon..fri 08:00-12:00, 13:00-21:00\n  sat 09:00-18:00\n}\n";
    text
}

fn branch(text: &mut String, at: usize) {
    let words = format!(
        "
# ---- Branch {at} ----
intent {{ lost_card_{at} heard as lost_{at}, repayment_{at}, balance_{at} }}
queue cards_{at}, loans_{at}

phrases lost_{at} {{
  en \"lost (my|the) card {at}\" or \"[my] card {at} is gone\"
  zh \"{at}号卡丢了\" or \"挂失{at}号\"
}}
phrases angry_{at} {{
  en \"unacceptable {at}\" or \"[want to] complain about {at}\"
  zh \"投诉{at}\" or \"{at}太过分\"
}}
phrases greeting_{at} {{
  include angry_{at}
  en \"this is branch {at}\"
}}
"
    );
    text.push_str(&words);
    route(text, at);
    let rest = format!(
        "
watch distressed_{at} on customer {{
  when anger >= 0.{at:03} for at least 5s with confidence >= 0.6
    or loudness rises 6 dB within 10s and speech_rate >= 1.3 times usual
    or says angry_{at} 2 times within 60s
  clear when anger < 0.40 for at least 8s
  at most once per 2min
  do alert supervisor because \"customer of branch {at} is distressed\"
  then transfer cards_{at} if not acknowledged within 20s
}}

qa opening_{at} applies when call.intent = repayment_{at} {{
  agent must say greeting_{at} within 30s of start critical
  agent must not say angry_{at} fail because \"never say that\"
  agent talk_share should be in 30%..65% score 5
  silence should be under 20s score 5
  passes at 80%
}}

test \"branch {at} answers\" {{
  clock 2026-03-10 10:00:00 Asia/Shanghai
  call from \"+8613800138000\" language zh
  given crm.customer tier vip
  at 2s customer says \"lost my card {at}\"
  at 2s expect queue general
  at 5s anger 0.9 confidence 0.8
  at 20s ends
  expect alert supervisor
}}
"
    );
    text.push_str(&rest);
}

fn route(text: &mut String, at: usize) {
    let head = format!(
        "
route arrival_{at} at start or intent decides queue, priority {{
  let who = crm.customer(call.from) else guest
  rule lost when call.intent = lost_card_{at} and who.tier >= gold decide queue cards_{at}, priority 99
    because \"a lost card never waits\"
  table first match {{
    who.tier | call.intent | who.value | call.unresolved | service_hours -> queue | priority | because
"
    );
    text.push_str(&head);
    for row in 0..ROWS {
        let (tier, level) = (TIERS[row % 4], TIERS[(row / 4) % 4]);
        let (value, lower, times) = (row * 250 + 1, (ROWS - row) * 250, row % 7);
        let cells = match row % 4 {
            0 => format!("{tier}, {level} | repayment_{at}, balance_{at} | >= {lower} CNY | {times} | open"),
            1 => format!("{tier} | not lost_card_{at} | {value} CNY..{} CNY | >= {times} | any", value + 100),
            2 => format!(">= {level} | unknown | any | {} | closed", times + 10),
            _ => format!("{tier} | balance_{at} | < {value} CNY | {times}, {} | any", times + 20),
        };
        let queue = if row % 3 == 0 { format!("loans_{at}") } else { "general".to_owned() };
        writeln!(text, "    {cells} -> {queue} | {row} | \"reason {row}\"").expect("a string takes it");
    }
    text.push_str("    otherwise -> bot | 1\n  }\n}\n");
}

/// One table with so many rows.
pub(crate) fn one_table(rows: usize) -> String {
    let mut text = head();
    text +=
        "enum region { north, south, east, west }\nenum product { card, loan, deposit, insurance, shares }\n";
    text +=
        "record Account {\n  region: region = north\n  product: product = card\n  branch: number = 0\n}\n";
    text += "source core.account(phone) -> Account within 500ms\n\n";
    text +=
        "route arrival at start decides queue, priority {\n  let who = crm.customer(call.from) else guest\n";
    text += "  let account = core.account(call.from) else { branch: 0 }\n  table first match {\n";
    text += "    who.tier | account.region | account.product | account.branch | who.value -> queue | priority | because\n";
    for row in 0..rows {
        let tier = TIERS[row % 4];
        let region = ["north", "south", "east", "west"][(row / 4) % 4];
        let product = ["card", "loan", "deposit", "insurance", "shares"][(row / 16) % 5];
        let (branch, value) = (row / 160, (1 - (row / 80) % 2) * 10_000);
        let queue = if row % 2 == 0 { "general" } else { "bot" };
        writeln!(
            text,
            "    {tier} | {region} | {product} | {branch} | >= {value} CNY -> {queue} | {} | \"row {row}\"",
            row % 100
        )
        .expect("a string takes it");
    }
    text.push_str("    otherwise -> general | 1\n  }\n}\n");
    text
}
