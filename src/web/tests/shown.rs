//! Every public page, in every language.

use scraper::{Html, Selector};

use super::*;

const PUBLIC: [&str; 4] = ["/", "/about", "/privacy", "/help"];

fn count(html: &Html, selector: &str) -> usize {
    html.select(&Selector::parse(selector).unwrap()).count()
}

#[actix_web::test]
async fn every_public_page_has_one_heading_its_language_and_nothing_inline() {
    let house = Data::new(secure());
    for (prefix, lang) in [("", "en"), ("/es", "es")] {
        for path in PUBLIC.iter().copied().chain(["/nowhere", "/try"]) {
            let answer = ask(&house, TestRequest::get().uri(&format!("{prefix}{path}"))).await;
            let text = answer.text();
            let html = Html::parse_document(&text);
            assert!(html.errors.is_empty(), "{prefix}{path}: {:?}", html.errors);
            assert_eq!(count(&html, "h1"), 1, "{prefix}{path}");
            assert_eq!(count(&html, &format!("html[lang={lang}][dir=ltr]")), 1, "{prefix}{path}");
            assert_eq!(count(&html, "script, style, [style], [onclick], iframe, img, form[action^=http]"), 0);
            assert_eq!(
                count(&html, "a[href^='http:'], link[href^=http], a[href^='https:']:not([rel~=noreferrer])"),
                0,
                "{prefix}{path}"
            );
            assert!(answer.cookies().is_empty(), "reading sets no cookie");
            let stops: Vec<_> =
                html.select(&Selector::parse("a[href]").unwrap()).take(2).filter_map(|a| a.attr("href")).collect();
            assert_eq!(stops, ["#main", &format!("{prefix}/leave")], "skip link, then Leave");
        }
    }
}

#[actix_web::test]
async fn titles_say_nothing() {
    let house = Data::new(secure());
    for (path, title) in [
        ("/", "Start - Hello Post"),
        ("/es/", "Inicio - Hello Post"),
        ("/help", "Right now - Hello Post"),
        ("/about", "About - Hello Post"),
        ("/es/privacy", "Lo que guardamos - Hello Post"),
        ("/nowhere", "Not here - Hello Post"),
    ] {
        let html = Html::parse_document(&ask(&house, TestRequest::get().uri(path)).await.text());
        assert_eq!(html.select(&Selector::parse("title").unwrap()).next().unwrap().inner_html(), title);
    }
}

#[actix_web::test]
async fn no_page_shows_a_key_instead_of_words() {
    let house = Data::new(secure());
    for path in PUBLIC {
        for prefix in ["", "/es"] {
            let html =
                Html::parse_document(&ask(&house, TestRequest::get().uri(&format!("{prefix}{path}"))).await.text());
            for text in html.root_element().text() {
                let looks_like_a_key = text.trim().contains('-') && !text.trim().contains(char::is_whitespace);
                assert!(!looks_like_a_key || text.chars().any(|c| c.is_ascii_digit()), "{prefix}{path} shows {text}");
            }
        }
    }
}

#[actix_web::test]
async fn the_first_view_is_small() {
    let house = Data::new(house("http://127.0.0.1:8080"));
    let mut total = 0;
    for path in ["/es/", &format!("/s/{}", house.assets.css), &format!("/s/{}", house.assets.mark)] {
        let answer = ask(&house, TestRequest::get().uri(path).insert_header(("accept-encoding", "gzip"))).await;
        assert_eq!(answer.header("content-encoding"), Some("gzip"), "{path}");
        if path.contains(house.assets.css.as_str()) {
            assert!(answer.body.len() <= 4_096, "the style sheet takes {} bytes", answer.body.len());
        }
        total += answer.body.len();
    }
    assert!(total <= 15 * 1024, "the first view takes {total} bytes");
}
