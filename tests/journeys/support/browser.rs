//! A browser without JavaScript: it keeps cookies, shows pages, fills in forms as they stand and follows a 303.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use reqwest::Method;
use reqwest::header::{COOKIE, HeaderMap, LOCATION, ORIGIN, SET_COOKIE};
use scraper::{ElementRef, Html, Selector};

use super::app::PUBLIC_URL;

const MOST_REDIRECTS: usize = 5;

pub struct Browser {
    client: reqwest::Client,
    server: SocketAddr,
    cookies: BTreeMap<String, String>,
    keeps_cookies: bool,
    /// Headers that this browser says with every request.
    says: Vec<(&'static str, String)>,
    pub page: Page,
}

/// What is shown.
#[derive(Clone, Default)]
pub struct Page {
    pub path: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub html: String,
}

/// What a press would send.
#[derive(Clone)]
pub struct Filled {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

impl Browser {
    pub fn new(server: SocketAddr) -> Self {
        show_of_hands::feed::use_ring();
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .expect("a client");
        Self { client, server, cookies: BTreeMap::new(), keeps_cookies: true, says: Vec::new(), page: Page::default() }
    }

    pub fn blocks_cookies(&mut self) {
        self.keeps_cookies = false;
        self.cookies.clear();
    }

    pub fn says(&mut self, header: &'static str, value: &str) {
        self.says.push((header, value.to_owned()));
    }

    pub fn server(&self) -> SocketAddr {
        self.server
    }

    pub fn cookies(&self) -> &BTreeMap<String, String> {
        &self.cookies
    }

    /// Another browser's cookies, as they were.
    pub fn has_cookies(&mut self, cookies: BTreeMap<String, String>) {
        self.cookies = cookies;
    }

    /// Goes to a path, or to a link of ours.
    pub async fn visit(&mut self, link: &str) -> &Page {
        self.go(Method::GET, path_of(link), None).await
    }

    /// Presses the link that says this.
    pub async fn follow(&mut self, words: &str) -> &Page {
        let link = self.page.link_that_says(words);
        self.visit(&link).await
    }

    /// Fills in the form that has these fields and presses its first button. What is not named stays as the page has it.
    pub async fn fill_and_press(&mut self, fields: &[(&str, &str)]) -> &Page {
        let filled = self.page.fill(None, fields);
        self.send(filled).await
    }

    /// The same with the button that says this.
    pub async fn press(&mut self, button: &str, fields: &[(&str, &str)]) -> &Page {
        let filled = self.page.fill(Some(button), fields);
        self.send(filled).await
    }

    /// Sends a form that was filled in before.
    pub async fn send(&mut self, filled: Filled) -> &Page {
        self.go(Method::POST, &filled.action, Some(&filled.fields)).await
    }

    /// One request and its answer, without following it. For presses that happen at once.
    pub fn request(&self, method: Method, path: &str, fields: Option<&[(String, String)]>) -> reqwest::RequestBuilder {
        let mut request = self.client.request(method, format!("http://{}{path}", self.server));
        if !self.cookies.is_empty() {
            let all: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(COOKIE, all.join("; "));
        }
        for (name, value) in &self.says {
            request = request.header(*name, value);
        }
        match fields {
            Some(fields) => request.header(ORIGIN, PUBLIC_URL).form(fields),
            None => request,
        }
    }

