//! Which column holds what: by usual names, or as the scenario says.

/// What a column may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// When the call came to its queue.
    Time,
    /// The day, where times have none.
    Date,
    /// When the call left the menu: it came to its queue then, if nothing else says when.
    MenuExit,
    /// When the wait ended.
    Left,
    /// How long it waited.
    Wait,
    TalkStart,
    TalkEnd,
    Talk,
    AfterCall,
    /// How long the agent's phone rang.
    Ring,
    Outcome,
    Agent,
    Queue,
    Priority,
    /// The call's own name.
    Call,
}

/// Roles with the name in scenarios and the usual names in logs, the more telling first.
const ROLES: [(Role, &str, &str); 15] = [
    (
        Role::Time,
        "time",
        "q_start queue_start queued_at enqueued_at enter_time entered entered_at arrival_time arrival arrived_at \
         offered_at call_start start_time started_at call_time timestamp date_time datetime time start created_at \
         called_at",
    ),
    (Role::Date, "date", "date call_date day fecha datum"),
    (Role::MenuExit, "menu_exit", "vru_exit ivr_exit menu_exit"),
    (Role::Left, "left", "q_exit queue_exit queue_end left_at dequeued_at exit_time"),
    (
        Role::Wait,
        "wait",
        "q_time queue_time wait wait_time waiting_time waited hold_time holdtime time_in_queue speed_of_answer asa",
    ),
    (
        Role::TalkStart,
        "talk_start",
        "ser_start service_start talk_start answered_at answer_time connected_at connect_time",
    ),
    (
        Role::TalkEnd,
        "talk_end",
        "ser_exit service_end talk_end ended_at end_time hangup_time completed_at call_end end disconnected_at",
    ),
    (
        Role::Talk,
        "talk",
        "ser_time service_time talk talk_time talktime avgtalkduration conversation billsec call_duration duration \
         handle_time handling_time aht",
    ),
    (
        Role::AfterCall,
        "after_call",
        "after_call after_call_work acw acw_time wrap_up wrapup wrap_time wrap_up_time",
    ),
    (Role::Ring, "ring", "ring ring_time ringtime"),
    (
        Role::Outcome,
        "outcome",
        "outcome result status disposition call_status answered answered_y_n abandoned",
    ),
    (Role::Agent, "agent", "server agent agent_id agent_name operator answered_by rep employee user"),
    (Role::Queue, "queue", "type queue queue_name queuename skill service split vq department topic"),
    (Role::Priority, "priority", "priority prio"),
    (Role::Call, "call", "call_id callid uniqueid unique_id contact_id id"),
];

/// Columns that a scenario names, by role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    pub(crate) named: Vec<(Role, String)>,
    /// Words of the outcome that the scenario explains.
    pub(crate) outcomes: Vec<(String, Outcome)>,
}

/// What a word of the outcome means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Answered,
    Abandoned,
    SentOff,
    /// No call at all.
    Phantom,
}

const OUTCOMES: [(Outcome, &str, &str); 4] = [
    (
        Outcome::Answered,
        "answered",
        "agent answered answer connect connected completed complete completeagent completecaller handled served \
         success y yes true 1",
    ),
    (
        Outcome::Abandoned,
        "abandoned",
        "hang hangup hung_up abandon abandoned lost missed unanswered no_answer noanswer not_answered cancelled \
         canceled n no false 0",
    ),
    (
        Outcome::SentOff,
        "sent_off",
        "timeout timed_out exitwithtimeout exitempty exitwithkey overflow overflowed voicemail callback redirected \
         busy rejected",
    ),
    (Outcome::Phantom, "ignored", "phantom test internal outbound outgoing"),
];

/// The role with a name of a scenario.
///
/// # Errors
/// The names there are.
pub(crate) fn role(name: &str) -> Result<Role, String> {
    let known = ROLES.iter().find(|(_, own, _)| *own == name).map(|(role, ..)| *role);
    known.ok_or_else(|| named("one of", ROLES.iter().map(|(_, name, _)| *name)))
}

