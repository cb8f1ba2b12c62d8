//! Every page, in the state in which somebody sees it: it stays within the smallest phone, has one heading, and is
//! photographed for a phone and for a desktop, under `target/screens`, to be looked at. One browser, one demo, one long
//! story; each part leaves the service as the next one needs it.

use chrono::TimeDelta;
use diesel::prelude::*;
use show_of_hands::counts::{self, What};
use show_of_hands::members::{self, InvitationKind};
use show_of_hands::store;
use show_of_hands::store::schema::hands;

use crate::browser::Browser;
use crate::service::{Service, assert_well_made, link_in};

const SMALL_PX: u32 = 320;
const PHONE_PX: u32 = 360;
const DESKTOP_PX: u32 = 1100;

const DANA: &str = "dana@inbox.example";
const RAY: &str = "ray@harbor.example";
const LUZ: &str = "luisa@buzon.example";

struct Album {
    browser: Browser,
    service: Service,
}

impl Album {
    async fn goto(&self, path: &str) {
        self.browser.goto(&self.service.url(path)).await;
    }

    /// Looks at the page that is shown, in three widths.
    async fn shoot(&mut self, name: &str) {
        self.browser.set_width(SMALL_PX).await;
        assert_well_made(&self.browser).await;
        for width in [PHONE_PX, DESKTOP_PX] {
            self.browser.set_width(width).await;
            self.browser.assert_no_sideways_scroll().await;
            self.browser.shot(&format!("{name}-{width}")).await;
        }
    }

    async fn shoot_dark(&mut self, name: &str) {
        self.browser.set_dark(true).await;
        self.shoot(&format!("{name}-dark")).await;
        self.browser.set_dark(false).await;
    }

    async fn visit(&mut self, path: &str, name: &str) {
        self.goto(path).await;
        self.shoot(name).await;
    }

    async fn press(&mut self, button: &str, name: &str) {
        self.browser.press(button).await;
        self.shoot(name).await;
    }

    async fn follow(&mut self, link: &str, name: &str) {
        self.browser.follow(link).await;
        self.shoot(name).await;
    }

    async fn sign_in(&self, address: &str) {
        self.browser.forget_all().await;
        self.goto("/in").await;
        self.browser.fill("email", address).await;
        self.browser.press("Continue").await;
        self.browser.fill("code", &self.service.code_for(address).await).await;
        self.browser.press("Continue").await;
        assert_eq!(self.browser.url().await, self.service.url("/mine?c"));
    }

    async fn goes_to_desk(&mut self, name: &str) {
        self.service.opens_desk(&self.browser).await;
        self.shoot(name).await;
    }

    /// From the name to the numbers, without a picture.
    async fn ask(&self, prefix: &str, name: &str, address: &str, buttons: [&str; 2]) {
        let [go_on, send] = buttons;
        self.goto(&format!("{prefix}/ask/name")).await;
        self.browser.fill("name", name).await;
        self.browser.press(go_on).await;
        self.browser.fill("email", address).await;
        self.browser.press(go_on).await;
        self.browser.press(go_on).await;
        self.browser.press(send).await;
        self.browser.fill("code", &self.service.code_for(address).await).await;
        self.browser.press(go_on).await;
    }

    async fn turn(&self, by: TimeDelta) {
        let hours = by.num_hours();
        for _ in 0..hours {
            self.service.demo.inside.ground.clock.turn(TimeDelta::hours(1));
            self.service.mails().await;
        }
    }

    /// The offers that are in the mails from this place on, with whom they went to.
    async fn offers_since(&self, place: usize) -> Vec<(String, String)> {
        let mails = self.service.mails().await;
        let links =
            mails.iter().skip(place).filter_map(|mail| Some((mail.to.clone(), self.service.link_in(mail, "/o/")?)));
        links.collect()
    }
}

