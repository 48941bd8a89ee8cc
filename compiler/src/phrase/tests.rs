use proptest::prelude::*;
use tandem_stdlib::words::fold::{Folded, fold};
use tandem_stdlib::words::{NO_MATCH, Pattern};

use super::*;

fn sets(sets: &[&[&str]]) -> Vec<Vec<String>> {
    sets.iter().map(|set| set.iter().map(|text| (*text).to_owned()).collect()).collect()
}

fn phrases(sets: &[Vec<String>]) -> Vec<Vec<Phrase>> {
    sets.iter().map(|set| set.iter().map(|text| text.as_str().into()).collect()).collect()
}

fn index(patterns: &[&[&str]]) -> PhraseIndex {
    build(&phrases(&sets(patterns))).unwrap()
}

/// Matches as (set, the text matched).
fn found<'a>(index: &PhraseIndex, text: &'a str) -> Vec<(u32, &'a str)> {
    let mut matches = Vec::new();
    index.find(text, |set, start, end| matches.push((set, &text[start..end])));
    matches
}

#[test]
fn latin_words_match_whole_and_chinese_anywhere() {
    let index = index(&[&["cancel"], &["销户", "vip服务"]]);
    assert_eq!(found(&index, "I cancelled, then CANCEL"), [(0, "CANCEL")]);
    assert_eq!(found(&index, "uncancel"), []);
    assert_eq!(found(&index, "我要銷 户了"), [(1, "銷 户")]);
    assert_eq!(found(&index, "我要ＶＩＰ 服務"), [(1, "ＶＩＰ 服務")]);
    assert_eq!(found(&index, "xvip服务"), []);
    assert_eq!(found(&index, "我要cancel吗"), [(0, "cancel")]);
}

#[test]
fn punctuation_breaks_words_and_apostrophes_do_not() {
    let index = index(&[&["don't stop", "my card"]]);
    assert_eq!(found(&index, "dont, STOP!"), [(0, "dont, STOP")]);
    assert_eq!(found(&index, "My\u{1f4b3}card."), [(0, "My\u{1f4b3}card")]);
    assert_eq!(found(&index, "mycard"), []);
    assert_eq!(found(&index, "don t stop"), []);
}

#[test]
fn overlapping_phrases_of_several_sets_are_all_found_once() {
    let index = index(&[&["close my account", "my account"], &["account", "my account now"]]);
    let text = "close my account now";
    assert_eq!(
        found(&index, text),
        [(0, "my account"), (0, "close my account"), (1, "account"), (1, "my account now")]
    );
    let mut first = [0; 3];
    index.first_matches(text, &mut first);
    assert_eq!(first, [6, 9, NO_MATCH]);
}

#[test]
fn what_counts_alone_is_heard_where_nothing_else_is_said() {
    let alone = |pattern: &str| Phrase { alone: true, ..pattern.into() };
    let index = build(&[vec![alone("(好|OK)"), "没问题".into(), alone("没问题")]]).unwrap();
    for yes in ["好", " “好。”", "ok!", "O.K", "好，没问题"] {
        assert_eq!(found(&index, yes).len(), usize::from(yes != "O.K"), "{yes}");
    }
    for no in ["好像", "不好", "it is not OK", "OK OK"] {
        assert_eq!(found(&index, no), [], "{no}");
    }
    let mut first = [0];
    index.first_matches("不好说，没问题", &mut first);
    assert_eq!(first, [12]);
}

#[test]
fn phrases_of_many_letters_are_taken_apart_and_found_in_order() {
    let ideographs = (0..1_500_u32).filter_map(|at| char::from_u32(0x4e00 + at));
    let mut set: Vec<Phrase> = ideographs.map(|one| Phrase::from(format!("{one}乙").as_str())).collect();
    set.extend((0..500).map(|at| Phrase::from(format!("word{at} of many").as_str())));
    let index = build(&[set, vec!["of".into()]]).unwrap();
    assert_eq!(index.automata.len(), 2);
    assert!(index.automata.iter().map(|one| one.next.len()).sum::<usize>() <= CELLS_MAX);
    assert_eq!(
        found(&index, "丁乙 word7 of many 丙乙"),
        [(0, "丁乙"), (1, "of"), (0, "word7 of many"), (0, "丙乙")]
    );
}

#[test]
fn what_ends_first_is_found_first_whichever_automaton_finds_it() {
    let [words, ideographs] = [["cancel"], ["销户"]].map(|set| index(&[set.as_slice()]).automata);
    for automata in [[words.clone(), ideographs.clone()], [ideographs, words]] {
        let index = PhraseIndex { automata: automata.concat() };
        assert_eq!(found(&index, "cancel销户cancel"), [(0, "cancel"), (0, "销户"), (0, "cancel")]);
    }
    let [after, before] = [["户"], ["户x"]].map(|set| index(&[set.as_slice()]).automata);
    let index = PhraseIndex { automata: [after, before].concat() };
    assert_eq!(found(&index, "户x户"), [(0, "户"), (0, "户x"), (0, "户")]);
}

#[test]
fn an_empty_index_finds_nothing() {
    for empty in [PhraseIndex::default(), build(&[]).unwrap(), build(&[vec![], vec![]]).unwrap()] {
        assert_eq!(found(&empty, "anything 什么"), []);
    }
}

