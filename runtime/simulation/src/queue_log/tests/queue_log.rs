//! Asterisk's form.

use super::*;

fn read_text(text: &str) -> QueueLog {
    assert!(is_log(text));
    read("queue_log", text, &Reading::default(), &TimeZone::UTC).unwrap_or_else(|wrong| panic!("{wrong}"))
}

/// Queue, seconds waited, end, seconds talked, agent.
fn told(log: &QueueLog) -> Vec<String> {
    let one = |call: &LoggedCall| {
        let agent = call.agent.map_or("", |agent| &log.agents[agent]);
        let queue = &log.queues[call.queue];
        format!(
            "{} {queue} {} {:?} {} {agent}",
            call.at_ms / 1000,
            call.waited_ms / 1000,
            call.end,
            call.talk_ms / 1000
        )
    };
    log.calls.iter().map(one).collect()
}

#[test]
fn events_make_calls() {
    let log = read_text(
        "1366720300|NONE|NONE|NONE|QUEUESTART|\n\
         1366720340|a.1|cards|NONE|ENTERQUEUE||+4420|1\n\
         1366720345|a.1|cards|SIP/7|RINGNOANSWER|5000\n\
         1366720352|a.1|cards|SIP/8|CONNECT|12|b.1|3\n\
         1366720412|a.1|cards|SIP/8|COMPLETEAGENT|12|60|1\n\
         1366720400|a.2|cards|NONE|ENTERQUEUE||+4421\n\
         1366720430|a.2|cards|NONE|ABANDON|1|1|30\n\
         1366720440|a.3|loans|NONE|ENTERQUEUE||\n\
         1366720500|a.3|loans|NONE|EXITWITHTIMEOUT|1|1|60\n\
         1366720510|a.4|loans|NONE|ENTERQUEUE||\n\
         1366720511|a.4|loans|NONE|EXITWITHKEY|5|1|1|1\n\
         1366720600|a.5|cards|NONE|ENTERQUEUE||\n\
         1366720610|a.5|cards|SIP/8|CONNECT|10|b.5|2\n\
         1366720650|a.5|cards|SIP/8|BLINDTRANSFER|200|default|10|40|1\n\
         1366720650|a.5|loans|NONE|ENTERQUEUE||\n\
         1366720670|a.5|loans|SIP/9|CONNECT|20|b.6|2\n\
         1366720700|a.5|loans|SIP/9|ATTENDEDTRANSFER|BRIDGE|x|20|30|1\n\
         1366720800|a.6|loans|NONE|ENTERQUEUE||\n",
    );
    assert_eq!(
        told(&log),
        [
            "1366720340 cards 12 Answered 60 SIP/8",
            "1366720400 cards 30 Abandoned 0 ",
            "1366720440 loans 60 SentOff 0 ",
            "1366720510 loans 1 SentOff 0 ",
            "1366720600 cards 10 Answered 40 SIP/8",
            "1366720650 loans 20 Answered 30 SIP/9",
        ]
    );
    assert_eq!(log.calls[0].ring_ms, Some(3_000));
    assert_eq!((log.notes.unfinished, log.notes.unreadable), (1, 0));
}

