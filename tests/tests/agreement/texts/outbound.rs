//! Laws, campaigns and tickets.

use super::{Author, Place, QUEUES};

/// Which calls a share is of, and over which window.
const COUNTED: [&str; 3] = ["live answers", "queued calls", "all calls"];
const WINDOWS: [&str; 4] = ["30d", "each day", "month", "the campaign"];

impl Author<'_> {
    pub(super) fn law(&mut self) -> String {
        let (counted, window) = (self.one(&COUNTED), self.one(&WINDOWS));
        self.share = format!("abandoned <= 3% of {counted} over {window}");
        let share = self.share.clone();
        let needs =
            self.maybe(|_| "  needs consent\n  needs safe harbour message\n  needs do-not-call check\n  needs own caller id\n".to_owned());
        let quiet = self
            .maybe(|_| "  quiet 60d after refused\n  not on 2026-02-16..2026-02-22, 2026-05-01\n".to_owned());
        format!(
            "law mild {{\n  version \"1\"\n  source \"https://example.com/law\"\n  as of 2026-01-01\n  calls only in \
             08:00-21:00 local time of callee\n  at most 9 attempts per 7d per person\n  {share}\n  ring at least 15s\n  connect within 2s\n{quiet}{needs}}}\nlaw gentle {{\n  version \
             \"3\"\n  source \"https://example.com/hours\"\n  as of 2026-01-01\n  calls only in 07:00-22:00 in \
             Asia/Shanghai\n}}\nlaw spoken {{\n  version \"2\"\n  source \"https://example.com/bots\"\n  as of 2026-01-01\n  \
             needs AI disclosure saying machine_words\n}}\n"
        )
    }

    pub(super) fn campaign(&mut self) -> String {
        self.place = Place::Lead;
        let order = self.maybe(|author| {
            let order = author.one(&["asc", "desc"]);
            format!(" ordered by {} {order}{}", author.number(2), author.because())
        });
        let person = self.maybe(|_| {
            "  person is lead.name\n  phone is lead.phone\n  consent is lead.consented\n  language is lead.speaks\n"
                .to_owned()
        });
        let guard =
            self.maybe(|author| format!("  never when {}{}\n", author.condition(2), author.because()));
        let hours = [
            "",
            ", unsure of zone: strictest",
            ", unsure of zone: never",
            ", unsure of zone: assume Asia/Shanghai",
        ];
        let otherwise = self.one(&["", " else { value: 0 CNY }"]);
        let pace = ["preview", "progressive", "power 1.5", "predictive"];
        let pace = self.one(&pace);
        // A fixed ratio keeps no share, which the law asks for.
        let under = if pace.starts_with("power") { "" } else { self.one(&["", " under mild"]) };
        let pace = match pace {
            "predictive" => format!("predictive keeping {}", self.share),
            other => other.to_owned(),
        };
        let hours = match under.is_empty() && self.random.chance(4) {
            true => "mon..fri, sun 09:00-12:00, 13:00-20:00 in Asia/Shanghai".to_owned(),
            false => {
                let zone = self.one(&hours);
                format!("mon..fri 09:00-20:00 and sat 10:00-18:00 local time of lead.phone{zone}")
            }
        };
        let most = [
            "at most 3 attempts per 7d per person, wait 4h after no_answer, 1d after busy",
            "at most 1 attempt per day per number\n  wait 2h after busy",
            "at most 2 attempts per each month per person, wait 4h after failed",
            "at most 3 attempts per the campaign per person",
        ];
        // The law counts attempts for a person within seven days.
        let attempts = if under.is_empty() { self.one(&most) } else { most[0] };
        let machine = [
            "",
            "  when a machine answers hang up deciding within 1s\n",
            "  when a machine answers leave message \"Call us.\"\n",
        ];
        let machine = self.one(&machine);
        let rest = self.maybe(|_| {
            "  only while service_hours is open\n  not on feasts\n  not on 2026-12-24, 2026-12-31\n  wait 2h \
             after machine\n  quiet 90d after refused, invalid\n"
                .to_owned()
        });
        self.place = Place::Grade;
        let grades = format!(
            "  grade {{ A when {} ; B when {}{} ; otherwise C }}\n",
            self.condition(2),
            self.condition(1),
            self.because()
        );
        let follow = self.follow_ups();
        let callers = self.callers_who_become_leads();
        format!(
            "campaign renewals{under} {{\n  call each lead of source crm.leads{otherwise}{order}\n{person}  never when \
             lead.on_do_not_call or not lead.consented because \"no consent\"\n{guard}  only in {hours}\n  \
             {attempts}\n  never again after refused, invalid\n  pace {pace}\n  ring at least 20s\n  show \
             \"+862112345678\"\n{machine}  connect within 1s\n  when nobody is free say \"Goodbye.\"\n{rest}  run dialog bot\n  agents of \
             general, at least 12\n{grades}{callers}{follow}}}\n"
        )
    }

    fn callers_who_become_leads(&mut self) -> String {
        self.place = Place::Quality;
        let callers = self.maybe(|author| {
            let (when, because) = (author.condition(1), author.because());
            format!(
                "  from calls {{\n    let who = crm.customer(call.from) else {{ tier: guest }}\n    when {when} emit lead with \
                 who.value, name = masked(who.id_number), consented = yes{because}\n  }}\n"
            )
        });
        self.emits = !callers.is_empty();
        self.place = Place::Route;
        callers
    }

    fn follow_ups(&mut self) -> String {
        let fields = ["summary", "lead.value"];
        let field = self.one(&fields);
        let lines = [
            format!("transfer {} handing over {field}", self.one(&QUEUES)),
            format!("follow up by person within 1d noting summary, {}", fields[1]),
            "send sms \"Your contract ends.\" every 30d at most 3 times".to_owned(),
            "send sms \"Thank you, {lead.name}.\" at most 1 time".to_owned(),
            "call again after 7d".to_owned(),
            "ticket repair".to_owned(),
            "never call again".to_owned(),
        ];
        let mut text = String::new();
        for grade in ["A", "B", "C"] {
            let line = self.random.below(lines.len() as u64);
            text += &format!("  on {grade} {{ {} }}\n", lines[usize::try_from(line).expect("small")]);
        }
        text
    }

    pub(super) fn ticket(&mut self) -> String {
        self.place = Place::Quality;
        let opens = self.maybe(|author| format!(" when {}", author.condition(2)));
        self.place = Place::Route;
        let (one, two, because) = (self.about_customer(), self.about_customer(), self.because());
        let flows = self.random.chance(2);
        self.flows = flows;
        let steps = if flows { self.steps() } else { String::new() };
        let classified = match self.random.chance(2) {
            _ if flows => {
                format!("  priority urgent when {one}{because}, high when {two} otherwise normal\n")
            }
            true => format!(
                "  priority urgent when {one}{because}, high when {two} otherwise normal\n  assign complaints\n"
            ),
            false => format!(
                "  classify decides priority, queue {{\n    when {one} decide priority high, queue vip_desk{because}\n    when \
                 {two} decide priority low, queue bot\n    otherwise decide priority normal, queue general\n  }}\n"
            ),
        };
        let conditions =
            ["", " when ticket.priority >= high", " when ticket.age > 2h and ticket.untouched > 1h"];
        let (of, when) = (self.one(&["", " of service_hours"]), self.one(&conditions));
        let within = self.one(&["within", "every"]);
        let (and, because) = (self.one(&["", " and reassign to complaints"]), self.because());
        let notice =
            self.maybe(|_| "  notify customer by sms \"Somebody is at it.\" when assigned\n".to_owned());
        let notice = notice + self.one(&["", "  notify team_lead by chat \"Again.\" when reopened\n"]);
        let notice = notice + self.one(&["", "  notify customer by sms \"Noted.\" when opened\n"]);
        let notice = notice + self.one(&["", "  notify team_lead by chat \"Late.\" when escalated\n"]);
        let call_back = self.maybe(|author| {
            let with = author.one(&["", " with dialog closing"]);
            let under = author.one(&["", " under mild", " under mild, gentle"]);
            let clock =
                author.one(&["local time of callee", "local time of callee, unsure of zone: strictest"]);
            // The law has a week without calls.
            let within = if under.is_empty() { "24h" } else { "10d" };
            format!("  after closed within {within} call back{with}{under} only in 09:00-20:00 {clock}\n")
        });
        format!(
            "ticket repair{opens} {{\n  let who = crm.customer(call.from) else {{ tier: guest }}\n{classified}  unless \
             touched {within} 2h{of}{when} escalate to team_lead{and}{because}\n  unless closed within 3d escalate to \
             supervisor\n{notice}{steps}{call_back}}}\n"
        )
    }

    /// A ticket's way from queue to queue.
    fn steps(&mut self) -> String {
        let conditions = [
            "ticket.part",
            "not ticket.part and ticket.quote >= 20 CNY",
            "ticket.priority >= high or ticket.age > 3h",
            "ticket.quote in 10 CNY..90 CNY",
            "who.tier = vip",
        ];
        let (at_once, done) = (self.one(&conditions), self.one(&conditions));
        let first = if self.random.chance(3) { "agent" } else { self.one(&QUEUES) };
        let second = self.one(&QUEUES);
        let needs = self.one(&["", " needs quote", " needs quote, part"]);
        let because = self.because();
        format!(
            "  field quote: money CNY = 0 CNY\n  field part: yes/no = no\n  step look by {first}{needs} {{\n    when \
             {at_once} go to repair_it{because}\n    when done and {done} go to repair_it\n    when done close\n    unless \
             done within 4h escalate to supervisor and go to repair_it\n    notify customer by sms \"For \
             {{ticket.quote}}.\"\n  }}\n  step repair_it by {second} {{\n    when done close\n  }}\n"
        )
    }
}