#[actix_web::test]
async fn every_page_fits_the_smallest_phone_and_is_photographed() {
    let Some(browser) = Browser::start(false).await else { return };
    let mut album = Album { browser, service: Service::start().await };
    public_pages(&mut album).await;
    let asked_from = asking(&mut album).await;
    offers(&mut album, asked_from).await;
    the_pair(&mut album).await;
    sponsors_pages(&mut album).await;
    the_end(&mut album).await;
    desk(&mut album).await;
    raising(&mut album).await;
    ones_own_page(&mut album).await;
    leaving(&mut album).await;
    vouching(&mut album).await;
    something_is_not_right(&mut album).await;
    nobody_wrote(&mut album).await;
    for_now(&mut album).await;
    album.service.stop().await;
    // In another demo, where nobody has asked anybody yet.
    album.service = Service::start().await;
    a_rare_wish(&mut album).await;
    album.service.stop().await;
}

async fn public_pages(album: &mut Album) {
    for (path, name) in [
        ("/", "landing"),
        ("/about", "about"),
        ("/privacy", "privacy"),
        ("/help", "help"),
        ("/nothing", "404"),
        ("/in", "in"),
        ("/raise", "raise"),
        ("/demo", "demo"),
        ("/es/", "es-landing"),
        ("/es/about", "es-about"),
        ("/es/privacy", "es-privacy"),
        ("/es/help", "es-help"),
        ("/es/in", "es-in"),
        ("/es/raise", "es-raise"),
    ] {
        album.visit(path, name).await;
    }
    album.goto("/").await;
    album.shoot_dark("landing").await;
    album.goto("/in").await;
    album.press("Continue", "in-error").await;
}

/// Dana's way and Luz's. Says how many mails there were before Dana's request.
async fn asking(album: &mut Album) -> usize {
    album.visit("/ask/name", "ask-name").await;
    album.press("Continue", "ask-name-error").await;
    album.browser.fill("name", "Dana Whitlock").await;
    album.press("Continue", "ask-name-full").await;
    album.browser.fill("name", "Dana").await;
    album.press("Continue", "ask-email").await;
    album.browser.fill("email", "dana").await;
    album.press("Continue", "ask-email-error").await;
    album.browser.fill("email", "dana@gmial.com").await;
    album.press("Continue", "ask-email-meant").await;
    album.goto("/ask/email").await;
    album.browser.fill("email", DANA).await;
    album.press("Continue", "ask-who").await;
    album.press("Continue", "ask-check").await;
    album.press("Send my request", "ask-code").await;
    album.browser.fill("code", "1234").await;
    album.press("Continue", "ask-code-wrong").await;
    album.press("Send new numbers", "ask-code-again").await;
    album.browser.fill("code", &album.service.code_for(DANA).await).await;
    let before = album.service.mails().await.len();
    album.press("Continue", "ask-done").await;
    album.service.mails().await;
    album.visit("/mine", "mine-waiting").await;
    album.shoot_dark("mine-waiting").await;
    album.follow("Meetings, and something to read", "mine-while").await;
    album.shoot_dark("mine-while").await;
    album.goto("/mine").await;
    album.follow("Stop looking", "mine-stop").await;

    album.browser.forget_all().await;
    album.goto("/es/ask/name").await;
    album.press("Continuar", "es-ask-name-error").await;
    album.browser.fill("name", "Luz").await;
    album.press("Continuar", "es-ask-email").await;
    album.browser.fill("email", LUZ).await;
    album.press("Continuar", "es-ask-who").await;
    album.press("Continuar", "es-ask-check").await;
    album.press("Enviar mi petición", "es-ask-code").await;
    album.browser.fill("code", &album.service.code_for(LUZ).await).await;
    album.press("Continuar", "es-ask-done").await;
    album.visit("/es/mine", "es-mine-waiting").await;
    album.visit("/es/mine/while", "es-mine-while").await;
    album.goto("/es/mine").await;
    album.follow("Borrarlo todo", "es-mine-delete").await;
    before
}

async fn offers(album: &mut Album, asked_from: usize) {
    album.browser.forget_all().await;
    let (dana_offers, all) = (album.offers_since(asked_from).await, album.offers_since(0).await);
    // One of an earlier request, so that Dana's stay open.
    let (_, earlier) = &all[0];
    album.browser.goto(earlier).await;
    album.press("Not this time", "offer-not-now").await;

    let ray = album.service.link_for(RAY, "/o/").await;
    album.browser.goto(&ray).await;
    album.shoot("offer-open").await;
    album.press("Yes, and say hello", "offer-yes").await;
    let (_, other) = dana_offers.iter().find(|(to, _)| to != RAY).expect("another sponsor was asked");
    album.browser.goto(other).await;
    album.shoot("offer-taken").await;
    let spanish = other.replacen("/o/", "/es/o/", 1);
    album.browser.goto(&spanish).await;
    album.shoot("es-offer-taken").await;
}

