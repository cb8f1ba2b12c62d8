//! The style sheet and the mark, inside the binary, under neutral names that change with their content.

use std::io::Read;

use actix_web::http::header::{self, AcceptEncoding, ContentEncoding, Encoding, Header};
use actix_web::web::{Bytes, Path};
use actix_web::{HttpRequest, HttpResponse};
use data_encoding::BASE32_NOPAD;
use flate2::Compression;
use flate2::read::GzEncoder;
use sha2::{Digest, Sha256};

use super::errors::Error;
use super::page::House;

const CSS: &str = include_str!("../../templates/assets/app.css");
const MARK: &[u8] = include_bytes!("../../templates/assets/mark.svg");
/// 60 bits of the hash: enough that two versions never share a name.
const NAME_CHARS: usize = 12;

/// File names below `/s/`, and the sheet as it is sent. It is compressed once and as well as can be: what compresses pages
/// on their way is made to be quick, and leaves a fifth more.
pub struct Assets {
    pub css: String,
    pub mark: String,
    sheet: Bytes,
    sheet_gzip: Bytes,
}

impl Assets {
    pub fn new() -> Self {
        let sheet = tighten(CSS);
        Self {
            css: format!("{}.css", name(sheet.as_bytes())),
            mark: format!("{}.svg", name(MARK)),
            sheet_gzip: gzip(sheet.as_bytes()),
            sheet: sheet.into(),
        }
    }
}

impl Default for Assets {
    fn default() -> Self {
        Self::new()
    }
}

pub async fn get(house: House, file: Path<String>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let mut answer = HttpResponse::Ok();
    let bytes = match file.as_str() {
        file if file == house.assets.css => {
            answer.insert_header((header::CONTENT_TYPE, "text/css; charset=utf-8"));
            if takes_gzip(&request) {
                answer.insert_header(ContentEncoding::Gzip).insert_header((header::VARY, "accept-encoding"));
                house.assets.sheet_gzip.clone()
            } else {
                house.assets.sheet.clone()
            }
        }
        file if file == house.assets.mark => {
            answer.insert_header((header::CONTENT_TYPE, "image/svg+xml"));
            Bytes::from_static(MARK)
        }
        _ => return Err(Error::NotHere),
    };
    Ok(answer.body(bytes))
}

fn takes_gzip(request: &HttpRequest) -> bool {
    let wanted = AcceptEncoding::parse(request).ok();
    let best = wanted.and_then(|wanted| wanted.negotiate([Encoding::gzip(), Encoding::identity()].iter()));
    best == Some(Encoding::gzip())
}

fn gzip(bytes: &[u8]) -> Bytes {
    let mut packed = Vec::new();
    // Reading from memory does not fail.
    let _ = GzEncoder::new(bytes, Compression::best()).read_to_end(&mut packed);
    packed.into()
}

fn name(bytes: &[u8]) -> String {
    let mut name = BASE32_NOPAD.encode(&Sha256::digest(bytes)).to_ascii_lowercase();
    name.truncate(NAME_CHARS);
    name
}

/// The sheet without comments and without the space that only people need: a fifth less on a slow line. Knows only the
/// CSS we write: no comment sign and no run of spaces inside a string.
fn tighten(css: &str) -> String {
    let mut bare = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    let mut tight = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    for (loose, close) in [(" {", "{"), ("{ ", "{"), (" }", "}"), ("} ", "}"), ("; ", ";"), (": ", ":"), (", ", ",")] {
        tight = tight.replace(loose, close);
    }
    tight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tight_sheet_says_the_same() {
        let loose = "/* why */\na > b, i { font: 1rem/1 x, y; margin: calc(1px + 2px) }\n@media (a: b) { p::after { content: \" (\" } }";
        let close = "a > b,i{font:1rem/1 x,y;margin:calc(1px + 2px)}@media (a:b){p::after{content:\" (\"}}";
        assert_eq!(tighten(loose), close);
    }
}
