//! `queue`.

use tandem_stdlib::words::ServiceLevelFormula;

use super::expression::within;
use super::grammar::{Node, Reader, Rule};
use super::literal::{quoted, spanned_duration, spanned_number};
use super::members::{first, is_plain, statements};
use super::route::reasoned;
use super::vocabulary::number_range;
use crate::layout::Statement;
use crate::tree::{
    Item, Levels, Preference, Promise, Queue, ServiceLevel, SkillNeed, WaitingAction, WaitingStep,
};

/// `queue a, b { needs … }`
pub(super) fn queue(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let head = reader.read(Rule::queue_head, item.span)?;
    let mut queue = Queue {
        names: head.all(Rule::name).map(|name| name.as_name()).collect(),
        needs: Vec::new(),
        promise: None,
        waiting: Vec::new(),
        cap: None,
        prefer: None,
        ring: None,
        wrap_up: None,
        ageing: None,
        span: item.whole(),
    };
    for statement in item.block.iter().flat_map(|block| &block.statements) {
        line(reader, statement, &mut queue);
    }
    Some(Item::Queue(Box::new(queue)))
}

fn line(reader: &mut Reader<'_>, statement: &Statement, queue: &mut Queue) {
    if reader.word(statement) == "while" && !statement.broken {
        return while_waiting(reader, statement, queue);
    }
    if !is_plain(reader, statement) {
        return;
    }
    let rule = match reader.word(statement) {
        "needs" => Rule::needs_line,
        "promise" => Rule::promise_line,
        "at" => Rule::cap_line,
        "prefer" => Rule::prefer_line,
        "ring" => Rule::ring_line,
        "after" => Rule::wrap_up_line,
        "priority" => Rule::ageing_line,
        _ => {
            const WORDS: [&str; 8] = [
                "needs",
                "promise",
                "while waiting",
                "at most",
                "prefer",
                "ring",
                "after-call work",
                "priority rises",
            ];
            return reader.unknown_statement(statement, "queue", &WORDS);
        }
    };
    let Some(node) = reader.read(rule, statement.span) else { return };
    if !add(reader, queue, &node) {
        reader.second_line(statement, "queue", "write one, or declare a second queue");
    }
}

/// Takes a line in; `false` when such a line was there before.
fn add(reader: &mut Reader<'_>, queue: &mut Queue, line: &Node<'_>) -> bool {
    match line.rule() {
        Rule::needs_line => {
            let free = queue.needs.is_empty();
            queue.needs.extend(line.all(Rule::skills_together).map(|group| needs(reader, &group)));
            free
        }
        Rule::promise_line => first(&mut queue.promise, promise(reader, line)),
        Rule::cap_line => {
            let number = line.child(Rule::number).map(|number| spanned_number(reader, &number));
            first(&mut queue.cap, number.map(|number| (number, line.name())))
        }
        Rule::prefer_line => first(&mut queue.prefer, preference(reader, line)),
        Rule::ring_line => first(&mut queue.ring, within(reader, line)),
        Rule::wrap_up_line => first(&mut queue.wrap_up, within(reader, line)),
        _ => {
            let points = line.child(Rule::number).map(|number| spanned_number(reader, &number));
            first(&mut queue.ageing, points.zip(within(reader, line)))
        }
    }
}

fn needs(reader: &mut Reader<'_>, group: &Node<'_>) -> Vec<SkillNeed> {
    let need = |need: Node<'_>| Some(SkillNeed { skill: need.name()?, levels: levels(reader, &need) });
    group.all(Rule::skill_need).filter_map(need).collect()
}

fn levels(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Levels> {
    number_range(reader, &node.child(Rule::levels)?)
}

fn promise(reader: &mut Reader<'_>, line: &Node<'_>) -> Option<Promise> {
    let share = spanned_number(reader, &line.child(Rule::percent)?);
    Some(Promise { share, level: service_level(reader, &line.child(Rule::service_level)?)? })
}

/// `answered within 10s of offered excluding abandoned under 5s`
pub(super) fn service_level(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<ServiceLevel> {
    use ServiceLevelFormula::{
        CountingAbandonedInTime, CountingShort, ExcludingAbandonedInTime, ExcludingShort, OfAnswered,
        OfOffered,
    };
    let mut spans = node.all(Rule::duration);
    let within = spanned_duration(reader, &spans.next()?);
    let short = spans.next().map(|short| spanned_duration(reader, &short));
    let formula = match (node.has(Rule::kw_excluding), node.has(Rule::kw_counting), short) {
        (true, _, Some(_)) => ExcludingShort,
        (true, ..) => ExcludingAbandonedInTime,
        (_, true, Some(_)) => CountingShort,
        (_, true, None) => CountingAbandonedInTime,
        _ if node.has(Rule::kw_offered) => OfOffered,
        _ => OfAnswered,
    };
    Some(ServiceLevel { within, formula, short })
}

fn while_waiting(reader: &mut Reader<'_>, statement: &Statement, queue: &mut Queue) {
    if reader.read(Rule::waiting_head, statement.span).is_none() {
        return;
    }
    if !queue.waiting.is_empty() {
        return reader.second_line(statement, "queue", "write all steps into one block");
    }
    for step in statements(reader, statement) {
        let Some(line) = reader.read(Rule::waiting_line, step.span) else { continue };
        let action = line.child(Rule::waiting_action).and_then(|action| waiting_action(reader, &action));
        if let (Some(after), Some(action)) = (within(reader, &line), action) {
            queue.waiting.push(WaitingStep { after, action, span: step.span });
        }
    }
}

fn waiting_action(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<WaitingAction> {
    Some(match node.children().next()?.rule() {
        Rule::kw_accept => match levels(reader, node) {
            Some(levels) => WaitingAction::AcceptLevels(levels),
            None => WaitingAction::AcceptSkill(node.name()?),
        },
        Rule::kw_offer => WaitingAction::OfferCallback,
        Rule::kw_overflow => WaitingAction::Overflow(node.name()?),
        Rule::kw_also => WaitingAction::Also(node.name()?),
        Rule::kw_priority => WaitingAction::Priority(spanned_number(reader, &node.child(Rule::number)?)),
        Rule::kw_play => WaitingAction::Play(quoted(reader, &node.child(Rule::quoted)?)),
        Rule::kw_announce => WaitingAction::AnnounceWait,
        _ => WaitingAction::HangUp,
    })
}

fn preference(reader: &mut Reader<'_>, line: &Node<'_>) -> Option<Preference> {
    if let Some(score) = reasoned(reader, line) {
        return Some(Preference::Score(score));
    }
    let node = line.child(Rule::preference)?;
    let mut words = node.children().map(|word| word.rule());
    Some(match (words.next()?, words.next()) {
        (Rule::kw_longest, _) => Preference::LongestIdle,
        (Rule::kw_least, Some(Rule::kw_occupied)) => Preference::LeastOccupied,
        (Rule::kw_least, _) => Preference::LeastSkilled,
        (Rule::kw_most, _) => Preference::MostSkilled,
        (Rule::kw_round, _) => Preference::RoundRobin,
        (Rule::kw_weighted, _) => Preference::Weighted,
        _ => Preference::OwnerFirst,
    })
}
