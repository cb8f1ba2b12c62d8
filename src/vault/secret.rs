//! A value that is shown only where `expose` is written, and wiped from memory when it is dropped.

use zeroize::Zeroize;

/// Has no `Debug`, no `Display` and no `Serialize`, so that it has no way into a log line, a page or an export by accident:
///
/// ```compile_fail,E0277
/// println!("{:?}", show_of_hands::vault::Secret::new(String::new()));
/// ```
/// ```compile_fail,E0277
/// println!("{}", show_of_hands::vault::Secret::new(String::new()));
/// ```
/// ```compile_fail,E0277
/// serde_json::to_string(&show_of_hands::vault::Secret::new(String::new()));
/// ```
/// An address, a token and a code are held to the same:
///
/// ```compile_fail,E0277
/// let address = show_of_hands::vault::Address::parse("jo@example.org").ok();
/// println!("{address:?}");
/// ```
/// ```compile_fail,E0277
/// let chance = show_of_hands::vault::Chance::seeded(1);
/// println!("{:?}", show_of_hands::vault::Token::draw(&chance));
/// ```
/// ```compile_fail,E0277
/// let chance = show_of_hands::vault::Chance::seeded(1);
/// println!("{:?}", show_of_hands::vault::Code::draw(&chance));
/// ```
/// What it does have:
///
/// ```
/// assert_eq!(show_of_hands::vault::Secret::new(7_u8).expose(), &7);
/// ```
#[derive(Clone)]
pub struct Secret<T: Zeroize>(pub(super) T);

impl<T: Zeroize> Secret<T> {
    pub fn new(value: T) -> Self {
        Self(value)
    }

    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
