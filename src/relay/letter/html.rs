//! Turns HTML into text as a reader sees it: blocks break lines, hidden elements stay hidden, a quote is marked with
//! `>`, a link is its text and its address. Nothing remote is ever asked for; no markup survives. Called by read.

use std::collections::HashSet;

use html2text::{Document, Element, Handle};

use super::links::target;
use super::style::{hidden_by_style, hides};

/// What read needs of an HTML part.
pub(super) struct Page {
    pub text: String,
    /// An element that mail programs mark as the signature was dropped.
    pub signature_cut: bool,
}

const UNSEEN: &[&str] = &[
    "head", "script", "style", "title", "template", "noscript", "svg", "math", "object", "iframe", "textarea",
    "select", "button", "input", "audio", "video", "map", "meta", "link",
];
const BLOCKS: &[&str] = &[
    "div", "tr", "li", "table", "section", "article", "header", "footer", "address", "center", "form", "fieldset",
    "dt", "dd", "dl", "hr", "main", "aside", "nav", "figure", "caption", "tbody", "body", "ul", "ol",
];
const PARAGRAPHS: &[&str] = &["p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote"];
/// Class or id of the element in which a mail program puts the signature.
const SIGNATURES: &[&str] = &[
    "gmail_signature",
    "moz-signature",
    "signature",
    "x_signature",
    "ms-outlook-mobile-signature",
    "ms-outlook-ios-signature",
    "ms-outlook-android-signature",
    "applemailsignature",
    "protonmail_signature_block",
    "zmail_signature",
    "yahoo-signature",
    "ymail_android_signature",
];
/// A quote in a quote in a quote is dropped anyway; this bounds the marks in front of a line.
const QUOTES_MOST: usize = 8;

/// Soft hyphens, which nobody sees, and hard spaces, which are spaces here: pages may hold thousands of both, and each
/// costs the library a look through the rest of the text.
pub(super) const REPLACED: [char; 2] = ['\u{AD}', '\u{A0}'];

/// `None` when the parser gives up.
pub(super) fn to_text(html: &str) -> Option<Page> {
    let light = html.contains(REPLACED).then(|| html.replace(REPLACED[0], "").replace(REPLACED[1], " "));
    let html = light.as_deref().unwrap_or(html);
    let dom = html2text::config::plain().parse_html(html.as_bytes()).ok()?;
    let mut walk = Walk { hidden: hidden_by_style(html), ..Walk::default() };
    // A stack of our own: a page may nest deeper than the thread's stack goes.
    let mut todo = vec![Step::Enter(dom.document.clone())];
    while let Some(step) = todo.pop() {
        match step {
            Step::Leave(end) => walk.leave(end),
            Step::Enter(node) => {
                if let Some(end) = walk.enter(&node) {
                    todo.push(Step::Leave(end));
                    todo.extend(node.children.borrow().iter().rev().cloned().map(Step::Enter));
                }
            }
        }
    }
    Some(Page { text: walk.text, signature_cut: walk.signature_cut })
}

enum Step {
    Enter(Handle),
    Leave(End),
}

/// What is due when an element ends.
enum End {
    Nothing,
    Block { blank_lines: usize },
    Quote,
    Preformatted,
    Cell,
    Link { target: String, text_from: usize },
}

#[derive(Default)]
struct Walk {
    text: String,
    hidden: HashSet<String>,
    signature_cut: bool,
    quotes: usize,
    /// Depth of the line being written.
    line_quotes: usize,
    preformatted: usize,
    /// Line breaks owed before the next visible character.
    breaks: usize,
    space: bool,
    /// The next visible character begins an item of a list.
    item: bool,
}

impl Walk {
    /// `None`: neither the element nor what is in it is seen.
    fn enter(&mut self, node: &Handle) -> Option<End> {
        match &node.data {
            Document => Some(End::Nothing),
            Element { name, .. } => self.element(node, &name.local),
            _ => {
                self.write(&text_of(node));
                None
            }
        }
    }

    fn element(&mut self, node: &Handle, name: &str) -> Option<End> {
        let marks = marks(node);
        if UNSEEN.contains(&name) || self.is_hidden(node, name, &marks) {
            return None;
        }
        if marks.iter().any(|mark| SIGNATURES.contains(&mark[1..].to_ascii_lowercase().as_str())) {
            self.signature_cut = true;
            return None;
        }
        Some(match name {
            "br" => {
                self.breaks += 1;
                End::Nothing
            }
            "blockquote" => {
                self.break_line(2);
                self.quotes += 1;
                End::Quote
            }
            "pre" => {
                self.break_line(2);
                self.preformatted += 1;
                End::Preformatted
            }
            "li" => {
                self.break_line(1);
                self.item = true;
                End::Block { blank_lines: 0 }
            }
            "td" | "th" => End::Cell,
            "a" => {
                End::Link { target: target(&attribute(node, "href").unwrap_or_default()), text_from: self.text.len() }
            }
            _ if PARAGRAPHS.contains(&name) => {
                self.break_line(2);
                End::Block { blank_lines: 1 }
            }
            _ if BLOCKS.contains(&name) => {
                self.break_line(1);
                End::Block { blank_lines: 0 }
            }
            _ => End::Nothing,
        })
    }

    fn leave(&mut self, end: End) {
        match end {
            End::Nothing => {}
            End::Block { blank_lines } => self.break_line(1 + blank_lines),
            End::Cell => self.space = true,
            End::Quote => {
                self.break_line(2);
                self.quotes = self.quotes.saturating_sub(1);
            }
            End::Preformatted => {
                self.break_line(2);
                self.preformatted = self.preformatted.saturating_sub(1);
            }
            End::Link { target, text_from } => {
                let shown = self.text.get(text_from..).unwrap_or_default().trim();
                let bare = |s: &str| {
                    s.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned()
                };
                if !target.is_empty() && !shown.is_empty() && bare(shown) != bare(&target) {
                    self.write(&format!(" ({target})"));
                }
            }
        }
    }