#[test]
fn mistakes_name_the_set_and_the_pattern() {
    let error = build(&phrases(&sets(&[&["a"], &["b", "c ("]]))).unwrap_err();
    assert!(matches!(error, PhraseError::Pattern { set: 1, pattern: 1, .. }));
}

#[test]
fn too_many_phrases_are_refused() {
    let many: Vec<String> = (0..8_000).map(|n| format!("number {n} {}", "word ".repeat(20))).collect();
    assert!(matches!(build(&phrases(&[many])), Err(PhraseError::TooLarge)));
}

#[test]
fn absurd_texts_are_searched_in_one_pass() {
    let index = index(&[&["cancel", "销户"]]);
    let marks = format!("销{}户", "\u{301}".repeat(1 << 20));
    assert_eq!(found(&index, &marks).len(), 1);
    assert_eq!(found(&index, &"👍🏽".repeat(1 << 18)), []);
    assert_eq!(found(&index, &"销户".repeat(1 << 16)).len(), 1 << 16);
}

#[test]
fn a_broken_index_never_panics() {
    let broken = PhraseAutomaton {
        page_of: vec![9],
        next: vec![3],
        output_starts: vec![5, 1],
        outputs: vec![tandem_stdlib::words::PhraseOutput { set: 9, letters: 9, before: true, alone: true }],
        row_bits: 255,
        ..PhraseAutomaton::default()
    };
    let broken = PhraseIndex { automata: vec![broken; AUTOMATA_MAX + 1] };
    found(&broken, "text 文");
    broken.first_matches("text 文", &mut [0]);
}

/// One folded character with the bytes that it came from, and whether a break stands before it.
type Letter = (Folded, usize, usize, bool);

fn letters(text: &str) -> Vec<Letter> {
    let mut letters = Vec::new();
    let mut broken = true;
    for (at, letter) in text.char_indices() {
        match fold(letter) {
            Folded::Break => broken = true,
            Folded::Ignored => {}
            folded => {
                letters.push((folded, at, at + letter.len_utf8(), broken));
                broken = false;
            }
        }
    }
    letters
}

/// Whether a word begins or ends between two neighbours.
fn apart(left: Option<&Letter>, right: Option<&Letter>) -> bool {
    match (left, right) {
        (Some((Folded::Word(_), ..)), Some((Folded::Word(_), _, _, broken))) => *broken,
        _ => true,
    }
}

/// Every phrase at every place, letter by letter.
fn naive(sets: &[Vec<String>], text: &str) -> Vec<(u32, usize, usize)> {
    let spoken = letters(text);
    let mut matches = Vec::new();
    for (set, pattern) in sets.iter().enumerate().flat_map(|(set, list)| list.iter().map(move |p| (set, p))) {
        for phrase in Pattern::parse(pattern).unwrap().expand() {
            let wanted = letters(&phrase);
            for (from, window) in spoken.windows(wanted.len()).enumerate() {
                let same = window.iter().zip(&wanted).all(|(left, right)| left.0 == right.0);
                let joints = (1..wanted.len()).all(|at| {
                    apart(window.get(at - 1), window.get(at)) == apart(wanted.get(at - 1), wanted.get(at))
                });
                let before = from.checked_sub(1).and_then(|at| spoken.get(at));
                let whole =
                    apart(before, window.first()) && apart(window.last(), spoken.get(from + wanted.len()));
                if same && joints && whole {
                    matches.push((set as u32, window[0].1, window[wanted.len() - 1].2));
                }
            }
        }
    }
    matches.sort_unstable();
    matches.dedup();
    matches
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn the_automaton_equals_a_naive_search(
        sets in prop::collection::vec(
            prop::collection::vec("[ab销户][ab销户 ' ]{0,4}(\\((a|b b)\\|户\\))?[a销]?(\\[b\\])?", 0..4), 0..4),
        text in "[abcABＡ销銷户戶你 ,'，。\u{301}👍]{0,40}",
    ) {
        // All phrases in one automaton, and by script in two.
        let apart = build_within(&phrases(&sets), 0).unwrap();
        let index = build(&phrases(&sets)).unwrap();
        prop_assert!(index.automata.len() <= 1 && apart.automata.len() <= 2);
        let mut of_two = Vec::new();
        apart.find(&text, |set, start, end| of_two.push((set, start, end)));
        of_two.sort_unstable();
        prop_assert_eq!(of_two, naive(&sets, &text));
        let mut matches = Vec::new();
        index.find(&text, |set, start, end| matches.push((set, start, end)));
        let all = matches.len();
        matches.sort_unstable();
        matches.dedup();
        prop_assert_eq!(all, matches.len(), "a match was reported twice");
        prop_assert_eq!(&matches, &naive(&sets, &text));
        let mut first = vec![0; sets.len()];
        index.first_matches(&text, &mut first);
        for (set, first) in first.iter().enumerate() {
            let of_set = || matches.iter().filter(|(s, ..)| *s as usize == set);
            let end = of_set().map(|(_, _, end)| *end).min();
            let earliest = of_set().find(|(_, start, end_)| Some(*end_) == end && *start == *first as usize);
            prop_assert_eq!(end.is_none(), *first == NO_MATCH);
            prop_assert!(end.is_none() || earliest.is_some());
        }
    }
}
