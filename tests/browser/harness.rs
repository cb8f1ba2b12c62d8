//! The browser itself, tried on pages of known shape: what it reads, types, presses and measures is so.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::browser::Browser;

const FORM: &str = "<!doctype html><meta name=viewport content='width=device-width'><title>Plain</title>
<p id=p>Scripts are off</p><script>document.getElementById('p').textContent = 'Scripts are on'</script>
<form action=/said><label for=n>Your friend's \"name\"</label><input id=n name=first value=old>
<label><input type=checkbox name=agreed value=yes> I agree</label><button>Go on</button></form>
<a href=/wide>Further</a>";
const WIDE: &str = "<!doctype html><meta name=viewport content='width=device-width'><title>Wide</title>
<div style='width:900px'>wide</div>";

#[tokio::test]
async fn a_form_is_filled_and_sent_without_javascript() {
    let Some(browser) = Browser::start(false).await else { return };
    let site = serve().await;

    browser.goto(&site).await;
    assert!(browser.text().await.contains("Scripts are off"));
    browser.fill("Your friend's \"name\"", "Zoë").await;
    browser.choose("agreed").await;
    browser.press("Go on").await;

    assert_eq!(browser.url().await, format!("{site}said?first=Zo%C3%AB&agreed=yes"));
    assert_eq!(browser.text().await, "GET /said?first=Zo%C3%AB&agreed=yes");
}

#[tokio::test]
async fn scripts_run_only_when_they_are_on() {
    let Some(browser) = Browser::start(true).await else { return };
    browser.goto(&serve().await).await;
    assert!(browser.text().await.contains("Scripts are on"));
}

#[tokio::test]
async fn sideways_scroll_is_measured_without_javascript() {
    let Some(mut browser) = Browser::start(false).await else { return };
    browser.goto(&serve().await).await;
    for width in [320, 360, 1100] {
        browser.set_width(width).await;
        browser.assert_no_sideways_scroll().await;
    }

    browser.follow("Further").await;
    assert_eq!(browser.title().await, "Wide");
    browser.set_width(320).await;
    let (width, _) = browser.content_px().await;
    assert!(width > 900.0, "the fault is not seen: {width} px");
}

#[tokio::test]
async fn a_picture_shows_the_whole_page() {
    let Some(mut browser) = Browser::start(false).await else { return };
    browser.set_width(320).await;
    browser
        .goto(
            "data:text/html,<!doctype html><meta name=viewport content='width=device-width'>\
             <body style='margin:0'><div style='height:2000px'>tall</div>",
        )
        .await;

    let webp = std::fs::read(browser.shot("harness-tall").await).expect("a picture");

    // WebP (RFC 9649 2.7): width and height, each less one, stand at bytes 24 and 27, little-endian.
    assert_eq!(&webp[24..30], [63, 1, 0, 207, 7, 0], "320 by 2000");
}

/// A site of two pages that says back what else it was asked.
async fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut head = vec![0; 4096];
                let length = stream.read(&mut head).await.unwrap_or(0);
                let head = String::from_utf8_lossy(&head[..length]).into_owned();
                let asked = head.split(" HTTP/").next().unwrap_or_default();
                let body = match asked {
                    "GET /" => FORM,
                    "GET /wide" => WIDE,
                    other => other,
                };
                let answer = format!(
                    "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\n\
                     connection: close\r\n\r\n{body}",
                    body.len()
                );
                let _ = stream.write_all(answer.as_bytes()).await;
            });
        }
    });
    format!("http://{address}/")
}
