//! What comes out of the printer for a meeting: one page on either paper, no page furniture, and a square that leads where
//! the letters under it say.

use std::path::Path;
use std::process::Command;

use crate::browser::{Browser, in_path};
use crate::service::Service;
use crate::skip::skip;

/// Centimetres.
const PAPERS: [(&str, (f64, f64)); 2] = [("a4", (21.0, 29.7)), ("letter", (21.59, 27.94))];
/// Dots an inch of the pictures that are looked at.
const DPI: usize = 100;
/// On no paper: the way back, the switch to the other language, Leave, the foot.
const FURNITURE: [&str; 6] = ["Back to the desk", "Volver a la mesa", "Español", "English", "Leave", "988"];

/// Pages of a PDF as poppler draws and reads them.
struct Printed {
    pages: Vec<Gray>,
    text: String,
}

struct Gray {
    width: usize,
    height: usize,
    dots: Vec<u8>,
}

#[actix_web::test]
async fn paper_fits_on_one_page_and_its_square_leads_where_it_says() {
    if in_path("pdftoppm").is_none() || in_path("pdftotext").is_none() {
        skip("no pdftoppm and pdftotext in PATH (apt-get install poppler-utils)");
        return;
    }
    let Some(browser) = Browser::start(false).await else { return };
    let service = Service::start().await;
    service.opens_desk(&browser).await;
    for (language, kind, leads_to) in
        [("", "sheet", "/raise"), ("/es", "sheet", "/es/raise"), ("", "flyer", ""), ("/es", "flyer", "/es")]
    {
        browser.goto(&service.url(&format!("{language}/desk/print/{kind}"))).await;
        for (paper, size) in PAPERS {
            let name = format!("print-{kind}{}-{paper}", language.replace('/', "-"));
            let printed = Printed::read(&browser.print(&name, size).await);
            let address = service.url(leads_to);
            assert_eq!(printed.pages.len(), 1, "{name}");
            let page = &printed.pages[0];
            assert!(page.is_as_large_as(size), "{name} is {} by {} dots", page.width, page.height);
            assert_eq!(page.scan(), std::slice::from_ref(&address), "{name}");
            assert!(printed.text.lines().any(|line| line.trim() == address), "{name}: {}", printed.text);
            let furniture = FURNITURE.into_iter().find(|words| printed.text.contains(words));
            assert_eq!(furniture, None, "{name}: {}", printed.text);
            assert_eq!(page.edge(), None, "{name}: ink where a printer has no reach");
        }
    }
    service.stop().await;
}

impl Printed {
    fn read(pdf: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let page = folder.path().join("page");
        run(Command::new("pdftoppm").args(["-gray", "-r", &DPI.to_string()]).arg(pdf).arg(&page));
        let text = run(Command::new("pdftotext").args(["-layout"]).arg(pdf).arg("-"));
        let files = std::fs::read_dir(folder.path()).expect("pages").map(|file| file.expect("a page").path());
        let pages = files.map(|file| Gray::parse(&std::fs::read(file).expect("a page"))).collect();
        Self { pages, text: String::from_utf8(text).expect("UTF-8") }
    }
}

fn run(command: &mut Command) -> Vec<u8> {
    let done = command.output().expect("poppler runs");
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
    done.stdout
}

impl Gray {
    /// PGM: "P5", width, height, 255, each followed by one white space, then a byte a dot.
    fn parse(file: &[u8]) -> Self {
        let mut rest = file;
        let mut word = || {
            let end = rest.iter().position(u8::is_ascii_whitespace).expect("a head");
            let (word, after) = rest.split_at(end);
            rest = &after[1..];
            String::from_utf8(word.to_vec()).expect("ASCII")
        };
        assert_eq!(word(), "P5");
        let (width, height) = (word().parse().expect("a width"), word().parse().expect("a height"));
        assert_eq!(word(), "255");
        Self { width, height, dots: rest.to_vec() }
    }

    /// In centimetres; the browser rounds up to its own pixels.
    #[expect(clippy::cast_precision_loss, reason = "a page has a thousand dots")]
    fn is_as_large_as(&self, (width, height): (f64, f64)) -> bool {
        let is = |dots: usize, centimetres: f64| (dots as f64 - centimetres / 2.54 * DPI as f64).abs() < 2.0;
        is(self.width, width) && is(self.height, height)
    }

    /// What a telephone would read.
    fn scan(&self) -> Vec<String> {
        let at = |x: usize, y: usize| self.dots[y * self.width + x];
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(self.width, self.height, at);
        picture.detect_grids().iter().map(|grid| grid.decode().expect("a square that can be read").1).collect()
    }

    /// The first dot that is not white within half a centimetre of an edge.
    fn edge(&self) -> Option<(usize, usize)> {
        let margin = DPI / 5;
        let inside = |at: usize, size: usize| (margin..size - margin).contains(&at);
        let all = (0..self.height).flat_map(|y| (0..self.width).map(move |x| (x, y)));
        all.filter(|(x, y)| !inside(*x, self.width) || !inside(*y, self.height))
            .find(|(x, y)| self.dots[y * self.width + x] != 255)
    }
}
