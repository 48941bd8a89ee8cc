use tandem_stdlib::contract::AskSpec;

use super::answer::Answer;
use super::*;
use crate::scenario::{Callers, Detector};

const MIDDLE: Chances = Chances {
    silent: 0.5,
    accepts: 0.5,
    by_key: 0.5,
    person_heard: 0.5,
    falsely_heard: 0.5,
    phrase_heard: 0.5,
    key_heard: 0.5,
    intent_known: 0.5,
    intent_right: 0.5,
    which: 0.5,
};

fn callers() -> Callers {
    Callers {
        says: vec![("repair".to_owned(), "it is broken".to_owned())],
        by_key: 0.0,
        ..Callers::default()
    }
}

fn intents() -> Vec<String> {
    ["repair", "visit", "price"].map(str::to_owned).to_vec()
}

/// What a caller who wants `intent` answers to a question that offers `offers`.
fn answer(
    (callers, detector): (&Callers, &Detector),
    (ask, offers): (&AskSpec, u64),
    (intent, language): (&'static str, &str),
    bears: f64,
    chances: &Chances,
) -> (String, bool, Option<bool>) {
    let intents = intents();
    let listener = Listener { callers, detector, intents: &intents };
    let talk = BotTalk { bears, ..BotTalk::default() };
    let Answer { heard, for_person, wrong, .. } =
        listener.answer((ask, offers), (Some(intent), language), &talk, chances);
    let heard = match heard {
        Heard::Nothing => "nothing".to_owned(),
        Heard::Key(key) => format!("key {key}"),
        Heard::Words(words, intent) => format!("{words} = {}", intent.unwrap_or("?")),
    };
    (heard, for_person, wrong)
}

fn spoken() -> AskSpec {
    AskSpec { speech_heard: true, ..AskSpec::default() }
}

fn keyed(keys: &[(char, u64)]) -> AskSpec {
    AskSpec { keys_read: true, keys: keys.to_vec(), ..AskSpec::default() }
}

fn told(ask: &AskSpec, offers: u64, intent: &'static str, bears: f64) -> String {
    answer((&callers(), &Detector::default()), (ask, offers), (intent, "en"), bears, &MIDDLE).0
}

#[test]
fn a_caller_says_what_he_wants_in_his_own_words_or_none_that_matter() {
    assert_eq!(told(&spoken(), 0, "repair", 1.0), "it is broken = repair");
    assert_eq!(told(&spoken(), 0, "visit", 1.0), "… = visit");
}

#[test]
fn the_key_that_stands_for_the_wish_is_pressed_and_another_where_none_does() {
    assert_eq!(told(&keyed(&[('1', 1), ('2', 2)]), 0, "visit", 1.0), "key 2");
    assert_eq!(told(&keyed(&[('0', 0), ('1', 1), ('4', 0)]), 0, "price", 1.0), "key 4", "stands for itself");
    assert_eq!(told(&keyed(&[('1', 1), ('9', 2)]), 0, "price", 1.0), "key 8", "leads nowhere");
    assert_eq!(told(&keyed(&[]), 0, "price", 1.0), "key 1");
    let presses = crate::chance::Mix::new([('5', 1.0)]);
    let callers = Callers { presses: Some(presses), ..callers() };
    let listens = (&callers, &Detector::default());
    assert_eq!(answer(listens, (&keyed(&[]), 0), ("price", "en"), 1.0, &MIDDLE).0, "key 5");
    let both = AskSpec { speech_heard: true, ..keyed(&[('2', 2)]) };
    assert_eq!(told(&both, 0, "visit", 1.0), "… = visit", "words would do");
    let callers = Callers { by_key: 1.0, ..callers };
    assert_eq!(
        answer((&callers, &Detector::default()), (&both, 0), ("visit", "en"), 1.0, &MIDDLE).0,
        "key 2"
    );
}

#[test]
fn whoever_wants_a_person_says_so_in_the_language_of_the_call() {
    assert_eq!(told(&spoken(), 0, "visit", 0.15), "Can I talk to a person? = ?");
    assert_eq!(told(&keyed(&[('0', 0)]), 0, "visit", 0.1), "key 0");
    assert_eq!(told(&spoken(), 0, "visit", 0.16), "… = visit", "not yet");
    let (callers, detector) = (callers(), Detector { person_heard: 0.4, ..Detector::default() });
    let found = answer((&callers, &detector), (&spoken(), 0), ("visit", "zh"), 0.1, &MIDDLE);
    assert_eq!(found, ("… = ?".to_owned(), true, None), "asked, and not heard");
    let surer = Detector { person_heard: 0.6, ..detector };
    assert_eq!(answer((&callers, &surer), (&spoken(), 0), ("visit", "zh"), 0.1, &MIDDLE).0, "请转人工 = ?");
}

#[test]
fn turns_that_lead_nowhere_make_callers_want_a_person() {
    let mut talk = BotTalk { bears: 0.34, ..BotTalk::default() };
    let wants = |talk: &BotTalk| talk.wants_person(0.15, 0.1);
    talk.fruitless = 1;
    assert!(!wants(&talk));
    talk.fruitless = 2;
    assert!(wants(&talk));
    talk.stays = true;
    assert!(!wants(&talk), "the bot keeps him");
}

#[test]
fn offers_are_accepted_by_a_share_and_by_all_who_want_a_person() {
    assert_eq!(told(&spoken(), 7, "visit", 1.0), "yes please = ?");
    let callers = Callers { accepts_offer: 0.4, ..callers() };
    let listens = (&callers, &Detector::default());
    assert_eq!(answer(listens, (&spoken(), 7), ("visit", "zh"), 1.0, &MIDDLE).0, "不用了谢谢 = ?");
    assert_eq!(answer(listens, (&spoken(), 7), ("visit", "en"), 0.1, &MIDDLE).0, "yes please = ?");
    let by_key = Callers { by_key: 1.0, ..callers };
    assert_eq!(
        answer((&by_key, &Detector::default()), (&spoken(), 7), ("visit", "en"), 1.0, &MIDDLE).0,
        "key 2"
    );
}

#[test]
fn detectors_miss_and_mistake() {
    let told = |detector: Detector, ask: &AskSpec, offers| {
        answer((&callers(), &detector), (ask, offers), ("repair", "en"), 1.0, &MIDDLE)
    };
    let usual = Detector::default();
    let mistaken = told(Detector { intent_right: 0.4, ..usual.clone() }, &spoken(), 0);
    assert_eq!(mistaken, ("… = visit".to_owned(), false, Some(true)));
    let missed = told(Detector { intent_known: 0.4, ..usual.clone() }, &spoken(), 0);
    assert_eq!(missed, ("… = ?".to_owned(), false, None));
    let person = told(Detector { person_falsely_heard: 0.6, ..usual.clone() }, &spoken(), 0);
    assert_eq!(person, ("Can I talk to a person? = ?".to_owned(), false, None));
    assert_eq!(told(Detector { phrases_heard: 0.4, ..usual.clone() }, &spoken(), 7).0, "… = ?");
    assert_eq!(told(Detector { keys_heard: 0.4, ..usual }, &keyed(&[('1', 1)]), 0).0, "nothing");
}

#[test]
fn texts_take_their_time() {
    assert_eq!(spoken_ms("1234567890"), 650);
    assert_eq!(spoken_ms("您好"), 440);
}

/// What somebody who was called answers to the question after `answers` answers that led on.
fn callee_answer(callee: Callee<'_>, ask: &AskSpec, answers: u32, phrase_heard: f64) -> String {
    let (callers, detector, intents) =
        (callers(), Detector { phrases_heard: phrase_heard, ..Detector::default() }, intents());
    let listener = Listener { callers: &callers, detector: &detector, intents: &intents };
    let talk = BotTalk { bears: 1.0, answers, callee: Some(callee), ..BotTalk::default() };
    let Answer { heard, means, .. } = listener.answer((ask, 0), (None, callee.language), &talk, &MIDDLE);
    let means = means.map_or("nothing", tandem_stdlib::contract::Disposition::name);
    match heard {
        Heard::Nothing => "silence".to_owned(),
        Heard::Key(key) => format!("key {key}: {means}"),
        Heard::Words(words, _) => format!("{words}: {means}"),
    }
}

#[test]
fn whom_a_campaign_calls_says_what_the_scenario_says_one_question_after_the_other() {
    let says = ["1".to_owned(), "I can pay on Friday".to_owned()];
    let callee = Callee { says: &says, language: "en", ..Callee::default() };
    let both = AskSpec { speech_heard: true, ..keyed(&[('1', 0), ('2', 0)]) };
    assert_eq!(callee_answer(callee, &both, 0, 1.0), "key 1: nothing");
    for answers in [1, 2, 7] {
        assert_eq!(callee_answer(callee, &spoken(), answers, 1.0), "I can pay on Friday: nothing");
    }
    assert_eq!(callee_answer(callee, &spoken(), 1, 0.4), "…: nothing");
    // Without words of their own people say yes or no.
    let (yes, no) = (Callee { agrees: true, ..Callee::default() }, Callee::default());
    assert_eq!(callee_answer(yes, &spoken(), 0, 1.0), "yes please: nothing");
    assert_eq!(callee_answer(no, &spoken(), 0, 1.0), "no thank you: nothing");
}

#[test]
fn who_wants_no_calls_says_so_and_it_means_so_only_where_it_is_heard() {
    let of = |manner| Callee { manner, language: "zh", ..Callee::default() };
    assert_eq!(callee_answer(of(Manner::Refuses), &spoken(), 0, 1.0), "不要再给我打电话了: refused");
    assert_eq!(callee_answer(of(Manner::Refuses), &spoken(), 0, 0.4), "…: nothing");
    assert_eq!(callee_answer(of(Manner::AsksLater), &spoken(), 0, 1.0), "现在不方便: call_later");
    assert_eq!(callee_answer(of(Manner::WrongPerson), &spoken(), 0, 1.0), "你打错了: hung_up");
    assert_eq!(callee_answer(of(Manner::Machine), &spoken(), 0, 1.0), "silence");
    assert!(of(Manner::Refuses).hangs_up_at(&keyed(&[('1', 0)])), "nobody listens");
    assert!(of(Manner::HangsUp).hangs_up_at(&spoken()) && !of(Manner::Refuses).hangs_up_at(&spoken()));
}