async fn the_pair(album: &mut Album) {
    album.sign_in(DANA).await;
    album.visit("/mine", "mine-matched").await;
    album.follow("Write to Ray", "mine-with").await;
    assert!(album.browser.text().await.contains("Ray sees your first name only."));
    album.press("Send", "mine-with-error").await;
    album.browser.fill("text", "Thank you for writing. I was afraid nobody would.").await;
    album.press("Send", "mine-with-sent").await;
    album.follow("This is not a fit, or I want to stop", "mine-with-end").await;

    let mails = album.service.mails().await;
    let letter = mails.iter().rposition(|mail| mail.to == RAY && mail.text.contains("I was afraid")).expect("a letter");
    album.visit(&format!("/demo/mail/{letter}"), "demo-mail").await;
    album.press("Send it", "demo-letter").await;
}

async fn sponsors_pages(album: &mut Album) {
    album.browser.forget_all().await;
    album.goto("/in").await;
    album.browser.fill("email", RAY).await;
    album.press("Continue", "in-code").await;
    album.browser.fill("code", "1111").await;
    album.press("Continue", "in-code-wrong").await;
    album.browser.fill("code", &album.service.code_for(RAY).await).await;
    album.press("Continue", "mine-sponsor").await;
    album.follow("See or change your hand", "mine-hand").await;
    album.press("Save", "mine-hand-saved").await;
}

async fn the_end(album: &mut Album) {
    album.goto("/mine").await;
    album.browser.follow_containing("Dana").await;
    album.shoot("mine-with-sponsor").await;
    steps_back(album).await;
    album.goto("/mine").await;
    album.browser.follow_containing("Dana").await;
    album.follow("End this contact", "mine-with-end-sponsor").await;
    album.press("End the contact", "mine-ended-sponsor").await;
    album.browser.forget_all().await;
    let question = album.service.link_for(DANA, "/q/").await;
    album.browser.goto(&question).await;
    album.shoot("q-ended").await;
    album.press("Leave it at that", "q-answered").await;
    album.browser.goto(&question).await;
    album.shoot("q-settled").await;
    // An address gets three codes in an hour.
    album.turn(TimeDelta::hours(1)).await;
    album.sign_in(DANA).await;
    album.visit("/mine", "mine-again").await;
}

/// Ray is away, Dana is asked, and Ray is back.
async fn steps_back(album: &mut Album) {
    album.follow("I need to step back", "mine-back").await;
    album.press("Step back", "mine-hand-away").await;
    album.goto("/mine").await;
    album.shoot("mine-sponsor-away").await;
    album.browser.follow_containing("Dana").await;
    album.shoot("mine-with-away-yours").await;
    let question = album.service.link_for(DANA, "/q/").await;
    album.browser.goto(&question).await;
    album.shoot("q-back").await;
    album.browser.goto(&question.replacen("/q/", "/es/q/", 1)).await;
    album.shoot("es-q-back").await;
    album.goto("/mine").await;
    album.browser.follow_containing("Dana").await;
    album.browser.press("I am back").await;
}

/// Numbers before there are any, and after some weeks.
async fn numbers(album: &mut Album) {
    album.visit("/desk/numbers", "desk-numbers-none").await;
    let ground = album.service.demo.inside.ground.clone();
    let people = [(6, 7), (5, 9), (4, 3), (3, 8), (2, 12), (1, 11)];
    let counted = ground.store.write_tx(|tx| {
        for (weeks_ago, matched) in people {
            let at = ground.now().minus(TimeDelta::weeks(weeks_ago));
            for person in 0..matched {
                counts::add(tx, at, What::Matched, 0)?;
                counts::add(tx, at, What::FirstLetter, counts::HOURS[person % 9])?;
                counts::add(tx, at, What::Placed, 0)?;
            }
        }
        Ok::<_, store::Error>(())
    });
    counted.expect("numbers of some weeks");
    album.visit("/desk/numbers", "desk-numbers").await;
    album.shoot_dark("desk-numbers").await;
    album.follow("3 more sponsors", "desk-numbers-forecast").await;
    album.visit("/es/desk/numbers", "es-desk-numbers").await;
}

