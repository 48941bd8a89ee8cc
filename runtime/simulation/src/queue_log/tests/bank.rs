//! Delimited logs: the Anonymous Bank's form, and others.

use super::*;

const HEADER: &str = "vru+line\tcall_id\tcustomer_id\tpriority\ttype\tdate\tvru_entry\tvru_exit\tvru_time\tq_start\tq_exit\tq_time\toutcome\tser_start\tser_exit\tser_time\tserver";

/// One line of the bank's form.
fn line(
    call: u32,
    day: &str,
    menu: [&str; 2],
    queue: [&str; 2],
    outcome: &str,
    service: [&str; 2],
    server: &str,
) -> String {
    let seconds = |[from, to]: [&str; 2]| {
        let of = |text: &str| moment::parse_time_of_day(text).expect("a time") / 1000;
        (of(to) - of(from)).rem_euclid(86_400)
    };
    let priority = call % 3;
    format!(
        "AA0101\t{call}\t0\t{priority}\tPS\t{day}\t{}\t{}\t{}\t{}\t{}\t{}\t{outcome}\t{}\t{}\t{}\t{server}\n",
        menu[0],
        menu[1],
        seconds(menu),
        queue[0],
        queue[1],
        seconds(queue),
        service[0],
        service[1],
        seconds(service)
    )
}

const NONE: [&str; 2] = ["0:00:00", "0:00:00"];

fn read_text(text: &str) -> QueueLog {
    read("bank.txt", text, &Reading::default(), &zone("Asia/Jerusalem"))
        .unwrap_or_else(|wrong| panic!("{wrong}"))
}

