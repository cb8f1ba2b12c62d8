//! Names of character sets that the parser does not know, though it knows the set. They are changed before it reads, in
//! every place a name stands: `charset=` (RFC 2046 4.1.2) and encoded words (RFC 2047 2). Called by read.

use std::borrow::Cow;

/// Each beside the name that the parser knows.
const ALIASES: &[(&str, &str)] = &[
    ("cp932", "shift_jis"),
    ("windows-932", "shift_jis"),
    ("ms-kanji", "shift_jis"),
    ("cp949", "euc-kr"),
    ("ms949", "euc-kr"),
    ("uhc", "euc-kr"),
    ("cp950", "big5"),
    ("x-big5", "big5"),
    ("ms936", "gbk"),
    ("x-mac-roman", "macintosh"),
    ("mac-roman", "macintosh"),
    ("macroman", "macintosh"),
    ("x-utf-8", "utf-8"),
    ("utf-8-sig", "utf-8"),
    ("utf8mb4", "utf-8"),
    ("unicode-1-1-utf-8", "utf-8"),
];

pub(super) fn with_known_names(raw: &[u8]) -> Cow<'_, [u8]> {
    let mut out: Vec<u8> = Vec::new();
    let mut copied = 0;
    for start in names(raw) {
        let name = &raw[start..start + raw[start..].iter().take(32).take_while(|b| is_of_name(**b)).count()];
        let known = ALIASES.iter().find(|(alias, _)| name.eq_ignore_ascii_case(alias.as_bytes()));
        if let Some((_, known)) = known {
            out.extend_from_slice(&raw[copied..start]);
            out.extend_from_slice(known.as_bytes());
            copied = start + name.len();
        }
    }
    if copied == 0 {
        return Cow::Borrowed(raw);
    }
    out.extend_from_slice(&raw[copied..]);
    Cow::Owned(out)
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':')
}

/// Where a name may begin: behind `=?` and behind `charset=`, quoted or not.
fn names(raw: &[u8]) -> impl Iterator<Item = usize> + '_ {
    memchr::memchr_iter(b'=', raw).filter_map(|at| {
        let next = *raw.get(at + 1)?;
        let before = raw[..at].trim_ascii_end();
        let is_parameter = before.len() >= 7 && before[before.len() - 7..].eq_ignore_ascii_case(b"charset");
        match next {
            b'?' => Some(at + 2),
            b'"' if is_parameter => Some(at + 2),
            _ => is_parameter.then_some(at + 1),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_changed_where_they_name_something() {
        for (raw, read) in [
            ("Content-Type: text/plain; charset=CP949", "Content-Type: text/plain; charset=euc-kr"),
            ("x; Charset = \"cp932\"; y", "x; Charset = \"cp932\"; y"),
            ("x; charset =\"cp932\"; y", "x; charset =\"shift_jis\"; y"),
            ("=?mac-roman?Q?a?= =?utf-8?Q?b?=", "=?macintosh?Q?a?= =?utf-8?Q?b?="),
            ("cp932 is a name, charset=x", "cp932 is a name, charset=x"),
        ] {
            assert_eq!(with_known_names(raw.as_bytes()), read.as_bytes(), "{raw}");
        }
    }
}