#[test]
fn logs_that_begin_late_are_out_of_order_and_hold_garbage() {
    let log = read_text(
        "1366720412|a.1|cards|SIP/8|COMPLETECALLER|12|60|1\n\
         1366720430|a.2|cards|NONE|ABANDON|1|1|30\n\
         1366720999|a.9|cards|SIP/8|TRANSFER|200|default|10|40\n\
         1366720520|a.3|cards|SIP/8|CONNECT|20|b|1\n\
         1366720500|a.3|cards|NONE|ENTERQUEUE||\n\
         1366720580|a.3|cards|SIP/8|COMPLETEAGENT|20|60|1\n\
         1366720580|a.3|cards|SIP/8|COMPLETEAGENT|20|60|1\n\
         \u{0}\u{fffd}|||\n",
    );
    assert_eq!(
        told(&log),
        [
            "1366720340 cards 12 Answered 60 SIP/8",
            "1366720400 cards 30 Abandoned 0 ",
            "1366720500 cards 20 Answered 60 SIP/8",
            "1366720959 cards 0 Answered 40 SIP/8",
        ]
    );
    assert_eq!((log.notes.unreadable, log.notes.repeated), (1, 1));
    let log = read_text(
        " 2012-07-03 15:27:23.896208 | 1341343640.4 | q1 | NONE | ENTERQUEUE | | 44 | 1 | |\n\
         2012-07-03 15:27:33.9 | 1341343640.4 | q1 | NONE | ABANDON | 1 | 1 | 10 | |\n",
    );
    assert_eq!(told(&log), ["1341329243 q1 10 Abandoned 0 "]);
}

#[test]
fn agents_are_there_when_the_log_says_so() {
    let log = read_text(
        "1366720000|NONE|cards|SIP/8|ADDMEMBER|\n\
         1366720010|NONE|loans|SIP/8|ADDMEMBER|\n\
         1366720340|a.1|cards|NONE|ENTERQUEUE||\n\
         1366720352|a.1|cards|SIP/8|CONNECT|12|b.1|3\n\
         1366720412|a.1|cards|SIP/8|COMPLETEAGENT|12|60|1\n\
         1366720500|NONE|NONE|SIP/8|PAUSEALL|lunch\n\
         1366720500|NONE|cards|SIP/8|PAUSE|lunch\n\
         1366721500|NONE|NONE|SIP/8|UNPAUSEALL|\n\
         1366722000|NONE|cards|SIP/8|REMOVEMEMBER|\n\
         1366722100|NONE|loans|SIP/8|REMOVEMEMBER|\n\
         1366723000|NONE|cards|SIP/9|PAUSE|\n",
    );
    let spells = presence(&log, 900_000).spells;
    assert_eq!(spells[0], [(1_366_720_000_000, 1_366_720_500_000), (1_366_721_500_000, 1_366_722_100_000)]);
}

/// The table of a database, as Asterisk's realtime engine fills it, with parameters in columns or in one.
#[test]
fn exports_of_a_database_are_events() {
    let text = "id,time,callid,queuename,agent,event,data,data1,data2,data3,data4,data5,created\n\
        1,2026-03-02 08:00:00.250000,1772438400.1,cards,NONE,ENTERQUEUE,,,+4420,1,,,2026-03-02\n\
        2,2026-03-02 08:00:12.250000,1772438400.1,cards,PJSIP/8,CONNECT,,12,1772438411.2,3,,,2026-03-02\n\
        3,2026-03-02 08:01:12.250000,1772438400.1,cards,PJSIP/8,COMPLETECALLER,12|60|1,,,,,,2026-03-02\n\
        4,2026-03-02 08:02:00.000000,1772438520.7,cards,NONE,ENTERQUEUE,,,anonymous,1,,,2026-03-02\n\
        5,2026-03-02 08:02:30.000000,1772438520.7,cards,NONE,ABANDON,,1,1,30,,,2026-03-02\n";
    let log = read_text(text);
    assert_eq!(told(&log), ["1772438400 cards 12 Answered 60 PJSIP/8", "1772438520 cards 30 Abandoned 0 "]);
    assert_eq!(
        (log.calls[0].at_ms % 1000, log.calls[0].ring_ms, log.notes.unreadable),
        (250, Some(3_000), 0)
    );
}

