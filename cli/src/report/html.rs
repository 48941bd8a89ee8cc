//! What pages for browsers have in common: one file, no script, light and dark.

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

/// A table; nothing without rows. `rows` are HTML.
pub(crate) fn table(caption: &str, heads: &[&str], rows: &str) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let heads: String =
        heads.iter().map(|head| format!("<th scope=\"col\">{}</th>", escaped(head))).collect();
    format!(
        "<div class=\"wide\"><table>\n<caption>{}</caption>\n<thead><tr>{heads}</tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table></div>\n",
        escaped(caption)
    )
}

/// A row of texts.
pub(crate) fn row<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> String {
    let cells: String =
        cells.into_iter().map(|cell| format!("<td>{}</td>", escaped(cell.as_ref()))).collect();
    format!("<tr>{cells}</tr>\n")
}

/// A cell with a bar as long as a share, and a text.
pub(crate) fn bar(share: f64, text: &str) -> String {
    let percent = share.clamp(0.0, 1.0) * 100.0;
    format!("<td class=\"bar\"><i style=\"width:{percent:.1}%\"></i>{}</td>", escaped(text))
}

/// A figure that stands large.
pub(crate) fn tile(figure: &str, name: &str) -> String {
    format!("<div><b>{}</b><span>{}</span></div>\n", escaped(figure), escaped(name))
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
        assert_eq!(row([hostile]), "<tr><td>&lt;script&gt;&quot;&amp;'</td></tr>\n");
        assert!(!document(hostile, "").contains("<script>"));
        assert_eq!(table("a", &["b"], ""), "");
        assert!(bar(7.0, "x").contains("width:100.0%"));
    }
}
