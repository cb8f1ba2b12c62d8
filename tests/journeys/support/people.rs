//! The people of the stories, by what they do: each has a browser, a mailbox and a mail program that shows too much.

use data_encoding::BASE32_NOPAD;
use show_of_hands::vault::{Secret, totp};

use super::app::TestApp;
use super::browser::{Browser, Page};
use super::mail::Mail;
use super::seed;
use super::smtp::MailProgram;

/// All times of the week, as the boxes have them.
pub const ALL_TIMES: [&str; 5] = ["mornings", "days", "evenings", "nights", "weekend"];

pub struct Newcomer {
    pub browser: Browser,
    pub program: MailProgram,
}

impl Newcomer {
    /// Walks from the first page to "Your request is in", changing nothing that is preset.
    pub async fn asks(app: &TestApp, first_name: &str, address: &str) -> Self {
        Self::asks_as(app, first_name, MailProgram::new(&format!("{first_name} Kowalczyk"), address)).await
    }

    pub async fn asks_as(app: &TestApp, first_name: &str, program: MailProgram) -> Self {
        let mut jo = Self { browser: app.browser(), program };
        jo.sends_request(app, first_name, &[]).await;
        jo.types_code(app).await.says("Your request is in");
        app.settle().await;
        jo
    }

    /// The questions up to "type the numbers", with other wishes than the preset.
    pub async fn sends_request(&mut self, app: &TestApp, first_name: &str, wishes: &[(&str, &str)]) {
        let browser = &mut self.browser;
        browser.visit("/").await.says("You do not have to do this alone");
        let ask = browser.page.links().into_iter().find(|link| link.starts_with("/ask")).expect("a way to ask");
        browser.visit(&ask).await;
        if browser.fill_and_press(&[("name", first_name)]).await.path == "/ask/name" {
            // The hint about full names; the same name once more is fine.
            browser.fill_and_press(&[]).await;
        }
        browser.fill_and_press(&[("email", &self.program.address)]).await;
        browser.fill_and_press(wishes).await.says("Nothing is sent until you press the button.");
        browser.press("Send my request", &[]).await.says("Type the 8 numbers from the email");
        app.settle().await;
    }

    pub async fn types_code(&mut self, app: &TestApp) -> &Page {
        let code = app.newest_mail_to(&self.program.address).code();
        self.browser.fill_and_press(&[("code", &code)]).await
    }

    pub fn newest_mail(&self, app: &TestApp) -> Mail {
        app.newest_mail_to(&self.program.address)
    }

    /// Signs in with the code, from wherever the browser stands.
    pub async fn signs_in(&mut self, app: &TestApp) {
        sign_in(app, &mut self.browser, &self.program.address).await;
    }

    /// Goes to one of their own pages, through the way in where the last visit is too long ago.
    pub async fn opens(&mut self, app: &TestApp, path: &str) -> &Page {
        self.signs_in(app).await;
        self.browser.visit(path).await
    }

    /// Answers the newest letter by mail; the SMTP answer.
    pub async fn writes(&self, app: &TestApp, words: &str) -> String {
        let answer = self.program.reply(app, &self.newest_letter(app), words).await;
        app.settle().await;
        answer
    }

    /// From the pair's page: the link, a tick, the button. Three presses.
    pub async fn says_not_right(&mut self, app: &TestApp, name: &str, fields: &[(&str, &str)]) {
        let pair = self.opens_pair(app).await;
        self.browser.visit(&pair).await;
        self.browser.follow("Something is not right").await.says(&format!("contact with {name} stops at once"));
        self.browser.press("Send, and stop contact", fields).await.says("Contact has stopped");
        app.settle().await;
    }

    /// The page of the pair they have, which a link on their own page leads to.
    pub async fn opens_pair(&mut self, app: &TestApp) -> String {
        self.opens(app, "/mine").await;
        let path = self.browser.page.pair_path();
        self.browser.visit(&path).await;
        path
    }

    pub fn newest_letter(&self, app: &TestApp) -> Mail {
        newest_letter(app, &self.program.address)
    }
}

pub struct Sponsor {
    pub browser: Browser,
    pub program: MailProgram,
}

impl Sponsor {
    /// Raises a hand with an invitation of the operator: for anyone, at all times, in English.
    pub async fn raises(app: &TestApp, first_name: &str, address: &str) -> Self {
        Self::raises_as(app, first_name, MailProgram::new(&format!("{first_name} Oyelaran"), address)).await
    }

