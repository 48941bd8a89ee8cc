//! Campaigns, laws and tickets.

use tandem_stdlib::contract::{Argument, Disposition, EntryRef, FactSource};

use super::policies::findings;
use crate::check::check_texts;
use crate::program::Program;

const POLICY: &str = include_str!("campaign.tdm");

fn checked(text: &str) -> Program {
    let checked = check_texts([("policy.tdm", text)]);
    assert_eq!(findings(&checked), Vec::<String>::new());
    checked.program.expect("a program")
}

/// Findings of the policy with one piece of text instead of another.
fn with(old: &str, new: &str) -> Vec<String> {
    assert!(POLICY.contains(old), "{old}");
    findings(&check_texts([("policy.tdm", POLICY.replacen(old, new, 1))]))
}

#[test]
fn a_campaign_has_everything_that_the_host_needs() {
    let program = checked(POLICY);
    let [campaign] = program.campaigns.as_slice() else { panic!("one campaign") };
    insta::assert_debug_snapshot!(campaign);
    let [ticket] = program.tickets.as_slice() else { panic!("one ticket") };
    insta::assert_debug_snapshot!(ticket);
}

#[test]
fn every_entry_of_a_campaign_is_a_route_without_triggers() {
    let program = checked(POLICY);
    let campaign = &program.campaigns[0];
    let named = |entry: Option<EntryRef>| {
        let route = &program.routes[entry.expect("an entry") as usize];
        assert!(route.triggers.is_empty());
        route.name.clone()
    };
    assert_eq!(named(campaign.never), "shop.renewals never");
    assert_eq!(named(campaign.order), "shop.renewals order");
    assert_eq!(named(campaign.grade), "shop.renewals grade");
}

#[test]
fn dispositions_are_the_words_of_the_prelude_in_order() {
    let program = checked(POLICY);
    let vocabulary = program.vocabularies.iter().find(|one| one.name == "disposition").expect("it");
    assert!(vocabulary.words.iter().map(String::as_str).eq(Disposition::ALL.map(Disposition::name)));
}

/// What an author may get wrong: a piece of the policy, and what stands there instead.
const MISTAKES: &[(&str, &str)] = &[
    ("only in 09:00-20:00 local", "only in 07:30-20:00 local"),
    ("only in 09:00-20:00 local time of lead.phone", "only in 09:00-20:00 local time of lead.mobile"),
    ("unsure of zone: strictest", "unsure of zone: assume Asia/Shangai"),
    ("at most 3 attempts per 7d per person, wait", "at most 5 attempts per 7d per person, wait"),
    ("at most 3 attempts per 7d per person, wait", "at most 1 attempt per day per number, wait"),
    ("wait 4h after no_answer", "wait 4h after noanswer"),
    (
        "never when lead.on_do_not_call or not lead.consented",
        "never when lead.on_do_not_call and not lead.consented",
    ),
    ("never when lead.on_do_not_call or not lead.consented", "never when not lead.consented"),
    ("consented: yes/no = no", "consented: yes/no = yes"),
    ("consented: yes/no = no", "consented: yes/no"),
    ("value: money CNY = 0 CNY", "value: money CNY"),
    (
        "keeping abandoned <= 3% of live answers over 30d\n  ring",
        "keeping abandoned <= 5% of live answers over 30d\n  ring",
    ),
    (
        "keeping abandoned <= 3% of live answers over 30d\n  ring",
        "keeping abandoned <= 3% of all calls over 30d\n  ring",
    ),
    ("pace predictive keeping abandoned <= 3% of live answers over 30d", "pace power 1.5"),
    ("pace predictive keeping", "pace predctive keeping"),
    ("ring at least 15s\n  show", "ring at least 10s\n  show"),
    ("  connect within 1s\n", "  connect within 2s\n"),
    ("  show \"+862112345678\"\n", ""),
    ("  when nobody is free say", "  # when nobody is free say"),
    ("agents of sales, at least 12", "agents of sales, at least 4"),
    ("agents of sales, at least 12", "agents of sails"),
    ("otherwise C }", "C when lead.attempts > 2 }"),
    ("on C {", "on D {"),
    ("handing over summary", "handing over sumary"),
    ("every 30d at most 3 times", "every 30d"),
    ("person is lead.person_id", "person is lead.id"),
    ("call each lead of source crm.renewals", "call each lead of source crm.customer"),
    ("  call each lead of source crm.renewals ordered by lead.value desc\n", ""),
    ("ordered by lead.value desc", "ordered by lead.name desc"),
    ("never when lead", "never when call.intent = repair or lead"),
    ("under house_rules {", "under house_rule {"),
    ("quiet 60d after refused", "quiet 60d after refusal"),
    ("priority high when", "priority higher when"),
    ("unless touched", "unless opened"),
    ("escalate to supervisor", "escalate to boss"),
    ("within 24h call back", "within 2h call back"),
    ("when assigned", "when asigned"),
    ("attempt ended no_answer", "attempt ended gone"),
    ("expect grade B", "expect grade E"),
    ("lead phone \"+8613800138000\", consented yes", "lead consented yes"),
    ("  campaign renewals\n", ""),
];

#[test]
fn mistakes_are_told_in_the_authors_words() {
    let told: Vec<String> =
        MISTAKES.iter().map(|(old, new)| format!("{new}\n    {}\n", with(old, new).join("\n    "))).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_bot_says_what_it_is_before_it_asks() {
    let text = POLICY
        .replacen("  needs consent\n", "  needs consent\n  needs AI disclosure saying robot_words\n", 1)
        .replacen(
            "  agents of sales, at least 12\n",
            "  run dialog offer\n  agents of sales, at least 12\n",
            1,
        );
    let of = |greeting: &str| {
        let dialog = format!(
            "phrases robot_words {{ en \"automated assistant\" }}\ndialog offer {{\n  say \"{greeting}\"\n  ask \"Renew?\" \
             hearing speech\n  on anything {{ end }}\n  on unresolved 2 times {{ end }}\n  on silence 2 times {{ end }}\n}}\n"
        );
        findings(&check_texts([("policy.tdm", format!("{text}{dialog}"))]))
    };
    assert_eq!(of("This is the automated assistant of the shop."), Vec::<String>::new());
    let found = of("Hello, this is the shop.");
    assert!(found.len() == 1 && found[0].contains("E1207"), "{found:?}");
}

#[test]
fn a_source_is_asked_with_what_the_lead_says() {
    let text = "record Debtor { phone: phone, account: text, product: number = 1 }\nrecord Dispute { open: yes/no }\n\
                source crm.debtors() -> Debtor\nsource crm.disputes(text, number) -> Dispute\nqueue sales\n\
                campaign debts {\n  call each lead of source crm.debtors\n  \
                let dispute = crm.disputes(lead.account, lead.product) else { open: yes }\n  \
                never when dispute.open\n  at most 3 attempts per 7d per person\n  pace progressive\n  \
                agents of sales\n}\n";
    let program = checked(text);
    let [call] = program.source_calls.as_slice() else { panic!("one look-up") };
    let leads = program.campaigns[0].leads;
    let asked = [1, 2].map(|field| Argument::Fact(FactSource::Lead(leads, field)));
    assert_eq!(call.arguments, asked);
}
