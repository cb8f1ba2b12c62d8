//! A person at a screen: headless Chromium behind ChromeDriver, with or without JavaScript.
//!
//! Elements are named as a person names them: a field by its label (or its `name`), a button or a link by its
//! words. Looking works with JavaScript off too, because it goes through the debugger, not through page scripts.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use data_encoding::BASE64;
use fantoccini::elements::Element;
use fantoccini::wd::{PrintConfiguration, PrintSize, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::skip::skip;

/// No page is that long a way by keyboard.
const STOPS_AT_MOST: usize = 80;
/// Chromium's flags: no screen, no sandbox (tests run as root in containers), and not one request of its own.
const FLAGS: [&str; 8] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// Far more than a page of ours takes on a busy machine.
const PAGE_LIMIT: Duration = Duration::from_secs(10);

pub struct Browser {
    client: Client,
    width_px: u32,
    _driver: Driver,
}

/// The driver's process, its one session and the browser's profile; all gone when this is dropped.
struct Driver {
    process: Child,
    port: u16,
    session: Option<String>,
    profile: tempfile::TempDir,
    // Held open: the driver writes to it now and then.
    _output: BufReader<ChildStdout>,
}

impl Browser {
    /// A browser with an empty profile, 360 px wide; `None`, and said so, where there is none on this machine.
    pub async fn start(js: bool) -> Option<Self> {
        let (Some(driver), Some(chromium)) = (in_path("chromedriver"), in_path("chromium")) else {
            skip("no chromedriver and chromium in PATH (apt-get install chromium chromium-driver)");
            return None;
        };
        let mut driver = Driver::start(&driver);
        let mut args: Vec<String> = FLAGS.iter().map(ToString::to_string).collect();
        args.push(format!("--user-data-dir={}", driver.profile.path().display()));
        args.push("--window-size=1100,900".to_owned());
        let options = json!({ "binary": chromium, "args": args });
        let capabilities = [("goog:chromeOptions".to_owned(), options)].into_iter().collect();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .expect("chromium starts");
        driver.session = client.session_id().await.expect("a session");
        let mut browser = Self { client, width_px: 0, _driver: driver };
        browser.debugger("Emulation.setScriptExecutionDisabled", json!({ "value": !js })).await;
        browser.set_width(360).await;
        Some(browser)
    }

    /// Makes the screen this wide, in CSS pixels; under 600 it is a phone's.
    pub async fn set_width(&mut self, width_px: u32) {
        self.width_px = width_px;
        let mobile = width_px < 600;
        let metrics = json!({ "width": width_px, "height": 740, "deviceScaleFactor": 1, "mobile": mobile });
        self.debugger("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    pub async fn goto(&self, url: &str) {
        self.client.goto(url).await.expect("a page");
    }

    /// Types into the field with this label or this `name`, in place of what stood there.
    pub async fn fill(&self, field: &str, text: &str) {
        let field = self.field(field).await;
        field.clear().await.expect("a field that can be emptied");
        field.send_keys(text).await.expect("a field that can be typed into");
    }

    /// Ticks or chooses the box or radio with this label or this `name`.
    pub async fn choose(&self, field: &str) {
        self.field(field).await.click().await.expect("a choice");
    }

    /// Unfolds what lies behind these words.
    pub async fn unfold(&self, words: &str) {
        let summary = self.find(&format!("//summary[normalize-space(.)={}]", quoted(words))).await;
        summary.click().await.expect("unfolded");
    }

    /// Presses the button with these words, which leads to another page.
    pub async fn press(&self, words: &str) {
        let words = quoted(words);
        self.click(&format!(
            "//button[normalize-space(.)={words}] | //input[@type='submit' and normalize-space(@value)={words}]"
        ))
        .await;
    }

    /// Follows the link with these words.
    pub async fn follow(&self, words: &str) {
        self.click(&format!("//a[@href and normalize-space(.)={}]", quoted(words))).await;
    }

    /// Follows the first link whose words hold these.
    pub async fn follow_containing(&self, words: &str) {
        self.click(&format!("//a[@href and contains(., {})]", quoted(words))).await;
    }

    /// Somebody else sits down: the browser keeps nothing.
    pub async fn forget_all(&self) {
        self.debugger("Network.clearBrowserCookies", json!({})).await;
    }

    /// The person's machine is set to dark, or light.
    pub async fn set_dark(&self, is_dark: bool) {
        let value = if is_dark { "dark" } else { "light" };
        let features = json!([{ "name": "prefers-color-scheme", "value": value }]);
        self.debugger("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// The words of what the Tab key reaches first on the page that was just opened.
    pub async fn tab_stops(&self, count: usize) -> Vec<String> {
        let mut stops = Vec::new();
        for _ in 0..count {
            self.key(("Tab", 9, "")).await;
            stops.push(self.client.active_element().await.expect("a focus").text().await.expect("text"));
        }
        stops
    }

    /// By keyboard alone: Tab to what says this, and Enter.
    pub async fn tab_to_and_enter(&self, words: &str) {
        for _ in 0..STOPS_AT_MOST {
            self.key(("Tab", 9, "")).await;
            let focus = self.client.active_element().await.expect("a focus");
            if focus.prop("textContent").await.expect("text").unwrap_or_default().contains(words) {
                let old_page = self.find("//html").await;
                self.key(("Enter", 13, "\r")).await;
                return self.leaves(&old_page, words).await;
            }
        }
        panic!("the Tab key does not come to {words:?} on {}", self.url().await);
    }

    async fn key(&self, (key, code, text): (&str, u32, &str)) {
        for kind in ["keyDown", "keyUp"] {
            let key = json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, "text": text });
            self.debugger("Input.dispatchKeyEvent", key).await;
        }
    }

    /// How many such elements the page has.
    pub async fn count(&self, xpath: &str) -> usize {
        self.client.find_all(Locator::XPath(xpath)).await.expect("a page").len()
    }

    /// What a person can read on the page.
    pub async fn text(&self) -> String {
        self.find("//body").await.text().await.expect("text")
    }

    /// The heading of the page, if it stands on the first screen.
    pub async fn heading(&self) -> String {
        let heading = self.find("//h1").await;
        let (_, top, _, height) = heading.rectangle().await.expect("a place");
        assert!(top + height < 740.0, "{} begins below the first screen", self.url().await);
        heading.text().await.expect("text")
    }

    pub async fn title(&self) -> String {
        self.client.title().await.expect("a title")
    }

    pub async fn url(&self) -> String {
        self.client.current_url().await.expect("an address").into()
    }

    /// Asserts that nothing reaches past the right edge. A phone zooms out to show what does, so the width of what
    /// is laid out is compared with the width that was set, not with the viewport.
    pub async fn assert_no_sideways_scroll(&self) {
        let (width, _) = self.content_px().await;
        assert!(width <= f64::from(self.width_px), "{} is {width} px wide on {} px", self.url().await, self.width_px);
    }

    /// Width and height of what is laid out, in CSS pixels.
    pub async fn content_px(&self) -> (f64, f64) {
        let metrics = self.debugger("Page.getLayoutMetrics", json!({})).await;
        let size = |of: &str| metrics["cssContentSize"][of].as_f64().expect("a size");
        (size("width"), size("height"))
    }

    /// A picture of the whole page, under `target/screens`, to be looked at.
    pub async fn shot(&self, name: &str) -> PathBuf {
        let (width, height) = self.content_px().await;
        let clip = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
        let picture = json!({ "format": "webp", "quality": 60, "captureBeyondViewport": true, "clip": clip });
        let answer = self.debugger("Page.captureScreenshot", picture).await;
        let bytes = BASE64.decode(answer["data"].as_str().expect("a picture").as_bytes()).expect("base64");
        keep(&format!("{name}.webp"), &bytes)
    }

    /// The page as the printer gets it, a PDF beside the pictures. The paper is measured in centimetres.
    pub async fn print(&self, name: &str, (width, height): (f64, f64)) -> PathBuf {
        let paper = PrintConfiguration::builder().size(PrintSize { width, height }).build().expect("a paper");
        let pdf = self.client.print(paper).await.expect("a print");
        keep(&format!("{name}.pdf"), &pdf)
    }

    async fn field(&self, field: &str) -> Element {
        let words = quoted(field);
        // A label names its field by `for`, or holds it.
        self.find(&format!(
            "//*[@id=//label[normalize-space(.)={words}]/@for] \
             | //label[normalize-space(.)={words}]//*[self::input or self::select or self::textarea] \
             | //*[(self::input or self::select or self::textarea) and @name={words}]"
        ))
        .await
    }

    /// Every press and every link of ours leads to another page: waits until the old one is gone, since the driver
    /// may answer before the browser has left it.
    async fn click(&self, xpath: &str) {
        let old_page = self.find("//html").await;
        self.find(xpath).await.click().await.expect("something that can be pressed");
        self.leaves(&old_page, xpath).await;
    }

    /// Waits for the page that a press leads to.
    async fn leaves(&self, old_page: &Element, pressed: &str) {
        let gone = async {
            while old_page.tag_name().await.is_ok() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        assert!(tokio::time::timeout(PAGE_LIMIT, gone).await.is_ok(), "{pressed} led nowhere");
        let _new_page = self.find("//body").await;
    }

    async fn find(&self, xpath: &str) -> Element {
        match self.client.find(Locator::XPath(xpath)).await {
            Ok(element) => element,
            Err(error) => panic!("{}: nothing like {xpath}: {error}", self.url().await),
        }
    }

    /// One command of the browser's debugging protocol.
    async fn debugger(&self, command: &'static str, params: Value) -> Value {
        self.client.issue_cmd(DebuggerCommand { command, params }).await.expect(command)
    }
}

impl Driver {
    /// Starts the driver on a port of its own choice. It ends where that number is free in one family of addresses and taken in
    /// the other, and is started again.
    fn start(program: &Path) -> Self {
        (0..3).find_map(|_| Self::try_start(program)).expect("a port")
    }

    /// `None`: it ended before it printed its port.
    fn try_start(program: &Path) -> Option<Self> {
        let mut process = Command::new(program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let mut output = BufReader::new(process.stdout.take().expect("its output"));
        let port = (&mut output).lines().map_while(Result::ok).find_map(|line| {
            let (_, port) = line.rsplit_once("started successfully on port ")?;
            port.trim_end_matches('.').parse().ok()
        });
        let profile = tempfile::tempdir().expect("a profile folder");
        let Some(port) = port else {
            process.wait().expect("it ended");
            return None;
        };
        Some(Self { process, port, session: None, profile, _output: output })
    }

    /// The driver ends its browser only when it is asked to; killed, it would leave the browser running.
    fn end_session(&self) -> std::io::Result<()> {
        let Some(session) = &self.session else { return Ok(()) };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        let host = format!("127.0.0.1:{}", self.port);
        write!(stream, "DELETE /session/{session} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n")?;
        // The answer comes when the browser is gone.
        stream.read_exact(&mut [0])
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Also after a failed test, which is what must stay readable: nothing here may panic.
        let _ = self.end_session();
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[derive(Debug)]
struct DebuggerCommand {
    command: &'static str,
    params: Value,
}

impl WebDriverCompatibleCommand for DebuggerCommand {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (reqwest::Method, Option<String>) {
        (reqwest::Method::POST, Some(json!({ "cmd": self.command, "params": self.params }).to_string()))
    }
}

/// XPath 1.0 has no escapes: text with both kinds of quotes is put together from pieces.
fn quoted(text: &str) -> String {
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    let pieces: Vec<String> = text.split('\'').map(|piece| format!("'{piece}'")).collect();
    format!("concat({})", pieces.join(", \"'\", "))
}

fn keep(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = screens();
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("a picture on disk");
    path
}

#[expect(clippy::disallowed_methods, reason = "where a program stands is the machine's affair, not a setting")]
pub fn in_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var("PATH").ok()?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

#[expect(clippy::disallowed_methods, reason = "cargo's folder is cargo's affair, not a setting")]
fn screens() -> PathBuf {
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    Path::new(&target).join("screens")
}
