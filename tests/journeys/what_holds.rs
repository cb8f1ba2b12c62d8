//! A coordinator reads the policy in force: the host's file over the defaults, in words, and where it stands.

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::{Coordinator, TestApp};

on_both_engines!(a_coordinator_reads_what_holds_here);

async fn a_coordinator_reads_what_holds_here(engine: Engine) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("ours.toml");
    let ours = "[offers]\nat_once = 3\nat_once_later = 7\n[quiet_hours]\nfrom = \"22:30\"\nuntil = \"07:15\"\n\
                [requests]\ndesk_after = \"29 h\"\n[may_sponsor]\nsteps_required = 9\nminimum_months = 5\n";
    std::fs::write(&file, ours).expect("a policy of ours");
    let own = file.clone();
    let Some(app) = TestApp::start_with(engine, |settings| settings.policy = Some(own)).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    let page = kim.browser.visit("/desk/policy").await.clone();
    for decided in [
        "Sponsors Steps worked: 9",
        "5 months or more",
        "Asked at once 3 ",
        "7, after 1 day",
        "Quiet hours 22:30 to 07:15",
        "The desk looks after 1 day 5 h",
        "All Twelve Steps",
    ] {
        let is_ours = decided != "All Twelve Steps";
        assert_eq!(page.text().contains(decided), is_ours, "{decided}: {}", page.text());
    }
    assert_eq!(page.inside("main code"), file.display().to_string(), "where the host changes it");
    assert!(!page.has_form(), "read only");
    for path in ["/desk/policy", "/es/desk/policy"] {
        let shown = kim.browser.visit(path).await.text();
        assert!(!shown.contains(['[', '{']), "a text is not there: {shown}");
    }
    kim.browser.page.says("Horas de silencio De 22:30 a 07:15");

    // Without a file the defaults hold, and the page says how one is named.
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    kim.browser.visit("/desk/policy").await.says("Sponsors All Twelve Steps worked");
    kim.browser.page.says("No file is set");
    assert_eq!(kim.browser.page.inside("main code"), "policy");
}
