//! The people of the stories, by what they do.
pub struct Newcomer;
pub struct Sponsor;
