//! A policy of any length in which every construct stands.

/// What all desks share: vocabularies, sources, phrases, texts, laws and what a policy has once.
const HEAD: &str = r#"module desks

use std.law.us_tsr
use std.law.us_tcpa
use std.phrases.asks_for_human
use std.phrases.agreement
use std.phrases.complaint_words
use std.phrases.hesitation
use std.phrases.refusal

tier { guest, basic, gold, vip }
intent { balance, repair, complaint_call }
skill cards, loans
role team_lead
queue technicians

record Customer {
  tier: tier = guest
  value: money CNY = 0 CNY
  id_number: sensitive text = ""
}
record Lead {
  phone: phone
  value: money CNY = 0 CNY
  consented: yes/no = no
}
source crm.customer(phone) -> Customer within 800ms
source crm.leads() -> Lead

calendar desk_hours in Asia/Shanghai {
  mon..fri 08:00-21:00
}

text welcome { en "Welcome." ; zh "欢迎。" }
text how_to_help { en "How can I help you?" ; zh "请问有什么可以帮您？" }
text your_value { en "You have {value} with us." ; zh "您有{value}。" }
text somebody { en "Shall I get somebody?" ; zh "要帮您转人工吗？" }
text goodbye { en "Goodbye." ; zh "再见。" }

attention at most 6 cards per 10min
mask card_number, id_number in transcript, recording, screen
"#;

/// One desk: a queue, a route, a watch, a check, and one of each construct around them. `{n}` is its number.
const DESK: &str = r#"
# ---- Desk {n} ----

queue desk_{n} {
  needs cards at level 3..5 or loans
  promise 80% answered within 20s of offered excluding abandoned under 5s
  while waiting {
    after 20s accept level 1..5
    after 90s offer callback
  }
  prefer agent by skill.level * 2 - agent.load
  ring 15s
  after-call work at most 60s
}

route arrival_{n} at start or intent decides queue, priority {
  let who = crm.customer(call.from) else guest
  table first match {
    who.tier  | call.intent    | desk_hours -> queue    | priority | because
    gold, vip | complaint_call | open       -> desk_{n} | 90       | "valued caller with a complaint"
    vip       | not balance    | open       -> desk_{n} | 80       | "vip goes straight to an expert"
    otherwise                               -> desk_{n} | 10       | "everybody is served"
  }
}

route parting_{n} decides goodbye_{n}: text {
  when peak_{n} decide goodbye_{n} "short"
  otherwise decide goodbye_{n} "long"
}
route parting_shortly_{n} decides goodbye_{n}: text { otherwise decide goodbye_{n} "short" }
experiment shorter_{n} on 10% of callers { route parting_{n} tries parting_shortly_{n} }

mode peak_{n} when desk_{n}.waiting > 20 for at least 2min until desk_{n}.waiting < 5 because "many wait"

watch distressed_{n} on customer {
  when anger >= 0.7 for at least 5s with confidence >= 0.6 or says complaint_words 2 times within 60s
  clear when anger < 0.4 for at least 8s
  at most once per 2min
  do alert team_lead because "the customer of desk {n} is distressed"
  then transfer desk_{n} if not acknowledged within 20s
}

assist price_{n} on customer {
  let who = crm.customer(call.from) else guest
  when says hesitation and who.value > 100 CNY
  show card "discount of desk {n}" with who.value, masked(who.id_number) to role team_lead for 30s
  at most 3 cards per 5min
}

qa opening_{n} applies when call.intent = repair {
  agent must not say complaint_words fail because "never say that"
  agent talk_share should be in 30%..65% score 5
  silence should be under 20s score 5
  passes at 80%
}

sampling reviewed_{n} {
  all when call.intent = complaint_call because "every complaint is heard"
  10% otherwise
}

target service_{n} {
  desk_{n} answered within 10s of offered >= 90%
  abandonment excluding under 5s <= 5%
  transfer rate <= 8%
}

dialog self_service_{n} in en, zh at most 2 levels {
  let who = crm.customer(call.from) else guest
  say welcome
  ask how_to_help hearing intent, keys 1 -> balance, 2 -> repair, waiting 8s
  on asks_for_human once { retain welcome }
  on asks_for_human repeatedly { transfer desk_{n} because "asked twice" }
  on balance {
    answer crm.customer(call.from) within 2s with your_value otherwise {
      offer desk_{n} somebody handing over intent, summary {
        yes { note wish = "balance" }
        no { }
      }
    }
  }
  on repair { transfer desk_{n} directly when who.tier >= gold because "valued" ; say goodbye ; resolved }
  on unresolved 3 times { transfer desk_{n} handing over summary, answers because "not understood" }
  on silence 2 times { say goodbye ; end }
}

campaign renewals_{n} under us_tsr, us_tcpa {
  call each lead of source crm.leads ordered by lead.value desc
  never when lead.on_do_not_call or not lead.consented because "no consent"
  only in mon..fri 10:00-20:00 local time of lead.phone, unsure of zone: strictest
  at most 3 attempts per 7d per person, wait 4h after no_answer, 1d after busy
  never again after refused
  pace predictive keeping abandoned <= 3% of live answers over 30d
  ring at least 20s
  when a machine answers hang up deciding within 1s
  connect within 1s
  when nobody is free say "This was desk {n} on +1 202 555 0150."
  show "+12025550150"
  run dialog self_service_{n}
  agents of desk_{n}, at least 12
  grade {
    A when call.intent = repair
    B when customer said hesitation
    otherwise C
  }
  on A { transfer desk_{n} handing over summary, lead.value }
  on B { follow up by person within 1d noting summary }
  on C { send sms "Your contract ends soon." every 30d at most 3 times }
}

ticket repair_{n} when call.intent = repair {
  let who = crm.customer(call.from) else guest
  priority high when who.tier >= gold otherwise normal
  field part_missing: yes/no = no
  step visit by technicians {
    when done and ticket.part_missing go to ordering because "the part is not in the van"
    when done close
  }
  step ordering by desk_{n} {
    when done go to visit
    unless done within 2d escalate to team_lead and go to visit
  }
  unless touched within 2h of desk_hours escalate to team_lead because "nobody has looked at it"
  notify customer by sms "Your repair is with us." when opened
  after closed within 24h call back only in 09:00-20:00 local time of callee
}

test "desk {n} answers" {
  clock 2026-03-10 10:00:00 Asia/Shanghai
  call from "+8613800138000" language zh
  given crm.customer tier vip
  at 0s expect queue desk_{n}
  at 1s anger 0.9 confidence 0.8
  at 6s expect alert team_lead because "the customer of desk {n} is distressed"
}
"#;

/// So many lines of desks, each with every construct.
pub(crate) fn every_construct(lines: usize) -> String {
    let desks = lines.div_ceil(DESK.lines().count());
    let texts = (0..desks).map(|desk| DESK.replace("{n}", &desk.to_string()));
    HEAD.to_owned() + &texts.collect::<String>()
}
