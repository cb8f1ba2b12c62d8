//! A mail scanner as mailboxes have them: it visits every link of every mail, without cookies, by GET and by HEAD, over
//! real HTTP. It never visits the demo's own pages and never follows another host.

use std::collections::BTreeSet;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::mailbox::Delivered;

const PATIENCE: Duration = Duration::from_secs(10);

/// What a visit to every link came to. Equal hashes: nothing changed.
#[derive(Clone)]
pub struct Scan {
    pub links: usize,
    /// Visits that were answered with a page.
    pub shown: usize,
    pub before: String,
    pub after: String,
}

/// The paths behind all links to us, each once.
pub fn links(mails: &[Delivered], public_url: &str) -> BTreeSet<String> {
    let found = mails.iter().flat_map(|mail| pieces(&mail.text, public_url));
    found.filter_map(|piece| piece.path).filter(|path| !path.starts_with("/demo")).collect()
}

/// A stretch of text; `path` where it is a link to us.
pub struct Piece {
    pub text: String,
    pub path: Option<String>,
}

/// Cuts a text at the links to us. Nothing else becomes a link.
pub fn pieces(text: &str, public_url: &str) -> Vec<Piece> {
    let base = public_url.trim_end_matches('/');
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(base) {
        let (before, link) = rest.split_at(start);
        let end = link.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(link.len());
        let (link, after) = link.split_at(end);
        pieces.push(Piece { text: before.to_owned(), path: None });
        // `http://host.other/` begins like `http://host` and is another host.
        let path = link.strip_prefix(base).filter(|path| path.is_empty() || path.starts_with('/'));
        pieces.push(Piece { text: link.to_owned(), path: path.map(str::to_owned) });
        rest = after;
    }
    pieces.push(Piece { text: rest.to_owned(), path: None });
    pieces
}

/// Visits a path by GET and by HEAD; how many of the two were answered with 200.
pub async fn visit(http: SocketAddr, path: &str) -> usize {
    let mut shown = 0;
    for method in ["GET", "HEAD"] {
        let status = timeout(PATIENCE, ask(http, method, path)).await;
        shown += usize::from(matches!(status, Ok(Ok(200))));
    }
    shown
}

/// RFC 9112: one request, one answer, read to its end.
async fn ask(http: SocketAddr, method: &str, path: &str) -> io::Result<u16> {
    let path = if path.is_empty() { "/" } else { path };
    let mut stream = TcpStream::connect(http).await?;
    let request = format!("{method} {path} HTTP/1.1\r\nHost: {http}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let head = String::from_utf8_lossy(answer.get(..64.min(answer.len())).unwrap_or_default()).into_owned();
    head.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_to_us_become_links() {
        let text = "See http://127.0.0.1:8080/o/abc\nor http://127.0.0.1:80801/x and http://else.example/ <http://127.0.0.1:8080/q/d>.";
        let paths: Vec<_> = pieces(text, "http://127.0.0.1:8080/").into_iter().filter_map(|piece| piece.path).collect();
        assert_eq!(paths, ["/o/abc", "/q/d"]);
        let whole: String = pieces(text, "http://127.0.0.1:8080/").into_iter().map(|piece| piece.text).collect();
        assert_eq!(whole, text);
    }
}
