//! Every answer the listener gives. Constants, but for the configured name and size in the first two: an answer
//! never carries what a peer said or what a next hop answered. Codes: RFC 5321 4.2, enhanced codes: RFC 3463.

pub(super) const OK: &str = "250 2.0.0 OK\r\n";
pub(super) const SENDER_OK: &str = "250 2.1.0 OK\r\n";
pub(super) const RECIPIENT_OK: &str = "250 2.1.5 OK\r\n";
pub(super) const START_DATA: &str = "354 End with <CRLF>.<CRLF>\r\n";
pub(super) const BYE: &str = "221 2.0.0 Bye\r\n";
pub(super) const HELP: &str = "214 2.0.0 See RFC 5321\r\n";
// RFC 5321 7.3: neither yes nor no.
pub(super) const VERIFY: &str = "252 2.0.0 Send mail to find out\r\n";

pub(super) const STOPPING: &str = "421 4.3.2 Closing, please try later\r\n";
pub(super) const BUSY: &str = "421 4.3.2 Too many connections\r\n";
pub(super) const SLOW: &str = "421 4.4.2 Too slow\r\n";
pub(super) const TOO_MANY_ERRORS: &str = "421 4.7.0 Too many errors or commands\r\n";
pub(in crate::smtp) const TRY_LATER: &str = "451 4.3.0 Please try later\r\n";
pub(super) const NO_MEMORY: &str = "451 4.3.2 Please try later\r\n";
pub(super) const TOO_MANY_RECIPIENTS: &str = "452 4.5.3 Too many recipients\r\n";

pub(super) const LINE_TOO_LONG: &str = "500 5.5.2 Line too long\r\n";
pub(super) const UNKNOWN_COMMAND: &str = "500 5.5.1 Unknown command\r\n";
pub(super) const SYNTAX: &str = "501 5.5.2 Syntax error\r\n";
pub(super) const BAD_ARGUMENT: &str = "501 5.5.4 Bad argument\r\n";
pub(super) const NOT_OFFERED: &str = "502 5.5.1 Not offered\r\n";
pub(super) const WRONG_ORDER: &str = "503 5.5.1 Wrong order of commands\r\n";
/// Unknown, malformed, ended, or not from who may write: one answer for all (D8).
pub(in crate::smtp) const UNAVAILABLE: &str = "550 5.1.1 Address unavailable\r\n";
pub(super) const TOO_BIG: &str = "552 5.3.4 Message too big\r\n";
pub(super) const BAD_SENDER: &str = "553 5.1.7 Bad sender address\r\n";
pub(super) const BARE_NEWLINE: &str = "554 5.6.0 Bare CR or LF\r\n";
pub(super) const DATA_LINE_TOO_LONG: &str = "554 5.6.0 Line too long\r\n";
pub(super) const UNKNOWN_PARAMETER: &str = "555 5.5.4 Parameter not offered\r\n";

pub(super) fn greeting(name: &str) -> String {
    format!("220 {name} ESMTP\r\n")
}

/// HELO: one line. RFC 5321 4.1.1.1.
pub(super) fn hello(name: &str) -> String {
    format!("250 {name}\r\n")
}

/// EHLO and LHLO: what is offered. Not STARTTLS, CHUNKING, DSN, SMTPUTF8: the mail server in front does those.
pub(super) fn extended_hello(name: &str, max_bytes: usize, xforward: bool) -> String {
    let xforward = if xforward { "250-XFORWARD ADDR HELO\r\n" } else { "" };
    format!(
        "250-{name}\r\n250-PIPELINING\r\n250-SIZE {max_bytes}\r\n250-8BITMIME\r\n{xforward}250 ENHANCEDSTATUSCODES\r\n"
    )
}
