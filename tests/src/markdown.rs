//! Policies in Markdown pages: the book, and specifications by example.
//!
//! A page's code is every fence marked `tdm`. Code joins to one file, `policy.tdm`, unless a paragraph such as
//! `` `words.tdm`: `` directly above names another. A fence marked `tdm alone` is a policy of its own. A line that
//! ends in `# expect E0402` must get that finding, and no line may get an error that is not expected.
//!
//! A file keeps the lines of its page, with everything else blank, so that places in it are places in the page.

/// A policy found in a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// The heading that it stands under; the page's own for a whole page.
    pub title: String,
    /// File names and texts.
    pub files: Vec<(String, String)>,
    /// Line (from 1) and code of every finding that must be there.
    pub expected: Vec<(u32, String)>,
}

/// One fence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// Line of its first line of code, counted from 1.
    pub line: usize,
    /// Its code.
    pub text: String,
    /// The file that it is part of.
    pub file: String,
    /// A policy of its own.
    pub alone: bool,
    /// The heading of the second level that it stands under: 0 before the first.
    pub section: usize,
}

/// A page, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its heading, then those of its sections.
    pub titles: Vec<String>,
    /// Its fences in order.
    pub snippets: Vec<Snippet>,
}

const FENCE: &str = "```";
const EXPECT: &str = "# expect ";

impl Page {
    /// Reads a page.
    #[must_use]
    pub fn read(markdown: &str) -> Self {
        let mut page = Self { titles: vec![String::new()], snippets: Vec::new() };
        let mut open: Option<Snippet> = None;
        let mut other_fence = false;
        let mut file = None;
        for (index, line) in markdown.lines().enumerate() {
            if let Some(snippet) = &mut open {
                if line == FENCE {
                    page.snippets.extend(open.take());
                } else {
                    snippet.text.push_str(line);
                    snippet.text.push('\n');
                }
            } else if let Some(marks) = line.strip_prefix(FENCE).filter(|_| !other_fence) {
                other_fence = !is_ours(marks);
                let named: Option<String> = file.take();
                let name = named.unwrap_or_else(|| "policy.tdm".to_owned());
                open = is_ours(marks).then(|| page.snippet(index + 2, marks, name));
            } else {
                other_fence &= line != FENCE;
                file = page.note(line).or(file.filter(|_| line.is_empty()));
            }
        }
        page
    }

    /// One policy a section: the code before the first section, and the section's own.
    #[must_use]
    pub fn sections(&self) -> Vec<Policy> {
        let with_code = |section: &usize| self.snippets.iter().any(|snippet| snippet.section == *section);
        let policy = |section: usize| {
            let mine = self.snippets.iter().filter(|one| one.section == 0 || one.section == section);
            Policy::new(self.titles.get(section).map_or("", String::as_str), mine)
        };
        (1..self.titles.len()).filter(with_code).map(policy).collect()
    }

    /// The page as one policy, then its snippets that are policies of their own, and those that must fail, each of these
    /// within the page.
    #[must_use]
    pub fn policies(&self) -> Vec<Policy> {
        let sound = |one: &&Snippet| !one.alone && !one.must_fail();
        let title = self.titles.first().map_or("", String::as_str);
        let mut found = vec![Policy::new(title, self.snippets.iter().filter(sound))];
        for (index, snippet) in self.snippets.iter().enumerate().filter(|(_, one)| !sound(one)) {
            let title = self.titles.get(snippet.section).map_or("", String::as_str);
            let around = |at: usize, one: &Snippet| at == index || (sound(&one) && !snippet.alone);
            let mine = self.snippets.iter().enumerate().filter(|(at, one)| around(*at, one));
            found.push(Policy::new(title, mine.map(|(_, one)| one)));
        }
        found.retain(|policy| !policy.files.is_empty());
        found
    }

    fn snippet(&self, line: usize, marks: &str, file: String) -> Snippet {
        let alone = marks.split_whitespace().any(|mark| mark == "alone");
        Snippet { line, text: String::new(), file, alone, section: self.titles.len() - 1 }
    }

    /// Takes a line outside of fences; answers the file that it names.
    fn note(&mut self, line: &str) -> Option<String> {
        if let (Some(title), Some(first)) = (line.strip_prefix("# "), self.titles.first_mut()) {
            title.clone_into(first);
        } else if let Some(title) = line.strip_prefix("## ") {
            self.titles.push(title.to_owned());
        }
        let name = line.strip_prefix('`')?.strip_suffix("`:")?;
        name.ends_with(".tdm").then(|| name.to_owned())
    }
}

fn is_ours(marks: &str) -> bool {
    marks.split_whitespace().next() == Some("tdm")
}

impl Snippet {
    /// Whether some line of it must get a finding.
    #[must_use]
    pub fn must_fail(&self) -> bool {
        self.expected().next().is_some()
    }

    fn expected(&self) -> impl Iterator<Item = (u32, String)> {
        self.text.lines().enumerate().flat_map(|(index, line)| {
            let codes = line.split_once(EXPECT).map_or("", |(_, codes)| codes);
            let line = u32::try_from(self.line + index).unwrap_or(u32::MAX);
            codes.split_whitespace().map(move |code| (line, code.to_owned()))
        })
    }
}

impl Policy {
    fn new<'a>(title: &str, snippets: impl Iterator<Item = &'a Snippet>) -> Self {
        let mut policy = Self { title: title.to_owned(), ..Self::default() };
        for snippet in snippets {
            policy.expected.extend(snippet.expected());
            let at = policy.files.iter().position(|(name, _)| *name == snippet.file);
            let at = at.unwrap_or_else(|| {
                policy.files.push((snippet.file.clone(), String::new()));
                policy.files.len() - 1
            });
            if let Some((_, text)) = policy.files.get_mut(at) {
                let missing = (snippet.line - 1).saturating_sub(text.lines().count());
                text.push_str(&"\n".repeat(missing));
                text.push_str(&snippet.text);
            }
        }
        policy
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# Title\n\n```tdm\nqueue a\n```\n\n## One\n\n```text\n```tdm is not here\n```\n\n`b.tdm`:\n\n\
                        ```tdm\nqueue b # expect E0302\n```\n\n## Two\n\n```tdm alone\nqueue c\n```\n";

    #[test]
    fn files_keep_the_lines_of_their_page() {
        let page = Page::read(PAGE);
        for policy in page.sections().iter().chain(&page.policies()) {
            for (_, text) in &policy.files {
                for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
                    assert_eq!(PAGE.lines().nth(index), Some(line));
                }
            }
        }
    }

    #[test]
    fn a_section_is_a_policy_with_what_stands_before_the_first() {
        let sections = Page::read(PAGE).sections();
        let names: Vec<Vec<&str>> =
            sections.iter().map(|one| one.files.iter().map(|(name, _)| name.as_str()).collect()).collect();
        assert_eq!(names, [vec!["policy.tdm", "b.tdm"], vec!["policy.tdm"]]);
        assert_eq!(sections[0].expected, [(16, "E0302".to_owned())]);
        assert_eq!(sections[1].title, "Two");
    }

    #[test]
    fn a_page_is_one_policy_and_what_fails_or_stands_alone_is_another() {
        let policies = Page::read(PAGE).policies();
        let shown: Vec<(usize, usize)> =
            policies.iter().map(|one| (one.files.len(), one.expected.len())).collect();
        assert_eq!(shown, [(1, 0), (2, 1), (1, 0)]);
        assert_eq!(policies[2].files[0].1.trim(), "queue c");
    }
}
