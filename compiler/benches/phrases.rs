//! A turn through 60 phrases in 5 sets: the compiled index against what an engineer would write with
//! `aho-corasick` and a folding buffer of their own. Both must find the same sets.
//!
//! `cargo bench -p tandem-compiler --bench phrases`

use aho_corasick::{AhoCorasick, MatchKind};
use divan::{Bencher, black_box};
use tandem_compiler::phrase::build;
use tandem_stdlib::words::{NO_MATCH, Phrase, PhraseIndex, fold::fold_text};

const SETS: usize = 5;

fn main() {
    let (index, by_hand) = (index(), ByHand::new());
    for turn in turns() {
        assert_eq!(ours(&index, &turn), by_hand.find(&mut String::new(), &turn), "{turn}");
    }
    divan::main();
}

const PHRASES: [[&str; 12]; SETS] = [
    [
        "speak to a human",
        "talk to a person",
        "real person",
        "human agent",
        "representative",
        "operator please",
        "转人工",
        "人工客服",
        "人工服务",
        "找客服",
        "真人",
        "接线员",
    ],
    [
        "file a complaint",
        "speak to your manager",
        "this is ridiculous",
        "report you",
        "sue you",
        "legal action",
        "投诉",
        "举报",
        "找你们经理",
        "曝光",
        "消费者协会",
        "起诉",
    ],
    [
        "close my account",
        "cancel my card",
        "cancel everything",
        "terminate the contract",
        "stop my service",
        "unsubscribe",
        "销户",
        "注销账户",
        "注销卡",
        "退订",
        "解约",
        "不续了",
    ],
    [
        "not happy",
        "terrible service",
        "waste of time",
        "never again",
        "disappointed",
        "unacceptable",
        "太差了",
        "不满意",
        "浪费时间",
        "等了半天",
        "没人管",
        "失望",
    ],
    [
        "guaranteed return",
        "no risk",
        "risk free",
        "cannot lose",
        "double your money",
        "sure profit",
        "保本",
        "稳赚不赔",
        "零风险",
        "保证收益",
        "翻倍",
        "包赚",
    ],
];

/// Turns of 20, 60 and 200 characters, half of them Chinese.
fn turns() -> [String; 3] {
    let text = "你好，我上个月办的卡一直没有收到，Hello I called you twice last week，等了很久也没有人回复我，\
        and the man on the phone told me it would arrive on Monday. 現在我想註銷賬戶，can you CANCEL my card please? \
        如果今天还不能解决我就要投诉了，really I have been a customer for ten years and this is not OK，谢谢你";
    [20, 60, 200].map(|length| text.chars().cycle().take(length).collect())
}

fn index() -> PhraseIndex {
    let sets: Vec<Vec<Phrase>> = PHRASES.iter().map(|set| set.map(Phrase::from).to_vec()).collect();
    build(&sets).unwrap_or_default()
}

fn ours(index: &PhraseIndex, turn: &str) -> [bool; SETS] {
    let mut first = [NO_MATCH; SETS];
    index.first_matches(turn, &mut first);
    first.map(|at| at != NO_MATCH)
}

/// The hand-written way: fold into a kept buffer, then one automaton, then look at the letters around a match.
struct ByHand {
    automaton: AhoCorasick,
    traditional: std::collections::HashMap<char, char>,
}

impl ByHand {
    fn new() -> Self {
        let phrases = PHRASES.iter().flatten();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(aho_corasick::AhoCorasickKind::DFA))
            .build(phrases);
        let simple = |letter: char| fold_text(&letter.to_string()).chars().next();
        let pairs = ('\u{4e00}'..='\u{9fff}').filter_map(|letter| Some((letter, simple(letter)?)));
        let traditional = pairs.filter(|(from, to)| from != to).collect();
        let Ok(automaton) = automaton else { std::process::exit(1) };
        Self { automaton, traditional }
    }

    fn fold(&self, folded: &mut String, turn: &str) {
        folded.clear();
        for letter in turn.chars() {
            match letter {
                'a'..='z' | '0'..='9' => folded.push(letter),
                'A'..='Z' => folded.push(letter.to_ascii_lowercase()),
                '\u{ff01}'..='\u{ff5e}' => {
                    let half = char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter);
                    folded.push(if half.is_ascii_alphanumeric() { half.to_ascii_lowercase() } else { ' ' });
                }
                '\'' | '’' => {}
                '\u{4e00}'..='\u{9fff}' => {
                    if folded.ends_with(' ') {
                        folded.pop();
                    }
                    folded.push(self.traditional.get(&letter).copied().unwrap_or(letter));
                }
                _ if !folded.ends_with(' ') => folded.push(' '),
                _ => {}
            }
        }
    }

    fn find(&self, folded: &mut String, turn: &str) -> [bool; SETS] {
        self.fold(folded, turn);
        let bytes = folded.as_bytes();
        let mut found = [false; SETS];
        let is_word =
            |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
        for hit in self.automaton.find_overlapping_iter(folded.as_str()) {
            let cut = |inside: usize, outside: Option<usize>| is_word(Some(inside)) && is_word(outside);
            if !cut(hit.start(), hit.start().checked_sub(1)) && !cut(hit.end() - 1, Some(hit.end())) {
                let set = hit.pattern().as_usize() / 12;
                if let Some(flag) = found.get_mut(set) {
                    *flag = true;
                }
            }
        }
        found
    }
}

#[divan::bench(args = [0, 1, 2])]
fn compiled_index(bencher: Bencher, length: usize) {
    let (index, turns) = (index(), turns());
    let turn = turns.get(length).map_or("", String::as_str);
    bencher.bench_local(|| ours(black_box(&index), black_box(turn)));
}

#[divan::bench(args = [0, 1, 2])]
fn by_hand(bencher: Bencher, length: usize) {
    let (by_hand, turns) = (ByHand::new(), turns());
    let turn = turns.get(length).map_or("", String::as_str);
    let mut folded = String::new();
    bencher.bench_local(|| by_hand.find(&mut folded, black_box(turn)));
}
