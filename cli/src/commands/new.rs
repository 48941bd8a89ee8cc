//! `tandem new`: a policy that runs, from a page of the book.
//!
//! A template is its page: the same snippets that the page explains and that the book's tests run.

use std::io::Write as _;
use std::path::Path;

use crate::arguments::{NewArguments, Template, TemplateLanguage};
use crate::failure::{Failure, Outcome};

/// Writes a folder with the policy of a page.
///
/// # Errors
/// When the folder has a policy already or cannot be written.
pub(crate) fn run(arguments: &NewArguments) -> Result<Outcome, Failure> {
    let folder = &arguments.folder;
    let page = page(arguments.template, arguments.language);
    std::fs::create_dir_all(folder).map_err(|error| Failure::io("make", folder, &error))?;
    let path = folder.join("policy.tdm");
    let made = std::fs::File::create_new(&path).map_err(|error| exists(&path, &error))?;
    write(made, page).map_err(|error| Failure::io("write", &path, &error))?;
    let shown = folder.display();
    let next = format!("wrote {}; next: `tandem check {shown}`, `tandem test {shown}`", path.display());
    writeln!(std::io::stderr(), "{next}").map_err(|error| Failure::output(&error))?;
    Ok(Outcome::Clean)
}

fn exists(path: &Path, error: &std::io::Error) -> Failure {
    match error.kind() {
        std::io::ErrorKind::AlreadyExists => Failure::new(format!("`{}` is there already", path.display()))
            .help("name a folder without a policy"),
        _ => Failure::io("write", path, error),
    }
}

fn write(mut file: std::fs::File, page: &str) -> std::io::Result<()> {
    file.write_all(policy(page).as_bytes())
}

/// The page that a template is.
const fn page(template: Template, language: TemplateLanguage) -> &'static str {
    use {Template::*, TemplateLanguage::*};
    match (template, language) {
        (Routing, En) => include_str!("../../../docs/book/first-policy.md"),
        (Routing, Zh) => include_str!("../../../docs/book/zh/first-policy.md"),
        (Collections, En) => include_str!("../../../docs/book/how-to-collections.md"),
        (Collections, Zh) => include_str!("../../../docs/book/zh/collections.md"),
        (Renewals, En) => include_str!("../../../docs/book/how-to-renewals.md"),
        (Renewals, Zh) => include_str!("../../../docs/book/zh/renewals.md"),
        (Repairs, En) => include_str!("../../../docs/book/how-to-repairs.md"),
        (Repairs, Zh) => include_str!("../../../docs/book/zh/repairs.md"),
    }
}

/// The snippets of a page, one after another, without those that are mistakes on purpose.
fn policy(page: &str) -> String {
    let blocks = page.split("\n```tdm\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    let sound = blocks.filter(|block| !block.contains("# expect "));
    sound.collect::<Vec<_>>().join("\n\n") + "\n"
}
