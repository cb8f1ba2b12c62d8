//! By what two copies of one message are known as one: everything but what the way adds.

/// Headers that differ between two deliveries of the same message.
const OF_THE_WAY: [&str; 4] = ["received", "return-path", "delivered-to", "x-original-to"];

/// The pieces of the message that are its own, in order.
pub(super) fn own_bytes(raw: &[u8]) -> Vec<&[u8]> {
    let mut kept = Vec::new();
    let mut rest = raw;
    let mut skips = false;
    while let Some(line) = rest.split_inclusive(|byte| *byte == b'\n').next() {
        if line.trim_ascii().is_empty() {
            break; // the end of the header: what follows is the text, whole
        }
        if !matches!(line.first(), Some(b' ' | b'\t')) {
            let name = line.split(|byte| *byte == b':').next().unwrap_or_default().trim_ascii();
            skips = OF_THE_WAY.iter().any(|other| name.eq_ignore_ascii_case(other.as_bytes()));
        }
        if !skips {
            kept.push(line);
        }
        rest = rest.get(line.len()..).unwrap_or_default();
    }
    kept.push(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_way_adds_does_not_count() {
        let raw = b"Return-Path: <a@b>\r\nReceived: from x\r\n\tby y; now\r\nSubject: s\r\n t\r\nDelivered-To: z\r\n\r\nReceived: in the text\r\n";
        let own = own_bytes(raw).concat();
        assert_eq!(own, b"Subject: s\r\n t\r\n\r\nReceived: in the text\r\n");
        assert_eq!(own_bytes(b"Subject: s").concat(), b"Subject: s");
        assert_ne!(own_bytes(b"Subject: s\r\n\r\na\r\n").concat(), own_bytes(b"Subject: s\r\n\r\nb\r\n").concat());
    }
}
