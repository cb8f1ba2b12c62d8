//! A hand waits until somebody who knows its owner gives their word: one coordinator, or two sponsors of some time.

use diesel::prelude::*;
use reqwest::Method;
use show_of_hands::audit::{self, Act};
use show_of_hands::clock::Day;
use show_of_hands::hands::{self, Hand, State, Vouched};
use show_of_hands::members;
use show_of_hands::requests::{self, Answered, Reply};
use show_of_hands::store::ids::MemberId;
use show_of_hands::store::schema::{audit as record, hands as rows, offers, vouches};
use show_of_hands::store::{Conn, Error};
use show_of_hands::vault::{Address, Token};
use tokio::task::JoinSet;

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::people::{count_mails, count_offers};
use crate::support::{Coordinator, Newcomer, Sponsor, TestApp, seed};

on_both_engines!(
    a_hand_waits_until_a_coordinator_knows_its_owner,
    an_invitation_of_a_coordinator_is_their_word,
    two_sponsors_of_90_days_count_and_of_89_do_not,
    a_sponsor_the_desk_holds_gives_no_word,
    nobody_vouches_for_themselves_or_for_who_they_write_with,
    fifty_presses_of_two_sponsors_put_a_hand_up_once,
    a_hand_that_went_down_comes_back_to_wait,
    a_word_that_was_given_stays_and_so_does_a_suspension,
    there_is_one_place_for_90_days_and_two_after,
);

const RAY: &str = "ray@post.example";
const LEE: &str = "lee@post.example";
const MO: &str = "mo@post.example";
const KIM: &str = "kim@desk.example";
const YOU_ARE_IN: &str = "you are in";

fn read<T>(app: &TestApp, work: impl FnOnce(&mut Conn) -> Result<T, Error>) -> T {
    app.ground().store.read(work).expect("an answer")
}

fn id_of(app: &TestApp, address: &str) -> MemberId {
    let index = app.ground().vault.index(&Address::parse(address).expect("an address"));
    let found = app.ground().store.read(|conn| members::find_by_index(conn, &index)).expect("an answer");
    found.unwrap_or_else(|| panic!("nobody has {address}")).id
}

fn hand_of(app: &TestApp, address: &str) -> Hand {
    let id = id_of(app, address);
    app.ground().store.read(|conn| hands::find_hand(conn, id)).expect("an answer").expect("a hand")
}

fn word_of(app: &TestApp, address: &str) -> String {
    let id = id_of(app, address);
    let found = app.ground().store.read(|conn| members::find_member(conn, id)).expect("an answer");
    found.expect("a member").check_word
}

/// Who vouched, in rows.
fn count_vouches(app: &TestApp, address: &str) -> i64 {
    let id = id_of(app, address);
    read(app, |conn| Ok(vouches::table.filter(vouches::hand.eq(id)).count().get_result(conn)?))
}

/// What is on record about this hand, in its order, and that the record holds.
fn record_of(app: &TestApp, address: &str) -> Vec<(Act, Option<Vec<u8>>)> {
    let id = id_of(app, address);
    let whole = app.ground().store.read(|conn| audit::verify(conn, &app.ground().vault)).expect("an answer");
    assert!(whole.is_ok(), "{whole:?}");
    read(app, |conn| {
        let about = record::table.filter(record::subject.eq(id.bytes().to_vec())).order(record::number);
        Ok(about.select((record::what, record::actor)).load(conn)?)
    })
}

fn actor(app: &TestApp, address: &str) -> Vec<u8> {
    id_of(app, address).bytes().to_vec()
}

/// Somebody gave their word for this hand so many days ago.
fn age(app: &TestApp, address: &str, days: i32) {
    let (id, today) = (id_of(app, address), app.ground().now().day());
    app.seed(|tx, _| {
        let on = rows::vouched_on.eq(Some(Day(today.0 - days)));
        diesel::update(rows::table.find(id)).set(on).execute(tx.conn()).expect("an age");
    });
}

fn set_state(app: &TestApp, address: &str, state: State) {
    let id = id_of(app, address);
    app.seed(|tx, _| diesel::update(rows::table.find(id)).set(rows::state.eq(state)).execute(tx.conn()).expect("set"));
}

/// A sponsor who is here for 200 days, signed in.
async fn long_standing(app: &TestApp, first_name: &str, address: &str) -> Sponsor {
    app.seed(|tx, ground| seed::hand(tx, ground, first_name, address, 1));
    let mut sponsor = Sponsor::of(app, first_name, address);
    sponsor.signs_in(app).await;
    sponsor
}