/// A hand without an invitation, on its owner's pages, at the desk, and on a sponsor's page.
async fn vouching(album: &mut Album) {
    album.browser.forget_all().await;
    album.goto("/raise").await;
    album.browser.press("I can sponsor").await;
    album.browser.fill("name", "Wilhelmina-Josephine").await;
    album.browser.fill("email", "mina@harbor.example").await;
    album.press("Continue", "raise-hand-open").await;
    for label in ["I have worked all twelve Steps", "I have a sponsor", "Evenings", "Anyone"] {
        album.browser.choose(label).await;
    }
    album.browser.press("Put my hand up").await;
    album.browser.fill("code", &album.service.code_for("mina@harbor.example").await).await;
    album.press("Continue", "mine-pending").await;
    album.visit("/es/mine", "es-mine-pending").await;
    album.visit("/mine/hand", "mine-hand-pending").await;
    album.visit("/es/mine/hand", "es-mine-hand-pending").await;
    album.visit("/mine/vouch", "mine-vouch-not-yet").await;
    album.visit("/raise/nothing", "raise-closed").await;
    album.visit("/es/raise/nothing", "es-raise-closed").await;

    album.turn(TimeDelta::hours(1)).await;
    album.goes_to_desk("desk-hand-waits").await;
    album.browser.follow_containing("1 hand waits for a word").await;
    album.shoot("desk-vouch").await;
    album.shoot_dark("desk-vouch").await;
    album.visit("/es/desk/vouch", "es-desk-vouch").await;
    album.goto("/desk/vouch").await;
    album.press("Not now Wilhelmina-Josephine", "desk-vouch-later").await;
    album.press("I know them: yes Wilhelmina-Josephine", "desk-vouch-up").await;

    let ground = album.service.demo.inside.ground.clone();
    let long_ago = hands::vouched_on.eq(ground.now().minus(TimeDelta::days(200)).day());
    let aged = ground
        .store
        .write_tx(|tx| Ok::<_, store::Error>(diesel::update(hands::table).set(long_ago).execute(tx.conn())?));
    aged.expect("sponsors of long ago");
    album.sign_in(RAY).await;
    album.visit("/mine/vouch", "mine-vouch").await;
    album.visit("/es/mine/vouch", "es-mine-vouch").await;
    album.goto("/mine/vouch").await;
    album.press("I know them: yes", "mine-vouch-error").await;
    album.browser.fill("name", "Mina").await;
    album.browser.fill("word", "maple").await;
    album.press("I know them: yes", "mine-vouch-not-here").await;
}

/// What a newcomer says of a sponsor, what both see then, and the case at the desk.
async fn something_is_not_right(album: &mut Album) {
    const NOA: &str = "noa@inbox.example";
    let asked_from = album.service.mails().await.len();
    album.browser.forget_all().await;
    album.ask("", "Noa", NOA, ["Continue", "Send my request"]).await;
    let offers = album.offers_since(asked_from).await;
    album.browser.forget_all().await;
    album.browser.goto(&offers[0].1).await;
    album.browser.press("Yes, and say hello").await;
    album.turn(TimeDelta::hours(1)).await;
    album.sign_in(NOA).await;
    album.browser.follow_containing("Write to").await;
    album.follow("Something is not right", "not-right").await;
    album.press("Send, and stop contact", "not-right-error").await;
    album.browser.choose("They pushed me").await;
    album.browser.fill("words", "I said no to meeting at night, and was asked again, and again.").await;
    album.browser.fill("pasted", "Come alone. Nobody needs to know.").await;
    album.press("Send, and stop contact", "not-right-sent").await;
    album.visit("/mine", "mine-held").await;
    album.browser.follow_containing("Write to").await;
    album.shoot("mine-with-held").await;
    for (path, name) in [("/mine/with/nothing", "mine-with-ended"), ("/mine/with/nothing/not-right", "not-right-gone")]
    {
        album.visit(path, name).await;
        album.visit(&format!("/es{path}"), &format!("es-{name}")).await;
    }

    album.goes_to_desk("desk-with-case").await;
    album.follow("1 case needs you", "desk-cases").await;
    album.shoot_dark("desk-cases").await;
    album.follow("Look", "desk-one-case").await;
    album.press("Open it", "desk-one-case-open").await;
    album.shoot_dark("desk-one-case-open").await;
    for (path, name) in [("/desk/again", "desk-again"), ("/desk/rota", "desk-rota"), ("/desk/history", "desk-history")]
    {
        album.visit(path, name).await;
        album.visit(&format!("/es{path}"), &format!("es-{name}")).await;
    }
    album.visit("/es/desk/cases", "es-desk-cases").await;
    album.goto("/desk/cases").await;
    album.browser.follow_containing("Look").await;
    album.press("End it, and rest the hand for a while", "desk-cases-done").await;
}

