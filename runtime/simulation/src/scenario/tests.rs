use super::*;

struct Texts(&'static [(&'static str, &'static str)]);

impl Files for Texts {
    fn text(&self, name: &str) -> Result<String, String> {
        let known = self.0.iter().find(|(file, _)| *file == name);
        known.map(|(_, text)| (*text).to_owned()).ok_or_else(|| format!("a file, but there is no `{name}`"))
    }
}

fn read(text: &str) -> Scenario {
    try_read(text, &[]).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn try_read(text: &str, variation: &[Variation]) -> Result<Scenario, Vec<ScenarioError>> {
    let log = "1767603600.5|a1|cards|NONE|ENTERQUEUE||+44\n1767603700|a1|cards|Agent/1|CONNECT|12|\n\
               1767603800|a2|loans|NONE|ENTERQUEUE||\n1767690000|a3|cards|NONE|ENTERQUEUE||\n";
    let files: &[(&str, &str)] = &[
        ("talk.csv", "call,seconds\na,60\nb,120\n"),
        ("times.csv", "id,time\n1,2026-01-05 09:00:00\n2,2026-01-05T09:30:00+01:00\n"),
        ("march.csv", "time\n2026-10-05 09:00:00\n"),
        ("bad.csv", "id,time\n1,soon\n"),
        ("bank.txt", BANK),
    ];
    let mut all = files.to_vec();
    all.push(("queue_log", log));
    read_scenario("s.toml", text, &Texts(Box::leak(all.into_boxed_slice())), variation)
}

const BANK: &str = "vru+line,call_id,priority,type,date,vru_exit,q_start,q_time,outcome,ser_start,ser_time,server\n\
    AA0101,1,2,PS,990101,8:00:00,8:00:00,10,AGENT,8:00:10,100,AVI\n\
    AA0101,2,0,PS,990101,8:01:00,0:00:00,0,AGENT,8:01:00,200,DANA\n\
    AA0101,3,1,NW,990102,8:02:00,8:02:00,30,HANG,0:00:00,0,NO_SERVER\n\
    AA0101,4,1,NW,990102,9:00:00,9:00:00,30,AGENT,9:00:30,60,DANA\n";

const THREE_LINES: &str = "arrivals = \"200 per hour\"\nhandle = \"3min\"\nagents = 14\n";

#[test]
fn costs_are_in_one_currency() {
    let read = |costs: &str| try_read(&format!("arrivals = 9\n{costs}"), &[]);
    let agents = "[[agents]]\ncount = 2\nhour_cost = \"80 CNY\"\n";
    let sound = read(&format!("{agents}[costs]\nagent_hour = \"60.5 CNY\"\nbot_call = \"0.4 CNY\"\n"));
    let costs = sound.expect("a scenario").costs.expect("costs");
    assert_eq!((costs.currency.as_str(), costs.agent_hour, costs.bot_call), ("CNY", 60.5, 0.4));
    for (costs, why) in [
        (format!("{agents}[costs]\nagent_hour = \"60 EUR\"\n"), "costs are in `EUR` and in `CNY`"),
        ("agents = 2\n[costs]\nagent_hour = \"60\"\n".to_owned(), "an amount with its currency"),
        ("agents = 2\n[costs]\nagent_hour = \"-1 EUR\"\n".to_owned(), "an amount with its currency"),
        ("agents = 2\n[costs]\nhour = \"1 EUR\"\n".to_owned(), "costs have no `hour`"),
    ] {
        let found = read(&costs).expect_err("a mistake");
        assert!(found.iter().any(|one| one.message.contains(why)), "{why}: {found:?}");
    }
    assert_eq!(read("agents = 2\n").expect("a scenario").costs, None);
}

#[test]
fn three_lines_are_enough() {
    let scenario = read(THREE_LINES);
    assert_eq!((scenario.days(), scenario.replications, scenario.seed), (1, 10, 0));
    assert_eq!(scenario.warm_up_ms - scenario.start_ms, 3_600_000);
    let [stream] = scenario.streams.as_slice() else { panic!("one stream") };
    let Arrivals::Rates(rates) = &stream.arrivals else { panic!("rates") };
    assert!((rates[0].1 * 3_600_000.0 - 200.0).abs() < 1e-9);
    assert!((scenario.handling[0].talk.mean() - 180_000.0).abs() < 1e-9);
    assert_eq!(scenario.groups[0].count, 14);
    assert_eq!(scenario.assumed.len(), 1);
}

#[test]
fn profiles_follow_the_clock_on_the_wall() {
    let text = "zone = \"Europe/London\"\nstart = 2026-03-28\ndays = 2\nagents = 1\nhandle = \"1min\"\n\
        [[arrivals]]\nby_hour = { \"00:00-04:00\" = [60, 120, 180, 240], \"sun 12:00-13:00\" = \"1 per min\" }\n";
    let scenario = read(text);
    let Arrivals::Rates(rates) = &scenario.streams[0].arrivals else { panic!("rates") };
    let hour = 3_600_000;
    let at = |ms: i64| rates.iter().rev().find(|(from, _)| *from <= ms).map_or(0.0, |(_, rate)| rate * 3.6e6);
    let saturday = scenario.start_ms;
    let found: Vec<f64> = (0..5).map(|step| at(saturday + step * hour + 1).round()).collect();
    assert_eq!(found, [60.0, 120.0, 180.0, 240.0, 0.0]);
    // On Sunday the hour from 01:00 to 02:00 does not exist.
    let sunday = saturday + 24 * hour;
    let found: Vec<f64> = (0..4).map(|step| at(sunday + step * hour + 1).round()).collect();
    assert_eq!(found, [60.0, 180.0, 240.0, 0.0]);
    assert_eq!(at(sunday + 11 * hour + 1).round() as i64, 60);
    assert_eq!(scenario.end_ms - scenario.start_ms, 47 * hour);
}

#[test]
fn logs_say_when_callers_came() {
    let arrivals = |line: &str| {
        let scenario =
            read(&format!("agents = 1\nhandle = \"file talk.csv seconds\"\n[[arrivals]]\n{line}\n"));
        match &scenario.streams[0].arrivals {
            Arrivals::Logged(moments) => (moments.clone(), scenario.days()),
            Arrivals::Rates(_) => panic!("logged"),
        }
    };
    let (moments, days) = arrivals("log = \"queue_log\"");
    assert_eq!(moments, [1_767_603_600_500, 1_767_603_800_000, 1_767_690_000_000]);
    assert_eq!(days, 2);
    assert_eq!(arrivals("log = \"queue_log\"\nlog_queue = \"cards\"").0.len(), 2);
    assert_eq!(arrivals("log = \"times.csv\"").0, [1_767_601_800_000, 1_767_603_600_000]);
}

#[test]
fn a_log_is_a_whole_scenario() {
    let scenario = read("log = \"bank.txt\"\n");
    assert_eq!((scenario.days(), scenario.queues.len(), scenario.groups.len()), (2, 2, 2));
    let streams: Vec<(&str, i64)> =
        scenario.streams.iter().map(|one| (one.name.as_str(), one.priority as i64)).collect();
    // Four calls tell nothing of who is taken first.
    assert_eq!(streams, [("PS, priority 0", 0), ("PS, priority 2", 2), ("NW", 1)]);
    assert_eq!(scenario.groups[1].skills, [("PS".to_owned(), 1), ("NW".to_owned(), 1)]);
    assert!((scenario.handling.last().expect("a rule").talk.mean() - 120_000.0).abs() < 1e-6);
    let logged = scenario.logged.as_ref().expect("a log");
    assert_eq!((logged.calls.len(), logged.streams.clone()), (4, vec![1, 0, 2, 2]));
    // Each part gives way to a key of its own.
    let own = read("log = \"bank.txt\"\nagents = 7\npatience = \"endless\"\nhandle = \"3min\"\n");
    assert_eq!((own.groups[0].count, own.groups.len()), (7, 1));
    assert!(own.queues.iter().all(|queue| queue.skills.is_empty()));
    assert!((own.handling[0].talk.mean() - 180_000.0).abs() < 1e-6 && own.handling.len() == 1);
    assert!(own.streams.iter().all(|stream| stream.patience == crate::chance::Law::Endless));
    let wrapped = read(
        "after_call = \"fixed 30s\"\n[log]\nfile = \"bank.txt\"\nqueue = \"PS\"\npriorities = \"ignore\"\n",
    );
    assert!(wrapped.handling.iter().all(|rule| rule.after_call == crate::chance::Law::Fixed(30_000.0)));
    assert_eq!(wrapped.streams.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["PS"]);
    let rate = read("log = \"bank.txt\"\narrivals = 60\n");
    assert!(rate.logged.is_none(), "other callers cannot be held against the log");
    let varied = Variation::parse("agents=3..5").expect("a what-if");
    let counts: Vec<u32> = varied
        .into_iter()
        .map(|one| try_read("log = \"bank.txt\"\n", &[one]).expect("a scenario").groups[0].count)
        .collect();
    assert_eq!(counts, [3, 4, 5]);
}

#[test]
fn the_full_form_is_read() {
    let scenario = read(
        "zone = \"Europe/London\"\nwarm_up = \"2h\"\nreplications = 3\nseed = 9\npatience = \"endless\"\n\
         promise = \"90% within 10s excluding abandoned under 5s\"\ntalk = \"lognormal 4min sd 3min\"\n\
         after_call = \"fixed 30s\"\ntransfer = \"5% to loans\"\n\
         [[arrivals]]\nname = \"cards\"\nrate = \"2 per min\"\nqueue = \"cards\"\npatience = \"erlang-2 3min\"\n\
         caller = { tier = { gold = 1, basic = 9 }, language = \"en\" }\n\
         [[agents]]\nname = \"early\"\ncount = 20\nskills = { cards = 4, loans = 2 }\n\
         shift = [\"mon..fri 08:00-16:00\", \"sat 09:00-12:00\"]\nbreaks = \"10:00-10:15\"\nring = \"fixed 4s\"\n\
         no_answer = \"2%\"\n\
         [[queues]]\nname = \"cards\"\nskills = \"cards\"\nplaces = 30\npromise = \"80% within 20s of answered\"\n\
         [[self_service]]\nqueue = \"bot\"\ncontains = \"60%\"\ntakes = \"90s\"\notherwise = \"cards\"\n\
         [[handling]]\nintent = \"lost_card\"\ntalk = \"6min\"\n\
         [detector]\nintent_known = \"90%\"\nintent_right = \"95%\"\n",
    );
    assert_eq!((scenario.replications, scenario.seed), (3, 9));
    assert_eq!(scenario.promise.short_abandon_ms, 5_000);
    assert_eq!(scenario.groups[0].skills, [("cards".to_owned(), 4), ("loans".to_owned(), 2)]);
    assert_eq!(scenario.handling.len(), 2);
    assert_eq!(scenario.handling[1].transfer, Some((0.05, "loans".to_owned())));
    assert!((scenario.streams[0].patience.mean() - 180_000.0).abs() < 1e-6);
    assert_eq!(scenario.assumed, Vec::<String>::new());
}

#[test]
fn mistakes_say_where_and_what_to_do() {
    for (text, expected) in [
        (
            "arrivals = \"200 per hour\"\nhandle = \"3min\"\nagnets = 14\n",
            "s.toml:3:1: a scenario has no `agnets`; did you mean `agents`?",
        ),
        ("handle = \"3min\"\nagents = 14\n", "nobody who calls"),
        ("arrivals = \"200 per hour\"\n", "nobody who answers"),
        (
            "arrivals = \"200 per fortnight\"\nagents = 14\n",
            "s.toml:1:12: `arrivals` is `200 per fortnight`; expected a rate",
        ),
        ("arrivals = 200\nagents = 14.5\n", "s.toml:2:10: `agents` is `14.5`; expected a whole number"),
        ("arrivals = 200\nagents = -1\n", "whole number from 0"),
        ("arrivals = 200\nagents = 1\nhandle = \"3 parsecs\"\n", "expected a time such as `5min`"),
        ("arrivals = 200\nagents = 1\nzone = \"Europe/Lodnon\"\n", "did you mean `Europe/London`?"),
        ("arrivals = 200\nagents = 1\nstart = \"tomorrow\"\n", "a day such as"),
        ("arrivals = 200\nagents = 1\nwarm_up = \"24h\"\n", "takes the whole run"),
        ("agents = 1\n[[arrivals]]\nname = \"x\"\n", "`rate`, `by_hour` or `log`"),
        ("agents = 1\n[[arrivals]]\nlog = \"nowhere.csv\"\n", "there is no `nowhere.csv`"),
        ("agents = 1\n[[arrivals]]\nlog = \"bad.csv\"\n", "line 2: column 2, `time`: `soon`"),
        ("agents = 1\n[[arrivals]]\nby_hour = { \"mon..fru 08:00-12:00\" = 1 }\n", "hours such as"),
        (
            "agents = 1\n[[arrivals]]\nby_hour = { \"08:00-12:00\" = [1, 2, 3, 4, 5, 6, 7] }\n",
            "divide 240 minutes",
        ),
        ("arrivals = 200\n[[agents]]\ncuont = 1\n", "agents have no `cuont`; did you mean `count`?"),
        ("arrivals = 200\nagents = 1\npromise = \"80 in 20\"\n", "a promise such as"),
        ("arrivals = = 200\n", "s.toml:1:12"),
        ("log = \"bad.csv\"\n", "s.toml:1:7: `log` is `bad.csv`; expected a log of calls, but 1 of 1 lines"),
        ("log = \"nowhere.csv\"\n", "there is no `nowhere.csv`"),
        ("[log]\nqueue = \"PS\"\n", "a log needs its `file`"),
        ("[log]\nfile = \"bank.txt\"\nqueue = \"QS\"\n", "with the queue `QS`, but `bank.txt` has PS, NW"),
        ("[log]\nfile = \"bank.txt\"\ncolumns = { tiem = \"q_start\" }\n", "`talk_end`"),
        (
            "[log]\nfile = \"bank.txt\"\ncolumns = { time = \"start\" }\n",
            "the column `start`, but it has `vru+line`",
        ),
        ("[log]\nfile = \"bank.txt\"\naway_after = \"9h\"\n", "from `1s` to `4h`"),
        ("[log]\nfile = \"bank.txt\"\nfiel = 1\n", "a log has no `fiel`; did you mean `file`?"),
    ] {
        let errors = try_read(text, &[]).expect_err(text);
        let shown = errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        assert!(shown.contains(expected), "{text}\n{shown}");
    }
}

#[test]
fn all_mistakes_come_at_once() {
    let errors =
        try_read("arrivals = \"x\"\nagents = \"y\"\nhandle = \"z\"\nday = 2\n", &[]).expect_err("mistakes");
    assert_eq!(errors.len(), 4, "{errors:?}");
}

#[test]
fn what_ifs_replace_values() {
    let counts: Vec<u32> = Variation::parse("agents=20..40 step 10")
        .expect("a what-if")
        .into_iter()
        .map(|one| try_read(THREE_LINES, &[one]).expect("a scenario").groups[0].count)
        .collect();
    assert_eq!(counts, [20, 30, 40]);
    let tables = "handle = \"1min\"\n[[arrivals]]\nname = \"a\"\nrate = 1\n[[arrivals]]\nname = \"b\"\nrate = 1\n\
                  [[agents]]\nname = \"early\"\ncount = 1\n";
    let vary = |text: &str| try_read(tables, &Variation::parse(text).expect("a what-if"));
    assert_eq!(vary("agents=7").expect("a scenario").groups[0].count, 7);
    assert_eq!(vary("agents.early.count=8").expect("a scenario").groups[0].count, 8);
    let scenario = vary("arrivals.b.rate=120 per hour").expect("a scenario");
    let Arrivals::Rates(rates) = &scenario.streams[1].arrivals else { panic!("rates") };
    assert!((rates[0].1 * 3.6e6 - 120.0).abs() < 1e-9);
    let two = Variation::parse("patience=2min, endless").expect("a what-if");
    assert_eq!(two.len(), 2);
    assert!(
        vary("agents.late.count=8").expect_err("no such group")[0].message.contains("no `agents.late.count`")
    );
    for wrong in ["agents", "agents=", "agents=40..20", "agents=1..1000", "=3", "agents=1..9 step 0"] {
        assert!(Variation::parse(wrong).is_err(), "{wrong}");
    }
}

/// Every scenario in the book is sound.
#[test]
fn the_book_s_scenarios_are_read() {
    let pages = [
        (include_str!("../../../../docs/book/scenario.md"), 5),
        (include_str!("../../../../docs/book/zh/scenario.md"), 3),
    ];
    for (page, least) in pages {
        let blocks = page.split("```toml\n").skip(1);
        let blocks: Vec<&str> = blocks.map(|rest| rest.split("```").next().unwrap_or_default()).collect();
        assert!(blocks.len() >= least, "{}", blocks.len());
        blocks.into_iter().for_each(|block| _ = read(block));
    }
}

#[test]
fn a_name_in_other_letters_stands_in_quotation_marks() {
    let wrong = try_read("arrivals = 1\nagents = 1\n退款 = 3\n", &[]).unwrap_err();
    assert!(wrong.iter().any(|one| one.message.contains("quotation marks")), "{wrong:?}");
}