async fn vouches_for(sponsor: &mut Sponsor, first_name: &str, word: &str) {
    sponsor.browser.visit("/mine/vouch").await;
    sponsor.browser.press("I know them: yes", &[("name", first_name), ("word", word)]).await;
}

async fn a_hand_waits_until_a_coordinator_knows_its_owner(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", KIM).await;
    kim.browser.page.does_not_say("waits for a word");
    Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    let mut ray = Sponsor::raises_uninvited(&app, "Ray", RAY).await;
    let word = word_of(&app, RAY);

    let tells = format!("Your hand waits for someone who knows you. At your meeting, tell a coordinator: Ray, {word}.");
    for path in ["/mine", "/mine/hand"] {
        ray.browser.visit(path).await.says(&tells);
        ray.browser.page.does_not_say("Nothing needs you");
        ray.browser.page.does_not_say("You have room");
    }
    ray.browser.visit("/es/mine/hand").await.says(&format!("En tu reunión, di a la coordinación: Ray, {word}."));
    app.turn("+1 h").await;
    assert_eq!((count_offers(&app, RAY), count_mails(&app, RAY, YOU_ARE_IN)), (0, 0), "nothing before somebody's word");

    kim.opens_desk(&app).await.says("No sponsor has room right now.");
    kim.browser.follow("1 hand waits for a word").await.says("Who knows this person?");
    for words in ["Ray", &format!("Their word is {word}"), "Waits since", "Nobody gave their word yet."] {
        kim.browser.page.says(words);
    }
    kim.browser.page.does_not_say(RAY);
    kim.browser.press("Not now", &[]).await.says("It waits on. Someone else can still say yes.");
    assert_eq!(hand_of(&app, RAY).state, State::Pending);
    let yes = kim.browser.page.fill(Some("I know them: yes"), &[]);
    kim.browser.send(yes.clone()).await.says("Thank you. This hand is up.");
    kim.browser.page.says("No hand waits for a word.");
    app.settle().await;
    assert_eq!((count_offers(&app, RAY), count_mails(&app, RAY, YOU_ARE_IN)), (1, 1), "up, and asked at once");

    // An old page says the same and does nothing more.
    kim.browser.send(yes).await.says("Thank you. This hand is up.");
    app.settle().await;
    assert_eq!((count_vouches(&app, RAY), count_mails(&app, RAY, YOU_ARE_IN)), (1, 1));
    let by_kim = Some(actor(&app, KIM));
    assert_eq!(record_of(&app, RAY), [(Act::DidNotVouch, by_kim.clone()), (Act::Vouched, by_kim)]);
    kim.opens_desk(&app).await.does_not_say("waits for a word");
    ray.opens(&app, "/mine/hand").await.says("Your hand is up until");
    ray.browser.page.says("For the first 90 days there is one place. After that you choose.");
    let mut stranger = app.browser();
    assert_eq!(stranger.visit("/desk/vouch").await.path, "/desk/in");
}

async fn an_invitation_of_a_coordinator_is_their_word(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", KIM).await;
    kim.browser.visit("/desk/invite").await;
    kim.browser.press("Make an invitation", &[]).await;
    let invitation = kim.browser.page.inside("main figcaption code");
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", RAY);
    ray.sends_hand(&app, "Ray", &invitation).await;
    ray.types_code(&app).await.says("Your hand is up until");
    app.settle().await;
    assert_eq!((count_mails(&app, RAY, YOU_ARE_IN), count_vouches(&app, RAY)), (1, 1));
    assert_eq!(record_of(&app, RAY), [(Act::Vouched, Some(actor(&app, KIM)))]);

    // Each is told what is theirs: that it was given and when, and how many were given.
    let month = app.ground().now().utc().format("%Y-%m").to_string();
    ray.browser.visit("/mine/me/kept").await.says("Someone gave their word for your hand in");
    let copy = ray.browser.visit("/mine/me/copy").await.html.clone();
    assert!(copy.contains(&format!("\"somebody_gave_their_word_in\": \"{month}\"")), "{copy}");
    assert!(copy.contains("\"others_gave_their_word_for_you\": 1") && !copy.contains("Kim"), "{copy}");
    kim.browser.visit("/mine/me/kept").await.says("You gave your word for one other person.");
    let copy = kim.browser.visit("/mine/me/copy").await.html.clone();
    assert!(copy.contains("\"you_gave_your_word_for_others\": 1") && !copy.contains("Ray"), "{copy}");
}

