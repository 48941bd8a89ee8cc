//! What decides about calls and the centre: queues, routes, watches, checks and the like.

use super::{Author, Place, QUEUES};

impl Author<'_> {
    pub(super) fn queue(&mut self, name: &str) -> String {
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
        let last = self.one(&["hang up", "overflow to spare"]);
        let steps = format!(
            "\n  while waiting {{\n    after 0s announce wait\n    after 10s play \"please hold\"\n    after 20s accept \
             level 1..5\n    after 40s accept skill english\n    after 50s also backup\n    after 60s priority 90\n    \
             after 90s offer callback\n    after 10min {last}\n  }}"
        );
        let waiting = self.maybe(|_| steps);
        let prefer = [
            "longest idle",
            "least occupied",
            "most skilled",
            "least skilled",
            "round robin",
            "weighted",
            "owner first",
        ];
        let prefer = match self.random.chance(2) {
            true => format!("\n  prefer {}", self.one(&prefer)),
            false => format!("\n  prefer agent by {}{}", self.number(2), self.because()),
        };
        let rest = self.maybe(|author| {
            let full = author.one(&["hang up", "overflow to spare"]);
            format!(
                "\n  at most 50 waiting otherwise {full}\n  ring 15s\n  after-call work at most 60s\n  \
             priority rises 1 per 30s"
            )
        });
        self.place = place;
        format!("queue {name} {{{needs}{promise}{waiting}{prefer}{rest}\n}}\n")
    }

    pub(super) fn mode(&mut self) -> String {
        self.place = Place::Mode;
        let (on, off) = (self.condition(2), self.condition(1));
        self.place = Place::Route;
        format!(
            "mode peak when {on} or queue.waiting > 20\n  until {off} and queue.waiting < 5{}\n",
            self.because()
        )
    }

    /// A watch that dialogs and routes ask; it may do nothing else.
    pub(super) fn upset(&mut self) -> String {
        let place = std::mem::replace(&mut self.place, Place::Watch);
        let (when, clear) =
            (self.condition(1), self.maybe(|one| format!("  clear when {}\n", one.condition(1))));
        let acts = self.maybe(|one| format!("  do alert team_lead{}\n", one.because()));
        self.place = place;
        format!("watch upset on customer {{\n  when {when}\n{clear}{acts}}}\n")
    }

    /// A route of rules and a table over a customer.
    pub(super) fn route(&mut self) -> String {
        self.place = Place::Route;
        let at = self.one(&[
            "start or intent or keys",
            "start or unresolved or customer says angry_words",
            "start or customer turn or agent turn or end",
            "start or answer",
        ]);
        let rules = self.lines(3, |author| {
            let (when, queue) = (author.about_customer(), author.one(&QUEUES));
            let (priority, because) = (author.number(2), author.because());
            format!("  when {when} decide queue {queue}, priority {priority}{because}\n")
        });
        let named = self.maybe(|author| {
            let (when, queue) = (author.about_customer(), author.one(&QUEUES));
            format!("  rule valued when {when} decide queue {queue}, priority 1\n")
        });
        let rows = self.lines(4, Self::row);
        self.place = Place::Score;
        let score = format!("{} + (1 if agent.is_owner_of(who))", self.number(2));
        let because = self.because();
        self.place = Place::Route;
        format!(
            "route arrival at {at} decides queue, priority {{\n  let who = \
             crm.customer(call.from) else {{ tier: guest }}\n{named}{rules}  table first match {{\n    who.tier | \
             call.intent | service_hours | peak -> queue | priority | because\n{rows}    otherwise -> general | 1\n  \
             }}\n  prefer agent by {score}{because}\n}}\n"
        )
    }

    fn row(&mut self) -> String {
        let tier = self.one(&["any", "gold, vip", "not guest", ">= basic", "unknown"]);
        let intent = self.one(&["any", "complaint", "not balance, repayment"]);
        let (hours, peak) = (self.one(&["any", "open", "closed"]), self.one(&["any", "yes", "no"]));
        let (queue, priority) = (self.one(&QUEUES), self.number(1));
        let because = self.one(&["", " | \"a row\"", " | \"a \\\"row\\\"\""]);
        format!("    {tier} | {intent} | {hours} | {peak} -> {queue} | {priority}{because}\n")
    }

    /// A table over every kind of value.
    pub(super) fn cells(&mut self) -> String {
        let rows = self.lines(3, |author| {
            let from = author.one(&["any", "starts with \"+44\"", "not starts with \"+86\""]);
            let best = author.one(&["any", "08:00-12:00", "not 22:00-23:00"]);
            let due = author.one(&["any", "2026-10-01", "< 2027-01-01", "2026-01-01..2026-02-01"]);
            let value = author.one(&["any", "-5 CNY..5 CNY", ">= 1000 CNY"]);
            let pace = author.one(&["any", "> 5 syllables/s", "2 syllables/s..4.5 syllables/s"]);
            format!("    {from} | {best} | {due} | {value} | {pace} -> {}\n", author.number(1))
        });
        format!(
            "route cells at start decides rank: number {{\n  let who = crm.customer(call.from) else {{ tier: guest, value: \
             0 CNY }}\n  let contract = crm.contract(call.from, call.keys) else {{ tier: basic }}\n  table first match {{\n    \
             call.from | who.best | contract.due | who.value | contract.pace -> rank\n{rows}    otherwise -> 0\n  }}\n}}\n"
        )
    }

    /// Two versions of a route.
    pub(super) fn versions(&mut self) -> String {
        let decide = "decides handling: region { otherwise decide handling";
        let (one, two) = (self.condition(1), self.condition(2));
        format!(
            "route handled until 2027-01-01 in UTC {decide} north if {one} else south }}\nroute handled from \
             2027-01-01 in UTC {decide} south if {two} else north }}\n"
        )
    }

    pub(super) fn experiment(&mut self) -> String {
        let (one, two) = (self.number(2), self.number(2));
        let by = self.one(&["calls", "callers"]);
        format!(
            "route usual decides weight: number {{ otherwise decide weight {one} }}\nroute other decides weight: \
             number {{ otherwise decide weight {two} }}\nwatch calmer on customer {{\n  when says angry_words\n  do alert \
             pricing\n}}\ndialog shorter {{\n  ask \"Yes?\" hearing speech\n  on unresolved {{ end }}\n  on silence {{ end \
             }}\n}}\nassist nudges on customer {{ when says angry_words ; show card \"calm\" for 20s }}\nqa polite {{ agent must say \
             notice score 1 }}\nexperiment weighed on 30% of {by} {{\n  route usual tries other\n  watch distressed tries calmer\n  \
             dialog bot tries shorter\n  assist pushes tries nudges\n  qa manners tries polite\n}}\n"
        )
    }

    pub(super) fn watch(&mut self) -> String {
        self.place = Place::Watch;
        let (one, two) = (self.condition(3), self.signal());
        let clear = self.maybe(|author| format!("  clear when {}\n", author.condition(2)));
        let rate = self.maybe(|_| "  at most once per 2min\n".to_owned());
        let then = self.maybe(|_| "  then transfer complaints if not acknowledged within 20s\n".to_owned());
        let dates = ["", " during call", " from 2026-01-01 in UTC", " during call from 2026-01-01 in UTC"];
        let (dates, because) = (self.one(&dates), self.because());
        let party = self.one(&["customer", "agent"]);
        self.place = Place::Route;
        format!(
            "watch distressed on {party}{dates} {{\n  when {one}\n    or {two}\n{clear}{rate}  do alert \
             team_lead{because}\n{then}}}\n"
        )
    }

    pub(super) fn assist(&mut self) -> String {
        self.place = Place::Watch;
        let when = self.condition(2);
        let role =
            self.one(&[" with masked(who.id_number), who.name", " with who.floor to role pricing", ""]);
        let role = if role.is_empty() { " with who.value * 2" } else { role };
        let cap = self.one(&["", "  at most 3 cards per 5min\n", "  at most 1 card per 10min\n"]);
        let offering = self.one(&["", " offering \"One moment.\"", " offering welcome, \"Anything else?\""]);
        let role = match role.split_once(" to role") {
            Some((with, to)) => format!("{with}{offering} to role{to}"),
            None => format!("{role}{offering}"),
        };
        let head = self.one(&["", " during call", " from 2026-01-01 until 2026-12-01 in UTC"]);
        let welcome = self.maybe(|author| format!("  when {}\n", author.condition(2)));
        let because = self.because();
        self.place = Place::Route;
        format!(
            "assist welcomes at answer {{\n  let who = crm.customer(call.from) else {{ tier: guest }}\n{welcome}  show card \
             \"who calls\" with who.name, who.tier for 1min\n}}\nassist pushes on customer{head} {{\n  let who = \
             crm.customer(call.from) else {{ tier: guest }}\n  when {when}\n  show card \"look\"{role} for \
             30s{because}\n{cap}}}\nattention at most 6 cards per 10min\n"
        )
    }

    pub(super) fn quality(&mut self) -> String {
        self.place = Place::Quality;
        let (applies, because) = (self.condition(2), self.because());
        let dates = self.one(&["", " from 2026-01-01 in UTC"]);
        let masked = self.one(&["card_number in transcript", "email, iban in recording, screen"]);
        self.place = Place::Route;
        format!(
            "qa manners{dates} applies when {applies} {{\n  agent must say notice within 30s of start critical\n  agent must \
             not say angry_words fail{because}\n  agent talk_share should be in 30%..65% score 5\n  silence should be under 20s \
             score 2{}\n  mask {masked}\n  passes at 80%\n}}\n",
            self.because()
        )
    }

    pub(super) fn sampling(&mut self) -> String {
        self.place = Place::Quality;
        let lines = self.lines(3, |author| {
            let share = author.one(&["all", "none", "50%", "0.5%"]);
            format!("  {share} when {}{}\n", author.condition(2), author.because())
        });
        self.place = Place::Route;
        format!("sampling reviewed {{\n{lines}  10% otherwise\n}}\n")
    }

    pub(super) fn export(&mut self) -> String {
        self.place = Place::Quality;
        let groups = self.one(&["", " in groups of 2", " in groups of 50"]);
        let when = self.maybe(|author| format!(" when {}", author.condition(2)));
        let (told, because) = (self.condition(1), self.because());
        self.place = Place::Route;
        format!(
            "export insights anonymised{groups}{when}{because} {{\n  let who = crm.customer(call.from) else {{ tier: guest \
             }}\n  tier = who.tier\n  old = who.years >= 70\n  told = {told}\n}}\n"
        )
    }

    pub(super) fn target(&mut self) -> String {
        let figures = [
            "  vip_desk answered within 10s of offered >= 90%\n",
            "  abandonment excluding under 5s <= 5%\n",
            "  occupancy in 70%..85%\n",
            "  asa <= 20s\n",
            "  first contact resolution within 7d >= 70%\n",
            "  aht <= 5min because \"long calls cost\"\n",
            "  mean wait <= 1min\n  longest wait <= 9min\n",
            "  answer rate >= 90%\n  transfer rate <= 9%\n  transfer error <= 3%\n",
            "  containment >= 30%\n  campaign abandonment <= 3%\n",
            "  quality passed >= 80%\n  automation rate >= 30%\n  avoidable contacts <= 9%\n",
            "  calls per agent in 20..60\n  intent accuracy >= 95%\n  latency of decision <= 10ms\n",
            "  latency of screen <= 2s\n  latency of record <= 1s\n  latency of ticket <= 10s\n",
            "  latency of escalation <= 2h\n  latency of callback <= 24h\n  latency of report <= 5min\n",
            "  quality passed of every agent >= 80%\n",
            "  quality passed of every agent with 20 checks >= 75%\n",
        ];
        let lines = self.lines(4, |author| author.one(&figures).to_owned());
        format!("target service {{\n{lines}}}\n")
    }

    pub(super) fn mask(&mut self) -> String {
        self.place = Place::Quality;
        let when = self.maybe(|author| format!(" when {}", author.condition(1)));
        self.place = Place::Route;
        format!("mask card_number, id_number, phone in transcript, screen{when}\n")
    }
}
