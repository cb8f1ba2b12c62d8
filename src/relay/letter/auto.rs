//! Tells mail that no person wrote: absence notes, receipts, lists, reports. Called by read; such mail is neither
//! passed on nor answered. An empty MAIL FROM is the same sign, seen by the caller.

use mail_parser::Message;

use super::read::kind;

/// Beginnings of the subjects of absence notes, for responders that set no header.
const AUTO_SUBJECTS: &str = "\
    automatic reply|auto reply|auto-reply|autoreply|out of office|out of the office|automatische antwort|\
    abwesenheitsnotiz|abwesenheit:|respuesta automática|fuera de la oficina|réponse automatique|\
    absence du bureau|risposta automatica|fuori ufficio|resposta automática|ausência|automatisch antwoord|\
    afwezigheidsbericht|autosvar|automatiskt svar|automaattinen vastaus|autoodpowiedź|odpowiedź automatyczna|\
    автоответ|автоматический ответ|otomatik yanıt|automatická odpověď|自动回复|自動回覆|自動応答|자동 회신|undeliverable:|\
    delivery status notification|undelivered mail returned";

/// Why a message is not a letter of a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Machine {
    Auto,
    /// It passed more servers than a letter does: it goes round.
    Loop,
}

/// RFC 3834 5, and the marks of responders and lists that do not follow it.
pub(super) fn is_auto(message: &Message, subject: &str) -> bool {
    let by_header = message.headers().iter().any(|header| {
        let bytes = usize::try_from(header.offset_start).unwrap_or(0)..usize::try_from(header.offset_end).unwrap_or(0);
        let raw = message.raw_message.get(bytes).map(String::from_utf8_lossy).unwrap_or_default();
        let value = raw.trim().to_lowercase();
        match header.name().to_lowercase().as_str() {
            "auto-submitted" => value.split([';', ' ']).next() != Some("no"),
            "x-auto-response-suppress"
            | "x-autoreply"
            | "x-autorespond"
            | "list-id"
            | "x-ms-exchange-generated-message-source" => true,
            "precedence" => ["bulk", "junk", "list", "auto_reply"].contains(&value.as_str()),
            _ => false,
        }
    });
    let is_report =
        message.parts.first().and_then(kind).is_some_and(|(main, sub)| main == "multipart" && sub == "report");
    let subject = subject.to_lowercase();
    by_header || is_report || AUTO_SUBJECTS.split('|').any(|start| subject.starts_with(start))
}
