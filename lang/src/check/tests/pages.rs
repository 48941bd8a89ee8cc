use std::path::Path;

use super::policies::findings;
use crate::check::check_texts;
use crate::diagnostics::Code;

/// The texts of a page's ```tdm fences.
fn fences(page: &str) -> Vec<String> {
    let mut fences = Vec::new();
    let mut open: Option<String> = None;
    for line in page.lines() {
        match (&mut open, line) {
            (None, "```tdm") => open = Some(String::new()),
            (Some(_), "```") => fences.extend(open.take()),
            (Some(text), line) => {
                text.push_str(line);
                text.push('\n');
            }
            _ => {}
        }
    }
    fences
}

fn codes(text: &str) -> Vec<&'static str> {
    check_texts([("page.tdm", text)]).diagnostics.iter().map(|one| one.code.text()).collect()
}

#[test]
fn every_code_has_a_page_whose_examples_do_what_they_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagnostics");
    let mut wrong = Vec::new();
    for code in Code::ALL {
        let name = code.text();
        let Ok(page) = std::fs::read_to_string(folder.join(format!("{name}.md"))) else {
            wrong.push(format!("{name} has no page"));
            continue;
        };
        let fences = fences(&page);
        let (failing, corrected): (Vec<_>, Vec<_>) =
            fences.iter().partition(|text| text.starts_with(&format!("# expect {name}\n")));
        // Bytes that are no text, files of many megabytes and tables of countless rows cannot stand on a page.
        let unshowable = matches!(code, Code::NotUtf8 | Code::FileTooLarge | Code::NotFullyChecked);
        if !unshowable && (failing.is_empty() || corrected.is_empty()) {
            wrong.push(format!("{name} shows no failing or no corrected example"));
        }
        for text in failing {
            if codes(text) != [name] {
                wrong.push(format!("{name} yields {:?}", findings(&check_texts([("page.tdm", text)]))));
            }
        }
        for text in corrected {
            if !codes(text).is_empty() {
                wrong.push(format!("{name}, corrected: {:?}", findings(&check_texts([("page.tdm", text)]))));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
