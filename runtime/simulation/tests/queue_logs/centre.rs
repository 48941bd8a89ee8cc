//! A centre of known truth that writes logs: callers, agents with hours and breaks, one line of waiting.
//!
//! It shares nothing with the simulator but the ideas: what is read from its logs is held against what it was made of.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What the centre is made of.
pub(crate) struct Truth {
    pub(crate) seed: u64,
    pub(crate) days: i64,
    /// Calls an hour, by hour of the day.
    pub(crate) rates: [f64; 24],
    pub(crate) talk_s: f64,
    pub(crate) after_call_s: f64,
    pub(crate) patience_s: f64,
    /// How long a phone rings before its agent answers.
    pub(crate) ring_s: f64,
    /// When the queue sends callers off.
    pub(crate) limit_s: f64,
    /// Agents: when each is there, in hours of the day.
    pub(crate) agents: Vec<Vec<(f64, f64)>>,
    /// Share of callers with priority 2, which counts as 90 s of waiting.
    pub(crate) priority: f64,
    /// The log has no priority of callers who were answered at once.
    pub(crate) hides_priority: bool,
    /// After-call work takes so large a share of its time while somebody waits.
    pub(crate) hurry: f64,
    /// Who comes while four wait, or more, has so large a share of the usual patience.
    pub(crate) crowd_patience: f64,
    /// Share of callers of the second queue.
    pub(crate) second: f64,
    /// Whether an agent serves a queue on a day.
    pub(crate) serves: fn(usize, i64, usize) -> bool,
    /// How long an agent talks, against the usual.
    pub(crate) pace: fn(usize) -> f64,
}

/// A call as it went, in seconds since the first midnight.
#[derive(Clone, Debug)]
pub(crate) struct Logged {
    pub(crate) number: u64,
    pub(crate) came: f64,
    pub(crate) left: f64,
    pub(crate) priority: u32,
    pub(crate) queue: usize,
    /// Who answered, and how long they talked.
    pub(crate) answered: Option<(usize, f64)>,
    /// The queue's time was over.
    pub(crate) sent_off: bool,
}

/// Numbers that look like chance and are the same each time.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mixed = (self.0 ^ self.0 >> 29).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ((mixed >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    pub(crate) fn exponential(&mut self, mean: f64) -> f64 {
        -mean * self.share().ln()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    // Whoever goes at midnight and comes at midnight is there.
    Goes(usize),
    Comes(usize),
    Over(usize),
    Free(usize),
    Call(usize),
    GivesUp(usize),
}

type Agenda = BinaryHeap<Reverse<(i64, Due)>>;

fn plan(agenda: &mut Agenda, at: f64, due: Due) {
    agenda.push(Reverse(((at * 1e6) as i64, due)));
}

const DAY_S: f64 = 86_400.0;

impl Truth {
    /// Who will call, and everything that is known to happen.
    fn plan(&self, random: &mut Random) -> (Vec<Logged>, Agenda) {
        let (mut calls, mut agenda) = (Vec::new(), Agenda::new());
        for hour in 0..self.days * 24 {
            let rate = self.rates[(hour % 24) as usize];
            let mut at = hour as f64 * 3600.0 + random.exponential(3600.0 / rate.max(1e-9));
            while at < (hour + 1) as f64 * 3600.0 {
                plan(&mut agenda, at, Due::Call(calls.len()));
                let priority = if random.share() < self.priority { 2 } else { 1 };
                let queue = usize::from(self.second > 0.0 && random.share() < self.second);
                calls.push(Logged {
                    number: 0,
                    came: at,
                    left: at,
                    priority,
                    queue,
                    answered: None,
                    sent_off: false,
                });
                at += random.exponential(3600.0 / rate);
            }
        }
        for day in 0..self.days {
            for (agent, hours) in self.agents.iter().enumerate() {
                for (from, to) in hours {
                    plan(&mut agenda, day as f64 * DAY_S + from * 3600.0, Due::Comes(agent));
                    plan(&mut agenda, day as f64 * DAY_S + to * 3600.0, Due::Goes(agent));
                }
            }
        }
        (calls, agenda)
    }

    /// Who takes whom next: the agent who has been idle longest and can, and of those who wait for her the one who
    /// has waited longest.
    fn next(&self, idle: &[usize], waiting: &[usize], calls: &[Logged], at: f64) -> Option<(usize, usize)> {
        let day = (at / DAY_S) as i64;
        let eager = |call: &&usize| {
            let Logged { came, priority, .. } = calls[**call];
            ((came - if priority == 2 { 90.0 } else { 0.0 }) * 1e6) as i64
        };
        idle.iter().find_map(|agent| {
            let served = waiting.iter().filter(|call| (self.serves)(*agent, day, calls[**call].queue));
            Some((*agent, *served.min_by_key(eager)?))
        })
    }

