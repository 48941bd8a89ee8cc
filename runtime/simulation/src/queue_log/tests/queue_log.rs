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
