//! Random policies as texts: sound ones, over every construct that decides something.

use crate::random::Random;

/// What every policy speaks of.
const WORDS: &str = r#"module generated
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
  region: region = north
  id_number: sensitive text = ""
  floor: money CNY visible to pricing = 0 CNY
  name: text = "none"
}
source crm.customer(phone) -> Customer within 800ms
calendar service_hours in Asia/Shanghai { mon..fri 08:00-12:00, 13:00-21:00 ; sat 09:00-18:00 }
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
}

/// Writes policies.
pub(crate) struct Author<'r> {
    random: &'r mut Random,
    place: Place,
}

/// A policy that the checker accepts.
pub(crate) fn policy(random: &mut Random) -> String {
    let mut author = Author { random, place: Place::Route };
    let mut text = WORDS.to_owned();
    for queue in QUEUES {
        text += &author.queue(queue);
    }
    text += &author.mode();
    for item in [Author::route, Author::versions, Author::experiment, Author::watch, Author::assist] {
        text += &item(&mut author);
    }
    for item in [Author::quality, Author::sampling, Author::target, Author::mask] {
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
            (Place::Mode, _) => format!("{} {op} {}", self.queue_number(), self.number(1)),
            (Place::Watch, 0) => self.signal(),
            (_, 1) => format!("call.intent {} {}", self.one(&COMPARE), self.one(&["complaint", "balance"])),
            (_, 2) => "service_hours = open".to_owned(),
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

    /// A condition that may ask who calls.
    fn about_customer(&mut self) -> String {
        let tiers =
            ["who.tier >= gold", "who.tier in (gold, vip)", "who.tier = unknown", "who.region != north"];
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

    fn queue(&mut self, name: &str) -> String {
        let place = std::mem::replace(&mut self.place, Place::Score);
        let levels = "\n  needs cards at level 2..5 and english or loans at level 4..5";
        let formula = [
            "of answered",
            "of offered",
            "of offered excluding abandoned in time",
            "of offered counting abandoned under 5s",
        ];
        let needs = self.maybe(|_| levels.to_owned());
        let promise = self.maybe(|one| format!("\n  promise 90% answered within 20s {}", one.one(&formula)));
        let steps = "\n  while waiting {\n    after 10s play \"please hold\"\n    after 20s accept level 1..5\n    \
                     after 40s accept skill english\n    after 60s priority 90\n    after 90s offer callback\n    \
                     after 10min hang up\n  }";
        let waiting = self.maybe(|_| steps.to_owned());
        let prefer = ["longest idle", "least occupied", "most skilled", "round robin", "owner first"];
        let prefer = match self.random.chance(2) {
            true => format!("\n  prefer {}", self.one(&prefer)),
            false => format!("\n  prefer agent by {}", self.number(2)),
        };
        let rest = self.maybe(|_| {
            "\n  at most 50 waiting otherwise hang up\n  ring 15s\n  after-call work at most 60s\n  \
             priority rises 1 per 30s"
                .to_owned()
        });
        self.place = place;
        format!("queue {name} {{{needs}{promise}{waiting}{prefer}{rest}\n}}\n")
    }

    fn mode(&mut self) -> String {
        self.place = Place::Mode;
        let (on, off) = (self.condition(2), self.condition(1));
        self.place = Place::Route;
        format!(
            "mode peak when {on} or queue.waiting > 20\n  until {off} and queue.waiting < 5{}\n",
            self.because()
        )
    }

    /// A route of rules and a table over a customer.
    fn route(&mut self) -> String {
        self.place = Place::Route;
        let rules = self.lines(3, |author| {
            let (when, queue) = (author.about_customer(), author.one(&QUEUES));
            let (priority, because) = (author.number(2), author.because());
            format!("  when {when} decide queue {queue}, priority {priority}{because}\n")
        });
        let rows = self.lines(4, Self::row);
        self.place = Place::Score;
        let score = format!("{} + (1 if agent.is_owner_of(who))", self.number(2));
        self.place = Place::Route;
        format!(
            "route arrival at start or intent or keys decides queue, priority {{\n  let who = \
             crm.customer(call.from) else {{ tier: guest }}\n{rules}  table first match {{\n    who.tier | \
             call.intent | service_hours | peak -> queue | priority | because\n{rows}    otherwise -> general | 1\n  \
             }}\n  prefer agent by {score}\n}}\n"
        )
    }

    fn row(&mut self) -> String {
        let tier = self.one(&["any", "gold, vip", "not guest", ">= basic", "unknown"]);
        let intent = self.one(&["any", "complaint", "not balance, repayment"]);
        let (hours, peak) = (self.one(&["any", "open", "closed"]), self.one(&["any", "yes", "no"]));
        let (queue, priority) = (self.one(&QUEUES), self.number(1));
        let because = self.one(&["", " | \"a row\""]);
        format!("    {tier} | {intent} | {hours} | {peak} -> {queue} | {priority}{because}\n")
    }

    /// Two versions of a route.
    fn versions(&mut self) -> String {
        let decide = "decides handling: region { otherwise decide handling";
        let (one, two) = (self.condition(1), self.condition(2));
        format!(
            "route handled until 2027-01-01 in UTC {decide} north if {one} else south }}\nroute handled from \
             2027-01-01 in UTC {decide} south if {two} else north }}\n"
        )
    }

    fn experiment(&mut self) -> String {
        let (one, two) = (self.number(2), self.number(2));
        let by = self.one(&["calls", "callers"]);
        format!(
            "route usual decides weight: number {{ otherwise decide weight {one} }}\nroute other decides weight: \
             number {{ otherwise decide weight {two} }}\nexperiment weighed on 10% of {by} {{ route usual tries other \
             }}\n"
        )
    }

    fn watch(&mut self) -> String {
        self.place = Place::Watch;
        let (one, two) = (self.condition(3), self.signal());
        let clear = self.maybe(|author| format!("  clear when {}\n", author.condition(2)));
        let rate = self.maybe(|_| "  at most once per 2min\n".to_owned());
        let then = self.maybe(|_| "  then transfer complaints if not acknowledged within 20s\n".to_owned());
        let (dates, because) = (self.one(&["", " from 2026-01-01 in UTC"]), self.because());
        let party = self.one(&["customer", "agent"]);
        self.place = Place::Route;
        format!(
            "watch distressed on {party}{dates} {{\n  when {one}\n    or {two}\n{clear}{rate}  do alert \
             team_lead{because}\n{then}}}\n"
        )
    }

    fn assist(&mut self) -> String {
        self.place = Place::Watch;
        let when = self.condition(2);
        let role =
            self.one(&[" with masked(who.id_number), who.name", " with who.floor to role pricing", ""]);
        let role = if role.is_empty() { " with who.value * 2".to_owned() } else { role.to_owned() };
        let cap = self.maybe(|_| "  at most 3 cards per 5min\n".to_owned());
        self.place = Place::Route;
        format!(
            "assist pushes on customer {{\n  let who = crm.customer(call.from) else {{ tier: guest }}\n  when \
             {when}\n  show card \"look\"{role} for 30s\n{cap}}}\nattention at most 6 cards per 10min\n"
        )
    }

    fn quality(&mut self) -> String {
        self.place = Place::Quality;
        let applies = self.condition(2);
        self.place = Place::Route;
        format!(
            "qa manners applies when {applies} {{\n  agent must say notice within 30s of start critical\n  agent must \
             not say angry_words fail\n  agent talk_share should be in 30%..65% score 5\n  silence should be under 20s \
             score 2{}\n  mask card_number in transcript\n  passes at 80%\n}}\n",
            self.because()
        )
    }

    fn sampling(&mut self) -> String {
        self.place = Place::Quality;
        let lines = self.lines(3, |author| {
            let share = author.one(&["all", "none", "50%", "0.5%"]);
            format!("  {share} when {}{}\n", author.condition(2), author.because())
        });
        self.place = Place::Route;
        format!("sampling reviewed {{\n{lines}  10% otherwise\n}}\n")
    }

    fn target(&mut self) -> String {
        let figures = [
            "  vip_desk answered within 10s of offered >= 90%\n",
            "  abandonment excluding under 5s <= 5%\n",
            "  occupancy in 70%..85%\n",
            "  asa <= 20s\n",
            "  first contact resolution within 7d >= 70%\n",
        ];
        let lines = self.lines(4, |author| author.one(&figures).to_owned());
        format!("target service {{\n{lines}}}\n")
    }

    fn mask(&mut self) -> String {
        self.place = Place::Quality;
        let when = self.maybe(|author| format!(" when {}", author.condition(1)));
        self.place = Place::Route;
        format!("mask card_number, phone in transcript, screen{when}\n")
    }
}
