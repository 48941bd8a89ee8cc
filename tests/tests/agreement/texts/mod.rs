//! Random policies as texts: sound ones, over every construct that decides something.

mod calls;
mod dialogs;
mod outbound;
mod promises;
mod scripts;

use crate::random::Random;

/// What every policy speaks of.
const WORDS: &str = r#"module generated
use std.phrases.asks_for_human
tier { guest, basic, gold, vip }
intent { balance, complaint heard as angry_words, repayment }
skill cards, loans, english
role team_lead, pricing
enum region { north, south }
phrases angry_words { en "unacceptable" or "[really] (bad|awful)" ; zh "投诉" }
phrases notice { en "this call is recorded" }
record Customer {
  tier: tier
  value: money CNY = 0 CNY
  region: local region = north
  id_number: sensitive text = ""
  floor: money CNY visible to pricing = 0 CNY
  name: text = "none"
  years: protected number = 40
  best: time = 12:00
  due: date = 2026-05-01
  pace: syllables/s = 4 syllables/s
  louder: times usual = 1 times usual
  margin: percent visible to pricing or team_lead = 0%
}
source crm.customer(phone) -> Customer local within 800ms
source crm.contract(phone, text) -> Customer
source ai.offers(channel) -> Customer cloud
facts call.from, call.keys local
record Lead {
  phone: phone
  name: text = "none"
  value: money CNY = 0 CNY
  consented: yes/no = no
  secret: sensitive text = ""
  speaks: language = zh
}
source crm.leads() -> Lead
text welcome { en "Welcome." ; zh "欢迎。" }
text told { en "You have {who.value}, {who.name}." ; zh "{who.name}，您有{who.value}。" }
phrases in_danger urgent { en "somebody is hurt" ; zh "救命" }
phrases annoyed { include angry_words ; en "ok" alone ; zh "好" alone or "行" alone }
phrases machine_words { en "automated call" ; zh "自动外呼" }
holidays feasts covers 2025..2027 {
  2026-02-16..2026-02-22 "Spring Festival"
  2026-10-01
}
calendar service_hours in Asia/Shanghai {
  mon..fri 08:00-12:00, 13:00-21:00
  sat 09:00-18:00
  closed on feasts
  closed on 2026-12-24, 2026-12-31..2027-01-01
  open on 2026-10-01, 2026-10-04 09:00-18:00
}
calendar desk_hours in UTC { mon, tue, wed, thu 09:00-17:00 ; fri 09:00-12:00, 13:00-15:00 ; sun 10:00-12:00 }
queue spare, backup
"#;

const QUEUES: [&str; 4] = ["general", "vip_desk", "complaints", "bot"];
const QUEUE_NUMBERS: [&str; 3] = ["waiting", "idle_agents", "staffed_agents"];
const COMPARE: [&str; 6] = ["=", "!=", "<", "<=", ">", ">="];
const ORDER: [&str; 4] = ["<", "<=", ">", ">="];
const SPANS: [&str; 6] = ["1s", "5s", "30s", "2min", "10min", "1h30min"];

/// Where an expression stands.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Route,
    Watch,
    Quality,
    Mode,
    Score,
    Dialog,
    Lead,
    Grade,
}

/// Writes policies.
pub(crate) struct Author<'r> {
    random: &'r mut Random,
    place: Place,
    /// How many abandoned calls the law allows.
    share: String,
    /// Whether the ticket goes from step to step.
    flows: bool,
    /// Whether callers become leads.
    emits: bool,
}

/// A policy that the checker accepts.
pub(crate) fn policy(random: &mut Random) -> String {
    let mut author = Author { random, place: Place::Route, share: String::new(), flows: false, emits: false };
    let mut text = WORDS.to_owned();
    for queue in QUEUES {
        text += &author.queue(queue);
    }
    text += &author.mode();
    text += author.one(&[
        "",
        "transfers at most 1 then complaints\n",
        "transfers at most 3 then stay because \"why not\"\n",
    ]);
    for item in [
        Author::route,
        Author::cells,
        Author::versions,
        Author::experiment,
        Author::watch,
        Author::upset,
        Author::assist,
    ] {
        text += &item(&mut author);
    }
    for item in [Author::quality, Author::sampling, Author::export, Author::target, Author::mask] {
        text += &item(&mut author);
    }
    for item in [Author::dialog, Author::closing, Author::ticket, Author::law, Author::campaign] {
        text += &item(&mut author);
    }
    for item in [Author::robot, Author::guarantees, Author::replays, Author::script, Author::trial] {
        text += &item(&mut author);
    }
    text
}