/// What versions from 1.4 on write beside calls: agents of `chan_agent`, canceled rings, reasons, pauses of one queue,
/// completions without a time, members added from the console.
#[test]
fn what_else_stands_in_the_wild() {
    let log = read_text(
        "1266833000|CLI|cards|SIP/0004f2040001|ADDMEMBER|\n\
         1266833001|MANAGER|cards|Local/2004@from-internal/n|ADDMEMBER|\n\
         1266833002|1266833002.1|NONE|Agent/1001|AGENTLOGIN|SIP/2001-08f4\n\
         1266833003|NONE|NONE|NONE|CONFIGRELOAD|\n\
         1266833005|1266833905.2|cards|NONE|DID|4420\n\
         1266833005|1266833905.2|cards|NONE|ENTERQUEUE||01773597776\n\
         1266833006|1266833905.2|cards|SIP/0004f2040001|RINGNOANSWER|1000\n\
         1266833007|1266833905.2|cards|SIP/0004f2040001|RINGCANCELED|1837\n\
         1266833008|1266833905.2|cards|Local/2004@from-internal/n|CONNECT|3|1266833911.7\n\
         1266833038|1266833905.2|cards|Local/2004@from-internal/n|COMPLETEAGENT|3||1\n\
         1266833100|NONE|NONE|SIP/0004f2040001|PAUSEALL|\n\
         1266833100|5f1hq|NONE|SIP/0004f2040001|PAUSEREASON|lunch\n\
         1266833200|NONE|NONE|SIP/0004f2040001|UNPAUSEALL|\n\
         1266833300|1266833300.9|cards|NONE|ENTERQUEUE||anonymous|1\n\
         1266833310|1266833300.9|cards|NONE|EXITEMPTY|1|1|10\n\
         1266833400|1266833400.9|cards|NONE|ENTERQUEUE||anonymous|1\n\
         1266833405|1266833400.9|cards|Agent/1001|CONNECT|5|x\n\
         1266833465|1266833400.9|cards|Agent/1001|TRANSFER|2002|from-internal\n\
         1266833500|1266833002.1|NONE|Agent/1001|AGENTLOGOFF|SIP/2001-08f4|498\n\
         1266833600|NONE|NONE|NONE|QUEUESTART|\n",
    );
    assert_eq!(
        told(&log),
        [
            "1266833005 cards 3 Answered 30 Local/2004@from-internal/n",
            "1266833300 cards 10 SentOff 0 ",
            "1266833400 cards 5 Answered 60 Agent/1001",
        ]
    );
    assert_eq!((log.notes.unreadable, log.notes.unfinished), (0, 0));
    let spells = presence(&log, 900_000).spells;
    let of = |name: &str| spells[log.agents.iter().position(|one| one == name).expect("an agent")].clone();
    assert_eq!(of("Agent/1001"), [(1_266_833_002_000, 1_266_833_500_000)]);
    assert_eq!(of("SIP/0004f2040001").len(), 2);
}

/// Every line is of one call, or of times that no clock has shown.
#[test]
fn odd_logs_are_read_or_refused() {
    let mut one_call = String::from("1366720000|a.1|cards|NONE|ENTERQUEUE||1\n");
    (0..100_000).for_each(|_| one_call.push_str("1366720001|a.1|cards|SIP/8|RINGNOANSWER|1000\n"));
    one_call.push_str("1366720030|a.1|cards|NONE|ABANDON|1|1|30\n");
    assert_eq!(told(&read_text(&one_call)), ["1366720000 cards 30 Abandoned 0 "]);
    let before = "time,wait,talk,agent\n1952-03-01 08:00:00,20,60,eve\n1952-03-01 08:05:00,0,60,eve\n";
    let log = read("log.csv", before, &Reading::default(), &TimeZone::UTC).expect("years before 1970");
    assert_eq!(local(log.calls[0].at_ms, &TimeZone::UTC), "1952-03-01T08:00:00");
    for text in [
        "-5|a|q|NONE|ENTERQUEUE||\n",
        "99999999999999|a|q|NONE|ENTERQUEUE||\n",
        "nan|a|q|NONE|ENTERQUEUE||\n",
    ] {
        assert!(read("log", text, &Reading::default(), &TimeZone::UTC).is_err(), "{text}");
    }
}
