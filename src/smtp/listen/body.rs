//! Where a message ends and which dots belong to it, byte by byte. Pure.
//!
//! Only CR LF . CR LF ends a message. A CR or an LF on its own is refused wherever it stands: a peer and we might
//! read it differently, and what one takes for text the other takes for the next letter (SMTP smuggling).

/// RFC 5321 4.5.3.1.6 says 1000. Longer lines are common (HTML without breaks) and harmless here, since the text is
/// rebuilt; the bound keeps a single line from being the whole of a message.
const LONGEST_LINE: usize = 64 * 1024;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    More,
    End,
    BareNewline,
    LineTooLong,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    LineStart,
    Text,
    /// After a CR in or at the end of a line.
    Cr,
    /// After a dot at the start of a line.
    Dot,
    DotCr,
}

pub(super) struct Body {
    at: At,
    line_bytes: usize,
}

impl Body {
    /// The line that said DATA has ended: the message starts at the start of a line.
    pub(super) fn new() -> Self {
        Self { at: At::LineStart, line_bytes: 0 }
    }

    /// Waiting for the LF of a CR: what stood so far is not a line end.
    pub(super) fn holds_cr(&self) -> bool {
        matches!(self.at, At::Cr | At::DotCr)
    }

    /// Reads `input` up to the end of the message; writes the message to `output`. Returns how many bytes were read.
    pub(super) fn read(&mut self, input: &[u8], output: &mut Vec<u8>) -> (usize, Step) {
        for (index, &byte) in input.iter().enumerate() {
            let step = self.step(byte, output);
            if step != Step::More {
                return (index + 1, step);
            }
        }
        (input.len(), Step::More)
    }

    fn step(&mut self, byte: u8, output: &mut Vec<u8>) -> Step {
        self.at = match (self.at, byte) {
            (At::DotCr, b'\n') => return Step::End,
            (At::Cr, b'\n') => {
                output.extend_from_slice(b"\r\n");
                self.line_bytes = 0;
                At::LineStart
            }
            (At::Cr | At::DotCr, _) | (_, b'\n') => return Step::BareNewline,
            (At::Dot, b'\r') => At::DotCr,
            (_, b'\r') => At::Cr,
            // RFC 5321 4.5.2: a dot that starts a line of text is not part of it.
            (At::LineStart, b'.') => At::Dot,
            _ => {
                output.push(byte);
                self.line_bytes += 1;
                At::Text
            }
        };
        if self.line_bytes > LONGEST_LINE { Step::LineTooLong } else { Step::More }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(input: &[u8]) -> (Vec<u8>, usize, Step) {
        let mut output = Vec::new();
        let (used, step) = Body::new().read(input, &mut output);
        (output, used, step)
    }

    #[test]
    fn only_crlf_dot_crlf_ends_a_message() {
        assert_eq!(read(b"a\r\n.\r\nQUIT\r\n"), (b"a\r\n".to_vec(), 6, Step::End));
        assert_eq!(read(b".\r\n"), (Vec::new(), 3, Step::End));
        assert_eq!(read(b"a.\r\n"), (b"a.\r\n".to_vec(), 4, Step::More));
        for ending in [&b"a\n.\n"[..], b"a\n.\r\n", b"a\r\n.\n", b"a\r.\r", b"a\r\n.\ra", b"a\r\r\n.\r\n"] {
            assert_eq!(read(ending).2, Step::BareNewline, "{}", ending.escape_ascii());
        }
    }

    #[test]
    fn a_leading_dot_is_taken_away_once() {
        assert_eq!(read(b"..\r\n.a\r\nb.\r\n...\r\n.\r\n").0, b".\r\na\r\nb.\r\n..\r\n");
    }

    #[test]
    fn a_line_has_a_longest() {
        assert_eq!(read(&vec![b'a'; LONGEST_LINE]).2, Step::More);
        assert_eq!(read(&vec![b'a'; LONGEST_LINE + 1]).2, Step::LineTooLong);
    }

    proptest! {
        #[test]
        fn what_is_stuffed_comes_out_as_it_was(lines in prop::collection::vec("[^\r\n]{0,20}|\\.{1,3}.{0,3}", 0..20), cut in 1..50_usize) {
            let (mut message, mut sent) = (Vec::new(), Vec::new());
            for line in lines.iter().map(|line| line.replace(['\r', '\n'], "")) {
                if line.starts_with('.') {
                    sent.push(b'.');
                }
                for bytes in [&mut message, &mut sent] {
                    bytes.extend_from_slice(line.as_bytes());
                    bytes.extend_from_slice(b"\r\n");
                }
            }
            sent.extend_from_slice(b".\r\n");
            let (mut body, mut output, mut last) = (Body::new(), Vec::new(), Step::More);
            for chunk in sent.chunks(cut) {
                prop_assert_eq!(last, Step::More);
                last = body.read(chunk, &mut output).1;
            }
            prop_assert_eq!(last, Step::End);
            prop_assert_eq!(output, message);
        }
    }
}
