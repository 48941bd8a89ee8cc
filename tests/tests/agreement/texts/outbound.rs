//! Laws, campaigns and tickets.

use super::{Author, Place, QUEUES};

impl Author<'_> {
    pub(super) fn law(&mut self) -> String {
        let needs =
            self.maybe(|_| "  needs consent\n  needs do-not-call check\n  needs own caller id\n".to_owned());
        let quiet = self.maybe(|_| "  quiet 60d after refused\n  not on 2026-02-16..2026-02-22\n".to_owned());
        format!(
            "law mild {{\n  version \"1\"\n  source \"https://example.com/law\"\n  as of 2026-01-01\n  calls only in \
             08:00-21:00 local time of callee\n  at most 9 attempts per 7d per person\n  abandoned <= 3% of live \
             answers over 30d\n  ring at least 15s\n  connect within 2s\n{quiet}{needs}}}\n"
        )
    }

    pub(super) fn campaign(&mut self) -> String {
        self.place = Place::Lead;
        let order =
            self.maybe(|author| format!(" ordered by {} {}", author.number(2), author.one(&["asc", "desc"])));
        let person = self.maybe(|_| "  person is lead.name\n".to_owned());
        let guard =
            self.maybe(|author| format!("  never when {}{}\n", author.condition(2), author.because()));
        let hours = ["", ", unsure of zone: strictest", ", unsure of zone: never"];
        let hours = self.one(&hours);
        let pace = [
            "preview",
            "progressive",
            "power 1.5",
            "predictive keeping abandoned <= 3% of live answers over 30d",
        ];
        let pace = self.one(&pace);
        // A fixed ratio keeps no share, which the law asks for.
        let under = if pace.starts_with("power") { "" } else { self.one(&["", " under mild"]) };
        let machine = [
            "",
            "  when a machine answers hang up deciding within 1s\n",
            "  when a machine answers leave message \"Call us.\"\n",
        ];
        let machine = self.one(&machine);
        let rest = self.maybe(|_| {
            "  only while service_hours is open\n  wait 2h after machine\n  quiet 90d after refused\n"
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
        self.place = Place::Route;
        format!(
            "campaign renewals{under} {{\n  call each lead of source crm.leads{order}\n{person}  never when \
             lead.on_do_not_call or not lead.consented because \"no consent\"\n{guard}  only in mon..fri 09:00-20:00 and \
             sat 10:00-18:00 local time of lead.phone{hours}\n  at most 3 attempts per 7d per person, wait 4h after \
             no_answer, 1d after busy\n  never again after refused\n  pace {pace}\n  ring at least 20s\n  show \
             \"+862112345678\"\n{machine}  connect within 1s\n  when nobody is free say \"Goodbye.\"\n{rest}  agents of \
             general, at least 12\n{grades}{follow}}}\n"
        )
    }

    fn follow_ups(&mut self) -> String {
        let fields = ["summary", "lead.value"];
        let field = self.one(&fields);
        let lines = [
            format!("transfer {} handing over {field}", self.one(&QUEUES)),
            format!("follow up by person within 1d noting summary, {}", fields[1]),
            "send sms \"Your contract ends.\" every 30d at most 3 times".to_owned(),
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
        let (one, two) = (self.about_customer(), self.about_customer());
        let classified = match self.random.chance(2) {
            true => format!(
                "  priority urgent when {one}, high when {two} otherwise normal\n  assign complaints\n"
            ),
            false => format!(
                "  classify decides priority, queue {{\n    when {one} decide priority high, queue vip_desk{}\n    when \
                 {two} decide priority low, queue bot\n    otherwise decide priority normal, queue general\n  }}\n",
                self.because()
            ),
        };
        let conditions =
            ["", " when ticket.priority >= high", " when ticket.age > 2h and ticket.untouched > 1h"];
        let (of, when) = (self.one(&["", " of service_hours"]), self.one(&conditions));
        let (and, because) = (self.one(&["", " and reassign to complaints"]), self.because());
        let notice =
            self.maybe(|_| "  notify customer by sms \"Somebody is at it.\" when assigned\n".to_owned());
        let call_back = self.maybe(|_| {
            "  after closed within 24h call back only in 09:00-20:00 local time of callee\n".to_owned()
        });
        format!(
            "ticket repair{opens} {{\n  let who = crm.customer(call.from) else {{ tier: guest }}\n{classified}  unless \
             touched within 2h{of}{when} escalate to team_lead{and}{because}\n  unless closed within 3d escalate to \
             supervisor\n{notice}{call_back}}}\n"
        )
    }
}
