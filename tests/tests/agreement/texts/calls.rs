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

    pub(super) fn mode(&mut self) -> String {
        self.place = Place::Mode;
        let (on, off) = (self.condition(2), self.condition(1));
        self.place = Place::Route;
        format!(
            "mode peak when {on} or queue.waiting > 20\n  until {off} and queue.waiting < 5{}\n",
            self.because()
        )
    }

    /// A route of rules and a table over a customer.
    pub(super) fn route(&mut self) -> String {
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
             }}\n}}\nexperiment weighed on 30% of {by} {{\n  route usual tries other\n  watch distressed tries calmer\n  dialog \
             bot tries shorter\n}}\n"
        )
    }

    pub(super) fn watch(&mut self) -> String {
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

    pub(super) fn assist(&mut self) -> String {
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

    pub(super) fn quality(&mut self) -> String {
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

    pub(super) fn sampling(&mut self) -> String {
        self.place = Place::Quality;
        let lines = self.lines(3, |author| {
            let share = author.one(&["all", "none", "50%", "0.5%"]);
            format!("  {share} when {}{}\n", author.condition(2), author.because())
        });
        self.place = Place::Route;
        format!("sampling reviewed {{\n{lines}  10% otherwise\n}}\n")
    }

    pub(super) fn target(&mut self) -> String {
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

    pub(super) fn mask(&mut self) -> String {
        self.place = Place::Quality;
        let when = self.maybe(|author| format!(" when {}", author.condition(1)));
        self.place = Place::Route;
        format!("mask card_number, phone in transcript, screen{when}\n")
    }
}