    /// The calls of the whole time, as they ended.
    pub(crate) fn run(&self) -> Vec<Logged> {
        let mut random = Random(self.seed);
        let (mut calls, mut agenda) = self.plan(&mut random);
        let (mut there, mut busy) = (vec![false; self.agents.len()], vec![false; self.agents.len()]);
        let (mut idle, mut waiting, mut done) = (Vec::new(), Vec::<usize>::new(), Vec::new());
        while let Some(Reverse((at, due))) = agenda.pop() {
            let at = at as f64 / 1e6;
            match due {
                Due::Call(call) => {
                    let crowd = if waiting.len() >= 4 { self.crowd_patience } else { 1.0 };
                    waiting.push(call);
                    let patience = random.exponential(self.patience_s * crowd);
                    calls[call].sent_off = patience > self.limit_s;
                    plan(&mut agenda, at + patience.min(self.limit_s), Due::GivesUp(call));
                }
                Due::GivesUp(call) => {
                    if let Some(place) = waiting.iter().position(|one| *one == call) {
                        waiting.remove(place);
                        done.push(Logged { left: at, ..calls[call].clone() });
                    }
                }
                Due::Comes(agent) => {
                    there[agent] = true;
                    if !busy[agent] {
                        idle.push(agent);
                    }
                }
                Due::Goes(agent) => {
                    there[agent] = false;
                    idle.retain(|one| *one != agent);
                }
                Due::Over(agent) => {
                    let hurry = if waiting.is_empty() { 1.0 } else { self.hurry };
                    let mean = self.after_call_s * hurry;
                    let after = if mean > 0.0 { random.exponential(mean) } else { 0.0 };
                    plan(&mut agenda, at + after, Due::Free(agent));
                }
                Due::Free(agent) => {
                    busy[agent] = false;
                    if there[agent] {
                        idle.push(agent);
                    }
                }
            }
            while let Some((agent, call)) = self.next(&idle, &waiting, &calls, at) {
                waiting.retain(|one| *one != call);
                idle.retain(|one| *one != agent);
                busy[agent] = true;
                let talk = random.exponential(self.talk_s) * (self.pace)(agent);
                let (left, answered) = (at + self.ring_s, Some((agent, talk)));
                plan(&mut agenda, left + talk, Due::Over(agent));
                done.push(Logged { left, answered, ..calls[call].clone() });
            }
        }
        done.sort_by(|one, two| one.came.total_cmp(&two.came));
        (1..).zip(&mut done).for_each(|(number, call)| call.number = number);
        done
    }
}

fn clock(seconds: f64) -> String {
    let whole = seconds as i64 % 86_400;
    format!("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60)
}

/// The form of the Anonymous Bank: tabs, six figures of a day, zeros where nothing was.
pub(crate) fn bank(calls: &[Logged]) -> String {
    bank_that(calls, false)
}

/// The same; it may have priorities only of callers who waited.
pub(crate) fn bank_that(calls: &[Logged], hides_priority: bool) -> String {
    let mut text = String::from(
        "vru+line\tcall_id\tcustomer_id\tpriority\ttype\tdate\tvru_entry\tvru_exit\tvru_time\tq_start\tq_exit\tq_time\t\
         outcome\tser_start\tser_exit\tser_time\tserver\n",
    );
    for call in calls {
        let day = call.came as i64 / 86_400;
        let date = format!("9903{:02}", day + 1);
        let (came, left) = (clock(call.came), clock(call.left));
        let waited = call.left as i64 - call.came as i64;
        let queued = call.left - call.came > 1e-3;
        let zero = || "0:00:00".to_owned();
        let [start, exit] = if queued { [came.clone(), left.clone()] } else { [zero(), zero()] };
        let (outcome, service, talk, server) = match call.answered {
            Some((agent, talk)) => (
                "AGENT",
                [left, clock(call.left + talk)],
                (call.left + talk) as i64 - call.left as i64,
                format!("A{agent:02}"),
            ),
            None => ("HANG", [zero(), zero()], 0, "NO_SERVER".to_owned()),
        };
        text += &format!(
            "AA0101\t{}\t0\t{}\t{}\t{date}\t{}\t{came}\t8\t{start}\t{exit}\t{waited}\t{outcome}\t{}\t{}\t{talk}\t{server}\n",
            call.number,
            if hides_priority && !queued { 0 } else { call.priority },
            ["PS", "NE"][call.queue],
            clock((call.came - 8.0).max(day as f64 * DAY_S)),
            service[0],
            service[1]
        );
    }
    text
}

/// Asterisk's form, with agents who come and go as they say.
pub(crate) fn asterisk(calls: &[Logged], truth: &Truth) -> String {
    const EPOCH: f64 = 1_772_323_200.0;
    let mut lines = Vec::new();
    for call in calls {
        let id = format!("c.{}", call.number);
        let waited = (call.left - call.came) as i64;
        lines.push((call.came, format!("{id}|sales|NONE|ENTERQUEUE||+44{}|1", call.number)));
        match call.answered {
            None => {
                let event = if call.sent_off { "EXITWITHTIMEOUT" } else { "ABANDON" };
                lines.push((call.left, format!("{id}|sales|NONE|{event}|1|1|{waited}")));
            }
            Some((agent, talk)) => {
                lines.push((
                    call.left + 1e-6,
                    format!("{id}|sales|SIP/{agent}|CONNECT|{waited}|x|{}", truth.ring_s as i64),
                ));
                lines.push((
                    call.left + talk,
                    format!("{id}|sales|SIP/{agent}|COMPLETECALLER|{waited}|{}|1", talk as i64),
                ));
            }
        }
    }
    for day in 0..truth.days {
        for (agent, hours) in truth.agents.iter().enumerate() {
            let at = |hour: f64| day as f64 * DAY_S + hour * 3600.0;
            for (number, (from, to)) in hours.iter().enumerate() {
                let comes = if number == 0 { "ADDMEMBER" } else { "UNPAUSE" };
                let goes = if number + 1 == hours.len() { "REMOVEMEMBER" } else { "PAUSE" };
                lines.push((at(*from), format!("NONE|sales|SIP/{agent}|{comes}|")));
                lines.push((at(*to), format!("NONE|sales|SIP/{agent}|{goes}|")));
            }
        }
    }
    lines.sort_by(|one, two| one.0.total_cmp(&two.0));
    lines.iter().map(|(at, line)| format!("{}|{line}\n", (EPOCH + at) as i64)).collect()
}
