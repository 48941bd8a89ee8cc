//! What pages for browsers have in common: one file, no script, light and dark, on paper too.

const STYLE: &str = include_str!("page.css");

/// A whole page of a title and a body.
pub(crate) fn document(title: &str, body: &str) -> String {
    let title = escaped(title);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n"
    )
}

/// What the cells of a table are, but for the first column, which names its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cells {
    /// Figures, which stand under each other by their last digits.
    Numbers,
    /// Words, which begin at the left and are broken into lines.
    Texts,
}

/// A table of figures; nothing without rows. `rows` are HTML.
pub(crate) fn table(caption: &str, heads: &[&str], rows: &str) -> String {
    table_of(Cells::Numbers, caption, heads, rows)
}

/// A table; nothing without rows. `rows` are HTML.
pub(crate) fn table_of(cells: Cells, caption: &str, heads: &[&str], rows: &str) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let head = |head: &&str| match *head {
        "" => "<td></td>".to_owned(),
        head => format!("<th scope=\"col\">{}</th>", escaped(head)),
    };
    let heads: String = heads.iter().map(head).collect();
    let class = if cells == Cells::Texts { " class=\"texts\"" } else { "" };
    let caption = escaped(caption);
    format!(
        "<div class=\"wide\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\"><table{class}>\n\
         <caption>{caption}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
    )
}

/// A row of texts, the first of which names it.
pub(crate) fn row<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> String {
    row_with(cells, "")
}

/// A row of texts, the first of which names it, and a last cell that is HTML.
pub(crate) fn row_with<T: AsRef<str>>(cells: impl IntoIterator<Item = T>, last: &str) -> String {
    format!("<tr>{}{last}</tr>\n", cells_of(cells))
}

/// Cells of texts, the first of which names their row.
pub(crate) fn cells_of<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> String {
    let cell = |(at, cell): (usize, T)| match at {
        0 => format!("<th scope=\"row\">{}</th>", breakable(cell.as_ref())),
        _ => format!("<td>{}</td>", escaped(cell.as_ref())),
    };
    cells.into_iter().enumerate().map(cell).collect()
}

/// A cell of words in a table of figures.
pub(crate) fn text_cell(text: &str) -> String {
    format!("<td class=\"text\">{}</td>", escaped(text))
}

/// A cell that says what came of something: by its words, and by a colour beside them.
pub(crate) fn judged(met: Option<bool>, text: &str) -> String {
    let (class, sign) = match met {
        Some(true) => ("met", "✓ "),
        Some(false) => ("missed", "✗ "),
        None => ("open", ""),
    };
    format!("<td class=\"{class}\">{sign}{}</td>", escaped(text))
}

/// A cell with a bar as long as a share, and a text.
pub(crate) fn bar(share: f64, text: &str) -> String {
    let percent = share.clamp(0.0, 1.0) * 100.0;
    format!("<td class=\"bar\"><i style=\"width:{percent:.1}%\"></i>{}</td>", escaped(text))
}

/// A cell with a bar whose colour and sign tell whether its share is enough; `None`: nothing was wanted.
pub(crate) fn judged_bar(met: Option<bool>, share: f64, text: &str) -> String {
    match met {
        Some(false) => bar(share, &format!("✗ {text}")).replacen("\"bar\"", "\"bar short-of\"", 1),
        _ => bar(share, text),
    }
}

/// A figure that stands large, what it is, and how sure it is.
pub(crate) fn tile(figure: &str, name: &str) -> String {
    format!("<div><b>{}</b><span>{}</span></div>\n", escaped(figure), escaped(name))
}

/// Paragraphs as a list; nothing for none.
pub(crate) fn list(lines: &[String]) -> String {
    let items: String = lines.iter().map(|line| format!("<li>{}</li>\n", escaped(line))).collect();
    if items.is_empty() { items } else { format!("<ul>\n{items}</ul>\n") }
}

/// What came of everything, in one line that is seen first.
pub(crate) fn verdict(met: Option<bool>, text: &str) -> String {
    let (class, sign) = match met {
        Some(true) => ("met", "✓"),
        Some(false) => ("missed", "✗"),
        None => ("open", "–"),
    };
    format!("<p class=\"verdict {class}\"><b aria-hidden=\"true\">{sign}</b> {}</p>\n", escaped(text))
}

/// A name that may be broken between its words; copied, it is the name again.
fn breakable(name: &str) -> String {
    escaped(name).replace('_', "_<wbr>").replace('.', ".<wbr>").replace('/', "/<wbr>")
}

/// Text that can stand in HTML, in attributes too.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_calls_bring_stays_text() {
        let hostile = "<script>\"&'";
        assert_eq!(row([hostile]), "<tr><th scope=\"row\">&lt;script&gt;&quot;&amp;'</th></tr>\n");
        assert_eq!(row(["a_b"]), "<tr><th scope=\"row\">a_<wbr>b</th></tr>\n");
        assert!(!document(hostile, "").contains("<script>"));
        assert!(!table(hostile, &[hostile], &row([hostile])).contains("<script>"));
        assert!(!list(&[hostile.to_owned()]).contains("<script>"));
        assert_eq!(table("a", &["b"], ""), "");
        assert!(bar(7.0, "x").contains("width:100.0%"));
    }

    #[test]
    fn a_verdict_is_more_than_a_colour() {
        assert!(judged(Some(false), "missed").contains("✗ missed"));
        assert!(judged(None, "not measured").contains("class=\"open\""));
    }
}
