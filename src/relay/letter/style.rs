//! Which parts of a page its own styles hide. Only what is plain to decide is decided: single selectors, single
//! declarations; a page that hides by cleverer means shows a little more text. Called by html.

use std::collections::HashSet;

/// Declarations that leave nothing to see.
pub(super) fn hides(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    style.split(';').any(|declaration| {
        let value = declaration.trim_end_matches("!important");
        matches!(
            value,
            "display:none" | "visibility:hidden" | "mso-hide:all" | "opacity:0" | "max-height:0" | "max-height:0px"
        ) || value.strip_prefix("font-size:").is_some_and(|size| size.trim_end_matches(char::is_alphabetic) == "0")
    })
}

/// Simple selectors (`.x`, `#x`, `x`, `td.x`) that the page's own style sheets hide; what holds only on some screens
/// (`@media`) does not count.
pub(super) fn hidden_by_style(html: &str) -> HashSet<String> {
    let lower = html.to_ascii_lowercase();
    let mut hidden = HashSet::new();
    let mut from = 0;
    while let Some(open) = lower[from..].find("<style").map(|at| from + at) {
        let end = lower[open..].find("</style").map_or(html.len(), |at| open + at);
        let mut depth = 0_usize;
        let mut selector = String::new();
        let mut body = String::new();
        let start = html[open..end].find('>').map_or(end, |at| open + at + 1);
        for c in html[start..end].chars() {
            match c {
                '{' => depth += 1,
                '}' if depth == 1 => {
                    if hides(&body) && !selector.contains('@') {
                        hidden.extend(selector.split(',').filter_map(simple_selector));
                    }
                    selector.clear();
                    body.clear();
                    depth = 0;
                }
                '}' => depth = depth.saturating_sub(1),
                _ if depth == 0 => selector.push(c),
                _ if depth == 1 => body.push(c),
                _ => {}
            }
        }
        from = end.max(open + 1);
    }
    hidden
}

fn simple_selector(selector: &str) -> Option<String> {
    let selector = selector.rsplit("-->").next()?.trim().trim_start_matches("<!--").trim();
    let name = selector.find(['.', '#']).map_or(selector, |at| &selector[at..]);
    let is_simple = !name.is_empty() && name[1..].chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    (is_simple && !matches!(name, "body" | "html" | "*" | "div" | "p")).then(|| name.to_owned())
}