    async fn go(&mut self, method: Method, path: &str, fields: Option<&[(String, String)]>) -> &Page {
        let mut answer = self.request(method, path, fields).send().await.expect("an answer");
        let mut path = path.to_owned();
        for _ in 0..MOST_REDIRECTS {
            self.keep_cookies(answer.headers());
            let status = answer.status().as_u16();
            if !(300..400).contains(&status) {
                break;
            }
            let next = answer.headers().get(LOCATION).expect("a place to go").to_str().expect("text").to_owned();
            assert!(next.starts_with('/') || next.starts_with(PUBLIC_URL), "sent away to {next}");
            path_of(&next).clone_into(&mut path);
            answer = self.request(Method::GET, &path, None).send().await.expect("an answer");
        }
        // A redirect may carry a mark of its own; people see the path.
        path.truncate(path.find('?').unwrap_or(path.len()));
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let html = answer.text().await.expect("a page");
        self.page = Page { path, status, headers, html };
        &self.page
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for set in headers.get_all(SET_COOKIE).iter().filter(|_| self.keeps_cookies) {
            let set = set.to_str().expect("text");
            let (name, value) = set.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            if set.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Page {
    /// What a person reads in the main part, with single spaces.
    pub fn text(&self) -> String {
        let html = Html::parse_document(&self.html);
        let main = html.select(&selector("main")).next().unwrap_or_else(|| html.root_element());
        words_of(main)
    }

    /// Stops the story unless the page is fine and says this.
    #[track_caller]
    pub fn says(&self, sentence: &str) {
        assert!(
            self.text().contains(sentence),
            "{} ({}) does not say {sentence:?}: {}",
            self.path,
            self.status,
            self.text()
        );
    }

    #[track_caller]
    pub fn does_not_say(&self, sentence: &str) {
        assert!(!self.text().contains(sentence), "{} says {sentence:?}: {}", self.path, self.text());
    }

    /// Where the first link to the page of a pair leads.
    #[track_caller]
    pub fn pair_path(&self) -> String {
        self.links().into_iter().find(|link| link.contains("/mine/with/")).expect("the pair's page")
    }

    /// The value that a field of this page stands at.
    pub fn value(&self, name: &str) -> Option<String> {
        let html = Html::parse_document(&self.html);
        let found = html.select(&selector("input, textarea, select")).find(|field| field.attr("name") == Some(name))?;
        values_of(found).pop()
    }

    /// What can be chosen in a list.
    pub fn options(&self, name: &str) -> Vec<String> {
        let html = Html::parse_document(&self.html);
        let options = selector(&format!("select[name='{name}'] option"));
        html.select(&options).filter_map(|option| option.attr("value")).map(str::to_owned).collect()
    }

    /// What stands next to a field when something is wrong with it.
    pub fn said_at(&self, field: &str) -> String {
        let html = Html::parse_document(&self.html);
        html.select(&selector(&format!("[id='{field}-said']"))).next().map(words_of).unwrap_or_default()
    }

    /// What is in the first element that this selects.
    #[track_caller]
    pub fn inside(&self, css: &str) -> String {
        let html = Html::parse_document(&self.html);
        let found = html.select(&selector(css)).next().map(words_of);
        found.unwrap_or_else(|| panic!("{} ({}) has no {css}: {}", self.path, self.status, self.text()))
    }

    /// Every link to a page of ours.
    pub fn links(&self) -> Vec<String> {
        let html = Html::parse_document(&self.html);
        let anchors = selector("a[href]");
        let links = html.select(&anchors).filter_map(|link| link.attr("href"));
        links.filter(|link| link.starts_with('/')).map(str::to_owned).collect()
    }

    #[track_caller]
    fn link_that_says(&self, words: &str) -> String {
        let html = Html::parse_document(&self.html);
        let anchors = selector("a[href]");
        let mut links = html.select(&anchors).filter(|link| words_of(*link) == words);
        let found = links.find_map(|link| link.attr("href"));
        found.map_or_else(|| panic!("{} has no link {words:?}: {}", self.path, self.text()), str::to_owned)
    }

    pub fn has_form(&self) -> bool {
        let html = Html::parse_document(&self.html);
        html.select(&selector("main form[method=post]")).next().is_some()
    }

    #[track_caller]
    pub fn fill(&self, button: Option<&str>, fields: &[(&str, &str)]) -> Filled {
        let html = Html::parse_document(&self.html);
        let form = html
            .select(&selector("main form[method=post]"))
            .find(|form| fits(*form, button, fields))
            .unwrap_or_else(|| panic!("{} ({}) has no form for this: {}", self.path, self.status, self.text()));
        let mut sent = Vec::new();
        for field in form.select(&selector("input, textarea, select")) {
            let Some(name) = field.attr("name") else { continue };
            if fields.iter().all(|(filled, _)| *filled != name) {
                sent.extend(values_of(field).into_iter().map(|value| (name.to_owned(), value)));
            }
        }
        sent.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        if let Some(pressed) = button_of(form, button)
            && let Some(name) = pressed.attr("name")
        {
            sent.push((name.to_owned(), pressed.attr("value").unwrap_or_default().to_owned()));
        }
        let action = form.attr("action").filter(|action| !action.is_empty()).unwrap_or(&self.path);
        Filled { action: path_of(action).to_owned(), fields: sent }
    }
}

fn fits(form: ElementRef<'_>, button: Option<&str>, fields: &[(&str, &str)]) -> bool {
    let names = selector("input, textarea, select");
    button_of(form, button).is_some()
        && fields.iter().all(|(name, _)| form.select(&names).any(|field| field.attr("name") == Some(name)))
}

fn button_of<'a>(form: ElementRef<'a>, says: Option<&str>) -> Option<ElementRef<'a>> {
    let buttons = selector("button:not([type=button])");
    form.select(&buttons).find(|button| says.is_none_or(|says| words_of(*button).contains(says)))
}

/// What a field sends when nobody touches it: nothing for a box that is not ticked.
fn values_of(field: ElementRef<'_>) -> Vec<String> {
    let value = || field.attr("value").unwrap_or_default().to_owned();
    match (field.value().name(), field.attr("type")) {
        ("textarea", _) => {
            let text: String = field.text().collect();
            vec![text.strip_prefix('\n').unwrap_or(&text).to_owned()]
        }
        ("select", _) => {
            let options: Vec<_> = field.select(&selector("option")).collect();
            let chosen = options.iter().find(|option| option.attr("selected").is_some()).or(options.first());
            chosen.map(|option| option.attr("value").unwrap_or_default().to_owned()).into_iter().collect()
        }
        (_, Some("checkbox" | "radio")) if field.attr("checked").is_none() => Vec::new(),
        (_, Some("submit" | "button")) => Vec::new(),
        (_, Some("checkbox")) => vec![field.attr("value").unwrap_or("on").to_owned()],
        _ => vec![value()],
    }
}

fn words_of(element: ElementRef<'_>) -> String {
    let text: Vec<&str> = element.text().collect();
    text.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("a selector")
}

/// The path of a link of ours.
pub fn path_of(link: &str) -> &str {
    link.strip_prefix(PUBLIC_URL).unwrap_or(link)
}
