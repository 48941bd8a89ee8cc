use super::*;
use tandem_stdlib::contract::{Currency, SourceField, Vocabulary, VocabularyKind};

fn manifest() -> Manifest {
    let tier = Vocabulary {
        name: "tier".to_owned(),
        kind: VocabularyKind::Tier,
        words: ["guest", "gold", "vip"].map(str::to_owned).to_vec(),
    };
    let field = |name: &str, ty| SourceField { name: name.to_owned(), ty, sensitive: false, default: None };
    let customer = SourceSpec {
        name: "crm.customer".to_owned(),
        parameters: vec![Type::Phone],
        fields: vec![
            field("tier", Type::Word(0)),
            field("value", Type::Money(Currency(*b"CNY"))),
            field("region", Type::Text),
        ],
        within_ms: 800,
    };
    Manifest { vocabularies: vec![tier], sources: vec![customer], ..Manifest::default() }
}

fn table(text: &str) -> Result<SourceTable, Vec<TableError>> {
    SourceTable::parse(&manifest(), 0, "customers.csv", text)
}

#[test]
fn rows_answer_by_their_parameters() {
    let tables = [table("phone,region,tier,value\n+86138,north,vip,1000 CNY\n+86139,,gold,\n").unwrap()];
    let mut sources = TableSources::new(&tables);
    let mut answer = Answer::default();
    assert!(sources.answer(0, &[ArgumentValue::Text("+86138")], &mut answer));
    assert_eq!((answer.slot(0), answer.slot(1), answer.text(2)), (Some(3), Some(10_000_000), Some("north")));
    answer.clear();
    assert!(sources.answer(0, &[ArgumentValue::Text("+86139")], &mut answer));
    assert_eq!((answer.slot(0), answer.slot(1), answer.text(2)), (Some(2), None, None));
    answer.clear();
    assert!(!sources.answer(0, &[ArgumentValue::Text("+86137")], &mut answer));
    assert!(!sources.answer(1, &[ArgumentValue::Text("+86138")], &mut answer));
}

#[test]
fn every_mistake_is_told_with_its_place() {
    let errors = table("phone,tier,value\n+1,glod,100\n+2,vip,much\n+2\n").unwrap_err();
    let shown: Vec<_> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(shown.len(), 3);
    assert!(
        shown[0].starts_with(
            "customers.csv:2: column `tier`: `glod` is no word of `tier` (did you mean `gold`?)"
        )
    );
    assert!(shown[1].starts_with("customers.csv:3: column `value`: `much` is not an amount"), "{}", shown[1]);
    assert!(
        shown[2].starts_with("customers.csv:4: the row has 1 cells but the header has 3"),
        "{}",
        shown[2]
    );
}

#[test]
fn headers_name_the_fields() {
    let errors = table("phone,teir\n+1,vip\n").unwrap_err();
    assert_eq!(
        errors[0].to_string(),
        "customers.csv:1: `crm.customer` has no field `teir` (did you mean `tier`?); remove the column"
    );
}

#[test]
fn a_key_stands_once() {
    let errors = table("phone,tier\n+1,vip\n+1,gold\n").unwrap_err();
    assert_eq!(errors[0].to_string(), "customers.csv:3: `+1` stands in the table twice; keep one row");
}

#[test]
fn a_column_says_how_long_an_answer_takes() {
    let tables = [table("phone,tier,after\n+86138,vip,1500ms\n+86139,gold,\n").unwrap()];
    let mut sources = TableSources::new(&tables);
    for (number, after_ms) in [("+86138", 1_500), ("+86139", 0)] {
        let mut answer = Answer::default();
        assert!(sources.answer(0, &[ArgumentValue::Text(number)], &mut answer));
        assert_eq!(answer.after_ms(), after_ms);
    }
    let errors = table("phone,tier,after\n+86138,vip,soon\n").unwrap_err();
    assert_eq!((errors.len(), errors[0].column.as_deref()), (1, Some("after")));
}
