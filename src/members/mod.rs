//! Who is with us: joining by a mailed code, signing in, the desk's own door, the questions we mail.
//!
//! Promises: an address is proven before anything is done in its name; asking for a code never looks the address up, so
//! that known and unknown are alike; only a session that was opened here opens a page. Never does: open an address, decide
//! about requests, hands or pairs. The rooms above compose [`take_code`] and [`enter`] into their own transactions.

mod address;
mod banned;
mod desk_door;
mod desk_proof;
mod duty;
mod error;
mod first_steps;
mod forget;
mod idle;
mod invitations;
mod join;
mod mailbox;
mod model;
mod queries;
mod questions;
mod recovery;
mod session;
mod settings;
mod tell;
mod timer;

pub use crate::notices::CodeDoor;
pub use address::{NewAddress, ask_address_code, take_new_address};
pub use banned::banned_hashes;
pub use desk_door::{Enrolled, Enrolment, EnrolmentProblem, begin_enrolment, finish_enrolment};
pub use desk_proof::{DeskProof, desk_enter, prove_again, renew_codes};
pub use duty::{Coordinator, Duty, Week, end_term, find_duty, forget_rota, is_coordinator, take_week};
pub use error::{CodeProblem, Error};
pub use first_steps::{Progress, Step, StepState, list_first_steps, note_first_step};
pub use forget::{forget_invitations, forget_member, forget_questions};
pub use idle::{CLEAR_REASON, ask_idle, is_idle, keep_all, list_to_clear, note_active, unask_clear};
pub use invitations::{InvitationKind, InvitationProblem, invite, look_at_invitation, use_invitation};
pub use join::{
    AskCode, Joined, ask_code, ask_leave_code, enter, forget_drafts, send_again, take_code, waiting_draft, was_used,
};
pub use mailbox::{MailStopped, forget_former, list_former, mail_stopped, note_bounce, stop_mail};
pub use model::{FirstName, Member, NameProblem, SessionDoor, TERMS_VERSION, address_place};
pub use queries::{
    JoinReader, SealedAddress, count_members, find_by_index, find_join_reader, find_member, find_memory_hash,
    find_sealed_address, find_with_address,
};
pub use questions::{Question, QuestionKind, answer_question, ask_question, find_question, was_asked};
pub use recovery::count_codes;
pub use session::{
    Session, SignIn, end_session, end_sessions_of, find_session, forget_sessions, keep_session, open_session, sign_in,
    sign_out_everywhere,
};
pub use settings::{Settings, change_settings, draw_new_word};
pub use tell::{Look, send_day_mail, send_marks, tell_coordinator};
pub use timer::{may_get_timer_mail, push_timer_mail, steps_behind};