async fn two_sponsors_of_90_days_count_and_of_89_do_not(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut lee = long_standing(&app, "Lee", LEE).await;
    let mut mo = long_standing(&app, "Mo", MO).await;
    age(&app, MO, 89);
    Sponsor::raises_uninvited(&app, "Ray", RAY).await;
    let word = word_of(&app, RAY);

    lee.browser.visit("/mine/hand").await;
    lee.browser.follow("Give my word for someone").await.says("At a meeting, they tell you their name and their word.");
    let form = lee.browser.page.fill(None, &[("name", "Ray"), ("word", &word)]);
    // Wrong by one of the two, by both, or of nobody: one answer.
    let mut answers = Vec::new();
    for (name, typed) in [("Ray", "zzzz"), ("Roy", word.as_str()), ("Nobody", "zzzz"), ("Lee", "maple")] {
        vouches_for(&mut lee, name, typed).await;
        lee.browser.page.says("This name and this word do not go together here.");
        assert_eq!(lee.browser.page.value("name").as_deref(), Some(name), "what was typed is kept");
        answers.push((lee.browser.page.status, lee.browser.page.text()));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    lee.browser.visit("/mine/vouch").await;
    lee.browser.press("I know them: yes", &[]).await.says("Type the name they told you.");
    lee.browser.page.says("Type the word they told you.");

    // As it was heard; and twice is once.
    vouches_for(&mut lee, " RAY ", &word.to_uppercase()).await;
    lee.browser.page.says("Thank you. Your word is with us.");
    lee.browser.send(form.clone()).await.says("Thank you. Your word is with us.");
    assert_eq!((count_vouches(&app, RAY), hand_of(&app, RAY).state), (1, State::Pending));

    mo.browser.visit("/mine/hand").await.does_not_say("Give my word for someone");
    mo.browser.visit("/mine/vouch").await.says("You can do this later");
    assert!(!mo.browser.page.has_form());
    age(&app, MO, 90);
    mo.browser.visit("/mine/vouch").await;
    let form = mo.browser.page.fill(None, &[("name", "Ray"), ("word", &word)]);
    age(&app, MO, 89);
    mo.browser.send(form.clone()).await.says("You can do this later");
    assert_eq!((count_vouches(&app, RAY), hand_of(&app, RAY).state), (1, State::Pending), "89 days are too few");
    age(&app, MO, 90);
    vouches_for(&mut mo, "ray", &word).await;
    mo.browser.page.says("Thank you. Your word is with us.");
    app.settle().await;
    assert_eq!((hand_of(&app, RAY).state, count_mails(&app, RAY, YOU_ARE_IN)), (State::Up, 1));
    assert_eq!(record_of(&app, RAY), [(Act::Vouched, Some(actor(&app, LEE))), (Act::Vouched, Some(actor(&app, MO)))]);
    // A page of before says what it said, to who vouched.
    mo.browser.send(form).await.says("Thank you. Your word is with us.");
    assert_eq!(record_of(&app, RAY).len(), 2);
}

async fn a_sponsor_the_desk_holds_gives_no_word(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut lee = long_standing(&app, "Lee", LEE).await;
    let mut mo = long_standing(&app, "Mo", MO).await;
    Sponsor::raises_uninvited(&app, "Ray", RAY).await;
    let word = word_of(&app, RAY);
    vouches_for(&mut lee, "Ray", &word).await;
    set_state(&app, LEE, State::Suspended);
    lee.browser.visit("/mine/vouch").await.says("You can do this later");
    vouches_for(&mut mo, "Ray", &word).await;
    assert_eq!(hand_of(&app, RAY).state, State::Pending, "a word of who is suspended since does not count");
    // A sponsor who takes a break still knows people.
    let mut ada = long_standing(&app, "Ada", "ada@post.example").await;
    set_state(&app, "ada@post.example", State::Down);
    vouches_for(&mut ada, "Ray", &word).await;
    app.settle().await;
    assert_eq!((hand_of(&app, RAY).state, count_mails(&app, RAY, YOU_ARE_IN)), (State::Up, 1));
}

async fn nobody_vouches_for_themselves_or_for_who_they_write_with(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let another = "Another coordinator decides this one.";
    // A coordinator's own hand, even by an invitation of their own.
    let mut kim = Coordinator::enrols(&app, "Kim", KIM).await;
    kim.browser.visit("/desk/invite").await;
    kim.browser.press("Make an invitation", &[]).await;
    let invitation = kim.browser.page.inside("main figcaption code");
    let mut own = Sponsor::of(&app, "Kim", KIM);
    own.sends_hand(&app, "Kim", &invitation).await;
    own.types_code(&app).await.says("Your hand waits for someone who knows you.");
    kim.browser.visit("/desk/vouch").await.says(another);
    assert!(!kim.browser.page.has_form());
    let kims = id_of(&app, KIM);
    let ground = app.ground();
    assert_eq!(hands::vouch_as_coordinator(ground, kims, kims).expect("an answer"), Vouched::NotTheirs);
    assert_eq!(hands::not_now(ground, kims, kims).expect("an answer"), Vouched::NotTheirs);
    assert_eq!(record_of(&app, KIM), []);

    // The own sponsee, and once that has ended.
    let mut lee = long_standing(&app, "Lee", LEE).await;
    let mut jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    lee.says_yes(&app, None).await;
    let mut jo_raises = Sponsor { browser: app.browser(), program: jo.program.clone() };
    jo_raises.sends_hand(&app, "Jo", "/raise").await;
    jo_raises.types_code(&app).await.says("tell a coordinator: Jo");
    let word = word_of(&app, "jo@mail.example");
    app.turn("+1 h").await;
    lee.signs_in(&app).await;
    vouches_for(&mut lee, "Jo", &word).await;
    lee.browser.page.says(another);
    jo.signs_in(&app).await;
    let pair = jo.browser.page.pair_path();
    jo.browser.visit(&format!("{pair}/end")).await;
    jo.browser.press("Just stop", &[]).await;
    vouches_for(&mut lee, "Jo", &word).await;
    lee.browser.page.says(another);
    assert_eq!(count_vouches(&app, "jo@mail.example"), 0);

    // And the own sponsor.
    set_state(&app, "jo@mail.example", State::Up);
    age(&app, "jo@mail.example", 100);
    set_state(&app, LEE, State::Pending);
    let mut jo = Sponsor { browser: jo.browser, program: jo.program };
    vouches_for(&mut jo, "Lee", "maple").await;
    jo.browser.page.says(another);
    assert_eq!((count_vouches(&app, LEE), hand_of(&app, LEE).state), (0, State::Pending));
    app.settle().await;
}

async fn fifty_presses_of_two_sponsors_put_a_hand_up_once(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut sponsors = [long_standing(&app, "Lee", LEE).await, long_standing(&app, "Mo", MO).await];
    Sponsor::raises_uninvited(&app, "Ray", RAY).await;
    let word = word_of(&app, RAY);
    let mut forms = Vec::new();
    for sponsor in &mut sponsors {
        sponsor.browser.visit("/mine/vouch").await;
        forms.push(sponsor.browser.page.fill(None, &[("name", "Ray"), ("word", &word)]));
    }
    let mut presses = JoinSet::new();
    for _ in 0..50 {
        for (sponsor, form) in sponsors.iter().zip(&forms) {
            let press = sponsor.browser.request(Method::POST, &form.action, Some(&form.fields)).send();
            presses.spawn(async move {
                let answer = press.await.expect("an answer");
                (answer.status().as_u16(), answer.headers().get("location").cloned())
            });
        }
    }
    for (status, location) in presses.join_all().await {
        let location = location.expect("a place to go");
        assert_eq!((status, location.to_str().expect("text")), (303, "/mine/vouch?noted"));
    }
    app.settle().await;
    assert_eq!((hand_of(&app, RAY).state, count_mails(&app, RAY, YOU_ARE_IN)), (State::Up, 1));
    assert_eq!((count_vouches(&app, RAY), record_of(&app, RAY).len()), (2, 2));
}

async fn a_hand_that_went_down_comes_back_to_wait(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    let mut lee = long_standing(&app, "Lee", LEE).await;
    set_state(&app, LEE, State::Down);
    let mut ray = Sponsor::raises_uninvited(&app, "Ray", RAY).await;
    let word = word_of(&app, RAY);
    vouches_for(&mut lee, "Ray", &word).await;

    ray.browser.visit("/mine/hand").await;
    ray.browser.press("Take my hand down", &[]).await.says("One press, and it waits again for someone who knows you.");
    ray.browser.visit("/mine").await.does_not_say("tell a coordinator");
    ray.browser.visit("/mine/hand").await;
    ray.browser.press("Put my hand up again", &[]).await.says(&format!("tell a coordinator: Ray, {word}."));
    // The same without the page: whatever a mailed question or an old form would do.
    let id = id_of(&app, RAY);
    hands::lower(app.ground(), id).expect("down");
    hands::resume(app.ground(), id).expect("back");
    // And by the way in once more.
    app.turn("+1 h").await;
    ray = Sponsor::raises_uninvited(&app, "Ray", RAY).await;
    ray.browser.page.says(&format!("tell a coordinator: Ray, {word}."));
    app.turn("+2 h").await;
    assert_eq!((hand_of(&app, RAY).state, count_offers(&app, RAY)), (State::Pending, 0));

    // The word that was given counts on.
    let mut mo = long_standing(&app, "Mo", MO).await;
    set_state(&app, MO, State::Down);
    vouches_for(&mut mo, "Ray", &word).await;
    app.settle().await;
    assert_eq!((hand_of(&app, RAY).state, count_mails(&app, RAY, YOU_ARE_IN)), (State::Up, 1));
    assert_eq!(count_offers(&app, RAY), 1);
}

async fn a_word_that_was_given_stays_and_so_does_a_suspension(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut ray = Sponsor::raises(&app, "Ray", RAY).await;
    age(&app, RAY, 40);
    let given_on = hand_of(&app, RAY).vouched_on;
    ray.browser.visit("/mine/hand").await;
    ray.browser.press("Take my hand down", &[]).await.says("Your hand is down. One press puts it up again.");
    ray.browser.press("Put my hand up again", &[]).await.says("Your hand is up until");
    // Without an invitation this time: the word that was given counts, and as old as it is.
    app.turn("+1 h").await;
    Sponsor::raises_uninvited(&app, "Ray", RAY).await.browser.page.says("Your hand is up until");
    let hand = hand_of(&app, RAY);
    assert_eq!((hand.state, hand.vouched_on), (State::Up, given_on));

    set_state(&app, RAY, State::Suspended);
    ray.opens(&app, "/mine/hand").await.says("Your hand is on hold while we look at something.");
    let id = id_of(&app, RAY);
    let until = app.ground().now().plus(chrono::TimeDelta::days(1));
    let ground = app.ground();
    for press in [hands::lower(ground, id), hands::resume(ground, id), hands::pause(ground, id, until)] {
        assert!(!press.expect("an answer"), "the desk holds it");
    }
    app.turn("+1 h").await;
    Sponsor::raises_uninvited(&app, "Ray", RAY).await.browser.page.says("Your hand is on hold");
    app.turn("+1 h").await;
    let mut again = Sponsor::of(&app, "Ray Oyelaran", RAY);
    again.sends_hand(&app, "Ray", &app.invitation().await).await;
    again.types_code(&app).await.says("Your hand is on hold");
    app.settle().await;
    assert_eq!(hand_of(&app, RAY).state, State::Suspended);
}

async fn there_is_one_place_for_90_days_and_two_after(engine: Engine) {
    const WHY: &str = "For the first 90 days there is one place. After that you choose.";
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", KIM).await;
    let mut ray = Sponsor::raises(&app, "Ray", RAY).await;
    ray.browser.visit("/mine/hand").await.says(WHY);
    ray.browser.press("Save", &[("capacity", "2")]).await.says("Saved.");
    ray.browser.page.says(WHY);
    assert_eq!(ray.browser.page.value("capacity").as_deref(), Some("2"), "the choice is kept for later");
    ray.browser.visit("/mine").await.says("You have room for 1.");
    age(&app, RAY, 89);
    kim.opens_desk(&app).await.says("1 sponsor has room for 1 more.");

    Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    Newcomer::asks(&app, "Ana", "ana@mail.example").await;
    assert_eq!(count_offers(&app, RAY), 1, "one place, one question");
    ray.says_yes(&app, None).await.says("You write with Jo now.");
    app.turn("+1 h").await;
    assert_eq!(count_offers(&app, RAY), 1, "the one place is taken");
    // Not even by a link that is there.
    let hand = id_of(&app, RAY);
    let link: Token = app.seed(|tx, ground| {
        let request = seed::request(tx, ground, "Sam", "sam@mail.example");
        seed::offer(tx, ground, request, hand)
    });
    let yes = Reply::Yes { hello: "Hello.".to_owned() };
    assert!(matches!(requests::answer(app.ground(), &link, &yes).expect("an answer"), Answered::NoRoom));
    app.seed(|tx, _| {
        diesel::delete(offers::table.filter(offers::token.eq(link.digest()))).execute(tx.conn()).expect("gone")
    });

    age(&app, RAY, 90);
    kim.opens_desk(&app).await.says("1 sponsor has room for 1 more.");
    app.turn("+1 h").await;
    assert_eq!(count_offers(&app, RAY), 2, "and then what was chosen");
    ray.says_yes(&app, None).await.says("You write with Ana now.");
    ray.opens(&app, "/mine/hand").await.does_not_say(WHY);
}