impl Author<'_> {
    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        self.random.pick(of)
    }

    fn maybe(&mut self, text: impl FnOnce(&mut Self) -> String) -> String {
        if self.random.chance(2) { text(self) } else { String::new() }
    }

    fn lines(&mut self, most: u64, line: impl Fn(&mut Self) -> String) -> String {
        (0..=self.random.below(most)).map(|_| line(self)).collect()
    }

    fn number(&mut self, depth: u64) -> String {
        if depth == 0 || self.random.chance(3) {
            return match (self.place, self.random.below(4)) {
                (_, 0) => self.one(&["0", "1", "2.5", "90"]).to_owned(),
                (Place::Score, 1) => self.one(&["skill.level", "agent.load", "agent.handled"]).to_owned(),
                (Place::Score, 2) => "agent.level_in(english)".to_owned(),
                (Place::Lead | Place::Grade, 1) => "lead.attempts".to_owned(),
                (Place::Lead, _) => "(lead.value / 10 CNY else 0)".to_owned(),
                (Place::Mode, _) | (_, 1) => {
                    format!("{}.{}", self.one(&["queue", "vip_desk", "general"]), self.one(&QUEUE_NUMBERS))
                }
                _ => "call.unresolved".to_owned(),
            };
        }
        let (one, two) = (self.number(depth - 1), self.number(depth - 1));
        match self.random.below(5) {
            0 => format!("({one} {} {two})", self.one(&["+", "-", "*"])),
            1 => format!("({one} / {two} else {})", self.number(0)),
            2 => format!("({one} if {} else {two})", self.condition(depth - 1)),
            3 => format!("({one} if {})", self.condition(depth - 1)),
            _ => format!("-{one}"),
        }
    }

    fn condition(&mut self, depth: u64) -> String {
        if depth > 0 && self.random.chance(2) {
            let (one, two) = (self.condition(depth - 1), self.condition(depth - 1));
            return match self.random.below(4) {
                0 => format!("({one} and {two})"),
                1 => format!("({one} or {two})"),
                2 => format!("not ({one})"),
                _ if matches!(self.place, Place::Watch | Place::Mode) => {
                    let span = self.one(&SPANS);
                    match self.random.below(2) {
                        0 => format!("({one}) for at least {span}"),
                        _ => format!("({one}) {} times within {span}", self.one(&["1", "2", "3"])),
                    }
                }
                _ => format!("({one})"),
            };
        }
        let op = self.one(&ORDER);
        match (self.place, self.random.below(9)) {
            (Place::Mode, 0) => format!("general.longest_wait {op} {}", self.one(&SPANS)),
            (Place::Mode, 1) => format!("queue.occupancy {op} 85%"),
            (Place::Mode, 2) => self.one(&["service_hours = open", "service_hours != open"]).to_owned(),
            (Place::Mode, _) => format!("{} {op} {}", self.queue_number(), self.number(1)),
            (Place::Watch, 0) => self.signal(),
            (Place::Dialog, 0) => self.sounds(),
            (Place::Route, 0) => self.one(&["upset", "not upset"]).to_owned(),
            (Place::Quality, 0) | (Place::Grade, 8) => self.about_notes(),
            (Place::Lead, 0..=3) | (Place::Grade, 0) => self.about_lead(),
            (Place::Lead, 4..=6) => "peak".to_owned(),
            (_, 1) => format!("call.intent {} {}", self.one(&COMPARE), self.one(&["complaint", "balance"])),
            (_, 2) => format!("{} = open", self.one(&["service_hours", "desk_hours"])),
            (_, 3) => format!("call.elapsed {op} {}", self.one(&SPANS)),
            (_, 4) => "peak".to_owned(),
            (_, 5) => format!("customer said angry_words {} times", self.one(&["1", "2"])),
            (_, 6) => format!("call.from starts with \"{}\"", self.one(&["+44", "+86"])),
            (_, 7) => format!("vip_desk.occupancy {}", self.one(&["in 10%..90%", "> 80%", "not in 5%..50%"])),
            _ => format!("{} {op} {}", self.number(1), self.number(0)),
        }
    }

    fn queue_number(&mut self) -> String {
        format!("{}.{}", self.one(&["queue", "vip_desk"]), self.one(&QUEUE_NUMBERS))
    }

    fn signal(&mut self) -> String {
        let texts = [
            "anger >= 0.7 for at least 5s with confidence >= 0.6",
            "loudness rises 6 dB within 10s",
            "pitch falls 20 Hz within 30s",
            "speech_rate >= 1.3 times usual",
            "says angry_words 2 times within 60s",
            "silence >= 8s",
            "talk_share > 70%",
            "agent says notice",
        ];
        self.one(&texts).to_owned()
    }

    /// How the caller of a dialog sounds: now, for some time, or as a watch has it.
    fn sounds(&mut self) -> String {
        let texts = [
            "upset",
            "anger >= 0.7",
            "loudness > -20 dB",
            "(anger >= 0.6 for at least 2s)",
            "(loudness rises 6 dB within 10s)",
            "speech_rate >= 1.3 times usual",
            "says angry_words 2 times within 60s",
        ];
        self.one(&texts).to_owned()
    }

    fn about_notes(&mut self) -> String {
        let texts = [
            "noted.kind = balance",
            "noted.kind != unknown",
            "(noted.tally else 0) >= 2",
            "(noted.calm else no)",
            "(noted.worth else 0 CNY) < 500 CNY",
        ];
        self.one(&texts).to_owned()
    }

    fn about_lead(&mut self) -> String {
        let texts = [
            "lead.value >= 1000 CNY",
            "lead.last_disposition = busy",
            "lead.last_disposition in (no_answer, refused)",
            "lead.last_disposition = unknown",
            "lead.consented",
            "lead.attempts in 1..3",
            "lead.name = \"none\"",
        ];
        self.one(&texts).to_owned()
    }

    /// A condition that may ask who calls.
    fn about_customer(&mut self) -> String {
        let tiers = [
            "who.tier >= gold",
            "who.tier in (gold, vip)",
            "who.tier = unknown",
            "who.region != north",
            "who.years >= 70",
            "who.due >= 2026-10-01",
            "who.best in 08:00..12:00",
            "call.clock < 2026-06-01 09:00:00 Asia/Shanghai",
        ];
        match self.random.below(3) {
            0 => self.one(&tiers).to_owned(),
            1 => format!("who.value {} 1000 CNY", self.one(&ORDER)),
            _ => self.condition(2),
        }
    }

    fn because(&mut self) -> String {
        let reasons = [" because \"why not\"", " because \"说到底\""];
        if self.random.chance(2) { self.one(&reasons).to_owned() } else { String::new() }
    }
}