/// The meaning of an outcome with a name of a scenario.
///
/// # Errors
/// The names there are.
pub(crate) fn outcome(name: &str) -> Result<Outcome, String> {
    let known = OUTCOMES.iter().find(|(_, own, _)| *own == name).map(|(outcome, ..)| *outcome);
    known.ok_or_else(|| named("one of", OUTCOMES.iter().map(|(_, name, _)| *name)))
}

fn named<'n>(lead: &str, names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    format!("{lead} {}", names.join(", "))
}

/// A column's name as usual names are written.
pub(super) fn plain(name: &str) -> String {
    let parts = name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}

/// Units that a column's name may end in.
const UNITS: [&str; 8] =
    ["_ms", "_milliseconds", "_s", "_sec", "_in_seconds", "_seconds", "_min", "_minutes"];

/// A plain name without its unit.
fn without_unit(plain: &str) -> &str {
    UNITS.iter().find_map(|unit| plain.strip_suffix(unit)).unwrap_or(plain)
}

/// Where each role stands in a header.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    places: Vec<(Role, usize)>,
    header: Vec<String>,
    /// The outcome's column says whether the caller gave up, not whether the call was answered.
    pub(super) outcome_is_abandoned: bool,
}

impl Places {
    /// Finds the columns of a header.
    ///
    /// # Errors
    /// The name that the scenario gives to a column that is not there, with those that are.
    pub(super) fn find(header: &[String], columns: &Columns) -> Result<Self, String> {
        let plains: Vec<String> = header.iter().map(|name| plain(name)).collect();
        let mut places = Vec::new();
        for (role, _, usual) in ROLES {
            let said = columns.named.iter().find(|(one, _)| *one == role);
            let place = match said {
                Some((_, name)) => Some(header.iter().position(|one| one == name).ok_or_else(|| {
                    let have = named("it has", header.iter().map(String::as_str));
                    format!("the column `{name}`, but {have}")
                })?),
                None => usual
                    .split_whitespace()
                    .find_map(|name| plains.iter().position(|one| without_unit(one) == name)),
            };
            places.extend(place.map(|place| (role, place)));
        }
        let mut found = Self { places, header: header.to_vec(), outcome_is_abandoned: false };
        let outcome = found.place(Role::Outcome).and_then(|place| plains.get(place));
        found.outcome_is_abandoned = outcome.is_some_and(|name| name == "abandoned");
        Ok(found)
    }

    pub(super) fn place(&self, role: Role) -> Option<usize> {
        self.places.iter().find(|(one, _)| *one == role).map(|(_, place)| *place)
    }

    /// The header's name of a role's column.
    pub(super) fn name(&self, role: Role) -> &str {
        self.place(role).and_then(|place| self.header.get(place)).map_or("", String::as_str)
    }

    /// What a duration's number counts: milliseconds where the column's name ends in `_ms`, minutes, or seconds.
    pub(super) fn unit_ms(&self, role: Role) -> f64 {
        let name = plain(self.name(role));
        match name.rsplit('_').next() {
            Some("ms" | "milliseconds") => 1.0,
            Some("min" | "minutes") => 60_000.0,
            _ => 1000.0,
        }
    }

    /// All names of the header.
    pub(super) fn header(&self) -> &[String] {
        &self.header
    }
}

impl Columns {
    /// What a word of the outcome's column means.
    pub(super) fn outcome_of(&self, word: &str) -> Option<Outcome> {
        let own = self.outcomes.iter().find(|(one, _)| one.eq_ignore_ascii_case(word));
        let usual = |word: &str| {
            let holds =
                |(_, _, words): &&(Outcome, &str, &str)| words.split_whitespace().any(|one| one == word);
            OUTCOMES.iter().find(holds).map(|(outcome, ..)| *outcome)
        };
        own.map(|(_, outcome)| *outcome).or_else(|| usual(&plain(word)))
    }
}