/// Somebody who waited for hours is to be written with for now.
async fn for_now(album: &mut Album) {
    album.browser.forget_all().await;
    for (_, link) in album.offers_since(0).await {
        album.browser.goto(&link).await;
        let page = album.browser.text().await;
        if page.contains("write with a person for now") && page.contains("Yes, and say hello") {
            album.shoot("offer-for-now").await;
            album.press("Yes, and say hello", "offer-for-now-yes").await;
            return;
        }
    }
    panic!("nobody was asked to write for now");
}

async fn a_rare_wish(album: &mut Album) {
    album.browser.forget_all().await;
    album.goto("/ask/name").await;
    album.browser.fill("name", "Robin").await;
    album.browser.press("Continue").await;
    album.browser.fill("email", "robin@inbox.example").await;
    album.browser.press("Continue").await;
    album.browser.choose("A man").await;
    album.browser.unfold("Languages").await;
    album.browser.choose("English").await;
    album.browser.choose("Français").await;
    album.browser.choose("Keep looking only for them").await;
    album.browser.press("Continue").await;
    album.browser.press("Send my request").await;
    album.browser.fill("code", &album.service.code_for("robin@inbox.example").await).await;
    album.browser.press("Continue").await;
    album.service.mails().await;
    album.visit("/mine", "mine-scarce").await;
    let page = album.browser.text().await;
    assert!(page.contains("Others are OK too"), "one who speaks French, and is no man, is free: {page}");
    album.visit("/es/mine", "es-mine-scarce").await;
    album.visit("/mine/change", "mine-change").await;
}

async fn nobody_wrote(album: &mut Album) {
    let asked_from = album.service.mails().await.len();
    album.browser.forget_all().await;
    album.ask("", "Jo", "jo@inbox.example", ["Continue", "Send my request"]).await;
    let offers = album.offers_since(asked_from).await;
    album.browser.forget_all().await;
    album.browser.goto(&offers[0].1).await;
    album.browser.fill("hello", "").await;
    album.press("Yes, and say hello", "offer-yes-owed").await;
    album.turn(TimeDelta::hours(50)).await;
    let question = album.service.link_for("jo@inbox.example", "/q/").await;
    album.browser.goto(&question).await;
    album.shoot("q-late").await;
    album.press("Find me someone else", "q-asked-again").await;
    for (_, link) in album.offers_since(0).await {
        album.browser.goto(&link).await;
        if album.browser.text().await.contains("We asked on.") {
            album.shoot("offer-lapsed").await;
            return;
        }
    }
    panic!("no offer lapsed");
}

