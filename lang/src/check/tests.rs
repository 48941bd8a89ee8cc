use super::check_texts;

#[test]
fn the_standard_modules_have_no_finding() {
    let checked = check_texts([("a.tdm", "route r decides priority {\n  otherwise decide priority 1\n}\n")]);
    let shown: Vec<String> = checked
        .diagnostics
        .iter()
        .map(|one| format!("{} {} {:?}", one.code.text(), one.message, checked.sources.place(one.span)))
        .collect();
    assert_eq!(shown, Vec::<String>::new());
    assert!(checked.program.is_some());
}

mod beginners;
mod campaigns;
mod deep;
mod guarantees;
mod mistakes;
mod pages;
mod policies;
mod typed;