    fn is_hidden(&self, node: &Handle, name: &str, marks: &[String]) -> bool {
        attribute(node, "hidden").is_some()
            || attribute(node, "style").is_some_and(|style| hides(&style))
            || self.hidden.contains(name)
            || marks.iter().any(|mark| self.hidden.contains(mark))
    }

    fn break_line(&mut self, least: usize) {
        if !self.text.is_empty() {
            self.breaks = self.breaks.max(least);
        }
        self.space = false;
    }

    fn write(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.preformatted > 0 => self.breaks += 1,
                ' ' | '\t' if self.preformatted > 0 => self.push(' '),
                c if c.is_whitespace() => self.space = true,
                c => self.push(c),
            }
        }
    }

    fn push(&mut self, c: char) {
        if self.breaks > 0 || self.text.is_empty() {
            let quotes = self.quotes.min(QUOTES_MOST);
            if !self.text.is_empty() {
                // An empty line between two depths belongs to the lower one.
                let between = "> ".repeat(quotes.min(self.line_quotes));
                for _ in 1..self.breaks.min(3) {
                    self.text.push('\n');
                    self.text.push_str(between.trim_end());
                }
                self.text.push('\n');
            }
            self.text.push_str(&"> ".repeat(quotes));
            self.line_quotes = quotes;
            self.breaks = 0;
        } else if self.space {
            self.text.push(' ');
        }
        if std::mem::take(&mut self.item) {
            self.text.push_str("- ");
        }
        self.space = false;
        self.text.push(c);
    }
}

/// The text of a text node; empty for comments and the like. html2text does not name its text nodes, so the node is
/// written as HTML, where all but a text begin with `<` and a text has four characters escaped (HTML 13.3).
fn text_of(node: &Handle) -> String {
    let mut html = Vec::new();
    let written = node.serialize(&mut html);
    let html = String::from_utf8(html).unwrap_or_default();
    if written.is_err() || html.starts_with('<') {
        return String::new();
    }
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\u{A0}").replace("&amp;", "&")
}

fn attribute(node: &Handle, name: &str) -> Option<String> {
    let Element { attrs, .. } = &node.data else { return None };
    attrs.borrow().iter().find(|a| &*a.name.local == name).map(|a| a.value.to_string())
}

/// The element's classes and id as a style sheet names them: `.class`, `#id`.
fn marks(node: &Handle) -> Vec<String> {
    let classes = attribute(node, "class").unwrap_or_default();
    let mut marks: Vec<String> = classes.split_whitespace().map(|class| format!(".{class}")).collect();
    marks.extend(attribute(node, "id").map(|id| format!("#{}", id.trim())));
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        to_text(html).unwrap().text
    }

    #[test]
    fn blocks_break_lines_and_inline_tags_do_not() {
        assert_eq!(text("<div>a</div><div>b</div>"), "a\nb");
        assert_eq!(text("<p>one</p><p>two<br>three</p>"), "one\n\ntwo\nthree");
        assert_eq!(text("j<b>o</b>@exam<i>ple</i>.org"), "jo@example.org");
        assert_eq!(text("<table><tr><td>a<td>b<tr><td>c</table>"), "a b\nc");
        assert_eq!(text("<ul><li>a<li><div>b</div></ul>"), "- a\n- b");
        assert_eq!(text("<pre>x  y\nz</pre>"), "x  y\nz");
        assert_eq!(text("<div>a</div><div><br></div><div>b</div>"), "a\n\nb");
    }

    #[test]
    fn what_is_hidden_stays_hidden() {
        for html in [
            "seen<!-- x -->",
            "seen<span hidden>x</span>",
            "seen<span style='Display : NONE'>x</span>",
            "seen<div style='font-size:0px'>x</div>",
            "<style>.g, td.h{color:red;display:none!important}</style>seen<i class='a h'>x</i><i class=g>x</i>",
            "<title>x</title>seen<script>x</script><img alt=x src=http://t.example/p.gif>",
        ] {
            assert_eq!(text(html), "seen", "{html}");
        }
        let screen_only = "<style>@media (max-width:1px){.g{display:none}}</style><i class=g>seen</i>";
        assert_eq!(text(screen_only), "seen");
    }

    #[test]
    fn a_link_is_its_text_and_its_address() {
        assert_eq!(
            text("<a href='https://x.example/a?utm_source=m&id=1&fbclid=2'>here</a>"),
            "here (https://x.example/a?id=1)"
        );
        assert_eq!(text("<a href='https://x.example/'>x.example</a>"), "x.example");
        assert_eq!(text("<a href='mailto:jo@x.example'>Jo</a>"), "Jo");
        assert_eq!(text("<a href='javascript:x'>Jo</a>"), "Jo");
    }

    #[test]
    fn quotes_are_marked_and_signatures_dropped() {
        assert_eq!(
            text("<p>a<blockquote>b<br>c<blockquote>d</blockquote></blockquote>e"),
            "a\n\n> b\n> c\n>\n> > d\n\ne"
        );
        let page = to_text("a<div class='gmail_signature'>Jo Smith</div>").unwrap();
        assert!(page.signature_cut && page.text == "a");
    }

    #[test]
    fn deep_nesting_is_walked() {
        assert_eq!(text(&("<div>".repeat(3_000) + "x")), "x");
    }
}