async fn desk(album: &mut Album) {
    album.browser.forget_all().await;
    album.visit("/desk/in", "desk-in").await;
    album.browser.fill("email", album.service.demo.desk.address).await;
    album.press("Sign in", "desk-in-error").await;
    album.goes_to_desk("desk").await;
    album.shoot_dark("desk").await;
    album.browser.follow_containing("Suggest a sponsor").await;
    album.shoot("desk-case").await;
    album.shoot_dark("desk-case").await;
    // Nobody fits Farid; for Wren there is somebody to suggest.
    for name in ["Farid", "Wren"] {
        album.goto("/desk").await;
        album.browser.follow_containing(name).await;
        album.shoot(&format!("desk-case-{name}")).await;
    }
    album.press("I look after this", "desk-case-mine").await;
    album.browser.choose("They asked us to wait").await;
    album.press("Postpone", "desk-case-postponed").await;
    album.visit("/desk/hands", "desk-hands").await;
    album.shoot_dark("desk-hands").await;
    album.visit("/es/desk/hands", "es-desk-hands").await;
    numbers(album).await;
    for page in ["rota", "rota/end", "history", "codes"] {
        album.visit(&format!("/desk/{page}"), &format!("desk-{}", page.replace('/', "-"))).await;
    }
    for (path, name) in
        [("/desk/print/sheet", "desk-sheet"), ("/desk/print/flyer", "desk-flyer"), ("/desk/policy", "desk-policy")]
    {
        album.visit(path, name).await;
        album.visit(&format!("/es{path}"), &format!("es-{name}")).await;
    }
    album.goto("/desk/print").await;
    album.shoot_dark("desk-sheet").await;
    album.visit("/desk/start", "desk-start").await;
    album.press("Send me a test mail", "desk-start-begun").await;
    album.press("It arrived", "desk-start-error").await;
    album.shoot_dark("desk-start").await;
    album.press("I have read them", "desk-start-done").await;
    album.visit("/es/desk/start", "es-desk-start").await;
    album.visit("/desk/invite", "desk-invite").await;
    album.press("Make an invitation", "desk-invite-made").await;
    let invitation = link_in(&album.browser.text().await, &album.service.url("/raise/")).expect("an invitation");

    album.browser.forget_all().await;
    let ground = album.service.demo.inside.ground.clone();
    let token = ground.run(|ground| members::invite(ground, InvitationKind::Coordinator, None)).await.expect("a token");
    album.visit(&format!("/desk/join/{}", token.text()), "desk-join").await;
    album.browser.fill("name", "Alma").await;
    album.browser.fill("email", "alma@lantern.example").await;
    album.press("Send me the numbers", "desk-join-set-up").await;
    album.visit("/desk/join/nothing", "desk-join-closed").await;
    album.browser.forget_all().await;
    album.browser.goto(&invitation).await;
}

/// From the page of an invitation, which is open.
async fn raising(album: &mut Album) {
    album.shoot("raise-invited").await;
    album.press("I can sponsor", "raise-you").await;
    album.press("Continue", "raise-you-error").await;
    album.browser.fill("name", "Nell").await;
    album.browser.fill("email", "nell@harbor.example").await;
    album.press("Continue", "raise-hand").await;
    album.press("Put my hand up", "raise-hand-error").await;
    for label in ["I have worked all twelve Steps", "I have a sponsor", "Evenings", "Anyone"] {
        album.browser.choose(label).await;
    }
    album.press("Put my hand up", "raise-code").await;
    album.browser.fill("code", "1111").await;
    album.press("Continue", "raise-code-wrong").await;
    album.browser.fill("code", &album.service.code_for("nell@harbor.example").await).await;
    album.press("Continue", "mine-hand-up").await;
}

/// Name, clock, word, mailbox, and what is kept.
async fn ones_own_page(album: &mut Album) {
    album.visit("/mine/me", "mine-me").await;
    album.browser.fill("name", "nell@harbor.example").await;
    album.press("Save", "mine-me-error").await;
    album.browser.fill("name", "Nell").await;
    album.press("Save", "mine-me-saved").await;
    album.press("Give me a new word", "mine-me-word").await;
    album.follow("Write to another email", "mine-address").await;
    album.press("Continue", "mine-address-error").await;
    album.visit("/mine/me/kept", "mine-kept").await;
    album.visit("/es/mine/me", "es-mine-me").await;
    album.visit("/es/mine/me/kept", "es-mine-kept").await;
}

async fn leaving(album: &mut Album) {
    album.visit("/mine/delete", "mine-delete").await;
    album.press("Continue", "mine-delete-code").await;
    album.browser.fill("code", &album.service.code_for("nell@harbor.example").await).await;
    album.press("Delete it all", "mine-gone").await;
    album.goto("/demo").await;
    album.press("A mail scanner visits every link", "demo-scanned").await;
}