    pub async fn raises_as(app: &TestApp, first_name: &str, program: MailProgram) -> Self {
        let mut ray = Self { browser: app.browser(), program };
        let invitation = app.invitation().await;
        ray.sends_hand(app, first_name, &invitation).await;
        let page = ray.types_code(app).await;
        assert_eq!(page.path, "/mine", "the hand is up: {}", page.text());
        app.settle().await;
        ray
    }

    /// Puts a hand up without an invitation; ends signed in on the own page.
    pub async fn raises_uninvited(app: &TestApp, first_name: &str, address: &str) -> Self {
        let program = MailProgram::new(&format!("{first_name} Oyelaran"), address);
        let mut sponsor = Self { browser: app.browser(), program };
        sponsor.sends_hand(app, first_name, "/raise").await;
        assert_eq!(sponsor.types_code(app).await.path, "/mine");
        app.settle().await;
        sponsor
    }

    /// From the invitation up to "type the numbers".
    pub async fn sends_hand(&mut self, app: &TestApp, first_name: &str, invitation: &str) {
        let browser = &mut self.browser;
        browser.visit(invitation).await;
        browser.press("I can sponsor", &[]).await;
        browser.fill_and_press(&[("name", first_name), ("email", &self.program.address)]).await;
        let mut boxes = vec![("may", "steps"), ("may", "sponsor"), ("accepts", "anyone")];
        boxes.extend(ALL_TIMES.map(|time| ("times", time)));
        browser.press("Put my hand up", &boxes).await.says("numbers");
        app.settle().await;
    }

    pub async fn types_code(&mut self, app: &TestApp) -> &Page {
        let code = app.newest_mail_to(&self.program.address).code();
        self.browser.fill_and_press(&[("code", &code)]).await
    }

    /// A sponsor who is there already; the story is not about how they came.
    pub fn of(app: &TestApp, display_name: &str, address: &str) -> Self {
        Self { browser: app.browser(), program: MailProgram::new(display_name, address) }
    }

    /// Follows the link in the newest offer, in a browser that is signed in to nothing.
    pub async fn opens_offer(&mut self, app: &TestApp) -> &Page {
        let offer = newest(app, &self.program.address, "can you help this week?");
        self.browser = app.browser();
        self.browser.visit(&offer.link()).await
    }

    /// Opens the offer and presses yes, with this hello; `None` leaves the one that is there.
    pub async fn says_yes(&mut self, app: &TestApp, hello: Option<&str>) -> &Page {
        self.opens_offer(app).await;
        let fields: Vec<(&str, &str)> = hello.map(|hello| ("hello", hello)).into_iter().collect();
        self.browser.press("Yes, and say hello", &fields).await;
        app.settle().await;
        &self.browser.page
    }

    pub async fn says_not_now(&mut self, app: &TestApp) -> &Page {
        self.opens_offer(app).await;
        self.browser.press("Not this time", &[]).await;
        app.settle().await;
        &self.browser.page
    }

    pub async fn signs_in(&mut self, app: &TestApp) {
        sign_in(app, &mut self.browser, &self.program.address).await;
    }

    /// Goes to one of their own pages, through the way in where the last visit is too long ago.
    pub async fn opens(&mut self, app: &TestApp, path: &str) -> &Page {
        self.signs_in(app).await;
        self.browser.visit(path).await
    }

    pub async fn writes(&self, app: &TestApp, words: &str) -> String {
        let answer = self.program.reply(app, &self.newest_letter(app), words).await;
        app.settle().await;
        answer
    }

    pub fn newest_letter(&self, app: &TestApp) -> Mail {
        newest_letter(app, &self.program.address)
    }

    pub fn newest_mail(&self, app: &TestApp) -> Mail {
        app.newest_mail_to(&self.program.address)
    }
}

pub struct Coordinator {
    pub browser: Browser,
    pub address: String,
    /// What the authenticator keeps.
    secret: Secret<Vec<u8>>,
}

const PASSPHRASE: &str = "seven grey herons over the weir";