#[test]
fn the_anonymous_bank_is_read_as_it_is() {
    let mut text = format!("{HEADER}\n");
    text += &line(33116, "990101", ["0:00:31", "0:00:36"], ["0:00:36", "0:03:09"], "HANG", NONE, "NO_SERVER");
    // Gave up in the menu.
    text += &line(33117, "990101", ["0:34:12", "0:34:23"], NONE, "HANG", NONE, "NO_SERVER");
    text += &line(
        33118,
        "990101",
        ["6:55:20", "6:55:26"],
        ["6:55:26", "6:55:43"],
        "AGENT",
        ["6:55:43", "6:56:37"],
        "MICHAL",
    );
    // Answered at once: there is no time in the queue.
    text += &line(33119, "990101", ["7:00:00", "7:00:10"], NONE, "AGENT", ["7:00:12", "7:02:12"], "BASCH");
    text += &line(33120, "990101", ["7:10:00", "7:10:10"], NONE, "PHANTOM", NONE, "NO_SERVER");
    // Over midnight, in the queue and in the conversation.
    text += &line(
        33121,
        "990131",
        ["23:59:40", "23:59:50"],
        ["23:59:50", "0:00:20"],
        "AGENT",
        ["0:00:20", "0:03:20"],
        "MICHAL",
    );
    // Its queue began at midnight itself.
    text +=
        &line(33122, "990201", ["23:59:50", "0:00:00"], ["0:00:00", "0:00:30"], "HANG", NONE, "NO_SERVER");
    let log = read_text(&text);
    let zone = zone("Asia/Jerusalem");
    let told: Vec<String> = log
        .calls
        .iter()
        .map(|call| {
            let agent = call.agent.map_or("", |agent| &log.agents[agent]);
            format!(
                "{} {} {:?} {} {agent}",
                local(call.at_ms, &zone),
                call.waited_ms / 1000,
                call.end,
                call.talk_ms / 1000
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "1999-01-01T00:00:36 153 Abandoned 0 ",
            "1999-01-01T06:55:26 17 Answered 54 MICHAL",
            "1999-01-01T07:00:12 0 Answered 120 BASCH",
            "1999-01-31T23:59:50 30 Answered 180 MICHAL",
            "1999-02-01T00:00:00 30 Abandoned 0 ",
        ]
    );
    assert_eq!(log.queues, ["PS"]);
    assert_eq!((log.notes.in_menu, log.notes.phantom, log.notes.unreadable), (1, 1, 0));
    assert_eq!(log.calls[1].priority, i64::from(33118 % 3));
    assert!(is_log(&text) && !is_log("arrivals = \"200 per hour\"\nagents = 14\n"));
}

#[test]
fn separators_dates_and_names_of_columns_differ() {
    let london = zone("Europe/London");
    for (text, how, expected) in [
        (
            "vru.line;call_id;priority;type;date;vru_exit;q_start;q_time;outcome;ser_time;server\n\
             AA0101;1;2;PS;1999-01-01;0:00:36;0:00:36;153;AGENT;60;MICHAL\n",
            Reading::default(),
            "1999-01-01T00:00:36 153 60",
        ),
        (
            "Call Id,Agent,Date,Time,Topic,Answered (Y/N),Resolved,Speed of answer in seconds,AvgTalkDuration\n\
             ID0001,Diane,2021-01-01,09:12:58,Contract,Y,Y,109,0:02:23\n",
            Reading::default(),
            "2021-01-01T09:12:58 109 143",
        ),
        (
            "start,wait_ms,talk\n31.12.1999 23:59:00,1500,1:30\n",
            Reading::default(),
            "1999-12-31T23:59:00 1 90",
        ),
        ("start,wait,talk\n12/31/1999 11:59 PM,5,90\n", Reading::default(), "1999-12-31T23:59:00 5 90"),
        ("start,wait,talk\n1999-12-31T23:59:00Z,5,90\n", Reading::default(), "1999-12-31T23:59:00 5 90"),
        ("start,wait,talk\n946684740,5,90\n", Reading::default(), "1999-12-31T23:59:00 5 90"),
        ("day,start,wait,talk\n991231,235900,5,90\n", Reading::default(), "1999-12-31T23:59:00 5 90"),
        (
            "when,w,t\n1999-12-31 23:59,5,90\n",
            columns(&[("time", "when"), ("wait", "w"), ("talk", "t")]),
            "1999-12-31T23:59:00 5 90",
        ),
        (
            "queued_at|connected_at|ended_at|agent\n1999-12-31 23:59:50|2000-01-01 00:00:10|2000-01-01 00:01:10|eve\n",
            Reading::default(),
            "1999-12-31T23:59:50 20 60",
        ),
    ] {
        let log = read("log.csv", text, &how, &london).unwrap_or_else(|wrong| panic!("{text}{wrong}"));
        let call = log.calls[0];
        assert_eq!(
            format!("{} {} {}", local(call.at_ms, &london), call.waited_ms / 1000, call.talk_ms / 1000),
            expected,
            "{text}"
        );
        assert_eq!(call.end, LoggedEnd::Answered);
    }
}

#[test]
fn the_clock_that_goes_back_does_not_lose_an_hour() {
    // On 31 October 1999 London's clocks went from 02:00 to 01:00.
    let text =
        "date,q_start,q_exit,ser_start,ser_exit,agent\n1999-10-31,01:50:00,01:05:00,01:05:00,01:07:00,eve\n";
    let log = read("log.csv", text, &Reading::default(), &zone("Europe/London")).expect("a log");
    assert_eq!((log.calls[0].waited_ms, log.calls[0].talk_ms), (900_000, 120_000));
}

#[test]
fn a_few_lines_may_be_odd_and_a_quarter_may_not() {
    let rows = |good: usize, bad: usize| {
        let good = "1999-01-01,8:00:00,20,60,eve\n".repeat(good);
        format!(
            "date,q_start,q_time,ser_time,server\n{good}{}",
            "1999-01-01,8:00:00,soon,60,eve\n".repeat(bad)
        )
    };
    let log = read("log.csv", &rows(30, 2), &Reading::default(), &TimeZone::UTC).expect("a log");
    assert_eq!((log.notes.unreadable, log.notes.repeated, log.calls.len()), (2, 29, 1));
    let wrong = read("log.csv", &rows(3, 1), &Reading::default(), &TimeZone::UTC).expect_err("a quarter");
    assert!(
        wrong.contains("1 of 4 lines of `log.csv`") && wrong.contains("line 5: column 3, `q_time`: `soon`"),
        "{wrong}"
    );
    for (text, expected) in [
        ("", "says when calls came"),
        ("a,b\n1,2\n", "has `a`, `b`; say which with"),
        ("time,wait\n", "has none"),
        ("time,wait\n\u{0}\u{1},\u{2}\n", "cannot be read: line 2: column 2, `wait`"),
        ("time,outcome\n1999-01-01 8:00,sideways\n", "[log] outcomes"),
    ] {
        let wrong = read("log.csv", text, &Reading::default(), &TimeZone::UTC).expect_err(text);
        assert!(wrong.contains(expected), "{text}: {wrong}");
    }
    let how = columns(&[("time", "nowhere")]);
    let wrong = read("log.csv", "time\n1999-01-01\n", &how, &TimeZone::UTC).expect_err("no such column");
    assert!(wrong.contains("the column `nowhere`, but it has `time`"), "{wrong}");
}