impl Coordinator {
    /// From the invitation of the operator to the desk.
    pub async fn enrols(app: &TestApp, first_name: &str, address: &str) -> Self {
        let mut browser = app.browser();
        browser.visit(&app.invitation_to_the_desk().await).await.says("Welcome. Two things before you start.");
        browser.fill_and_press(&[("name", first_name), ("email", address)]).await.says("Your authenticator app");
        app.settle().await;
        let typed = browser.page.inside("main code").replace(' ', "");
        let secret = Secret::new(BASE32_NOPAD.decode(typed.as_bytes()).expect("what an authenticator keeps"));
        let mut kim = Self { browser, address: address.to_owned(), secret };
        let (code, digits) = (app.newest_mail_to(address).code(), kim.digits(app));
        let fields = [("code", code.as_str()), ("passphrase", PASSPHRASE), ("app", digits.as_str())];
        kim.browser.fill_and_press(&fields).await.says("We show them once.");
        kim.browser.follow("Go to the desk").await;
        assert_eq!(kim.browser.page.path, "/desk", "at the desk: {}", kim.browser.page.text());
        kim
    }

    /// Goes to the desk, through its door where the last visit is too long ago.
    pub async fn opens_desk(&mut self, app: &TestApp) -> &Page {
        if self.browser.visit("/desk").await.path != "/desk" {
            let digits = self.digits(app);
            let fields = [("email", self.address.as_str()), ("passphrase", PASSPHRASE), ("app", digits.as_str())];
            self.browser.fill_and_press(&fields).await;
            assert_eq!(self.browser.page.path, "/desk", "at the desk: {}", self.browser.page.text());
        }
        &self.browser.page
    }

    /// Types address, passphrase and digits at the door; what the page says then.
    pub async fn tries_door(&self, app: &TestApp, address: &str) -> String {
        let (mut browser, digits) = (app.browser(), self.digits(app));
        browser.visit("/desk/in").await;
        let fields = [("email", address), ("passphrase", PASSPHRASE), ("app", digits.as_str())];
        browser.fill_and_press(&fields).await;
        assert_eq!(browser.page.path, "/desk/in");
        browser.page.text()
    }

    /// On the page that asks once more who it is.
    pub async fn proves_again(&mut self, app: &TestApp) {
        let digits = self.digits(app);
        self.browser.fill_and_press(&[("passphrase", PASSPHRASE), ("app", &digits)]).await;
    }

    /// What the authenticator shows now.
    fn digits(&self, app: &TestApp) -> String {
        totp::code_now(&self.secret, app.ground().now()).expect("six digits").expose().clone()
    }
}

/// How many offers reached this address.
pub fn count_offers(app: &TestApp, address: &str) -> usize {
    count_mails(app, address, "can you help this week?")
}

#[track_caller]
pub fn newest_letter(app: &TestApp, address: &str) -> Mail {
    newest(app, address, "new message")
}

#[track_caller]
pub fn newest(app: &TestApp, address: &str, subject: &str) -> Mail {
    let mails = app.mails_to(address);
    let subjects: Vec<String> = mails.iter().map(|mail| mail.subject.clone()).collect();
    let found = mails.into_iter().rfind(|mail| mail.subject.ends_with(subject));
    found.unwrap_or_else(|| panic!("no mail \"{subject}\" came to {address}, only {subjects:?}"))
}

/// Asks for the numbers and types them; ends on the member's own page. Somebody who is signed in is there at once.
pub async fn sign_in(app: &TestApp, browser: &mut Browser, address: &str) {
    if browser.visit("/in").await.path == "/mine" {
        return;
    }
    browser.fill_and_press(&[("email", address)]).await;
    app.settle().await;
    let code = app.newest_mail_to(address).code();
    browser.fill_and_press(&[("code", &code)]).await;
    assert_eq!(browser.page.path, "/mine", "signed in: {}", browser.page.text());
}

/// Jo asked, Ray said yes and has said hello.
pub async fn jo_and_ray(app: &TestApp) -> (Newcomer, Sponsor) {
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 1));
    let mut ray = Sponsor::of(app, "Ray Oyelaran", "ray@post.example");
    let jo = Newcomer::asks(app, "Jo", "jo@mail.example").await;
    ray.says_yes(app, None).await;
    (jo, ray)
}

/// How many mails of this subject reached this address.
pub fn count_mails(app: &TestApp, address: &str, subject: &str) -> usize {
    app.mails_to(address).iter().filter(|mail| mail.subject.ends_with(subject)).count()
}
