//! Who wrote a message, as far as DNS can prove it: SPF, DKIM and their alignment with the one From address. Results
//! of others (`Authentication-Results`) are never read. Whether the proven address may write is not asked here: all of
//! this runs first, so that a right and a wrong guess cost the same time, and a DNS failure is answered before anything
//! was compared (D8). The relay's intake calls it.

use std::net::{IpAddr, SocketAddr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use mail_auth::common::to_a_label;
use mail_auth::dmarc::verify::DmarcParameters;
use mail_auth::hickory_resolver::config::{NameServerConfig, ResolverConfig, ResolverOpts};
use mail_auth::spf::verify::SpfParameters;
use mail_auth::{
    AuthenticatedMessage, DkimOutput, DkimResult, DmarcOutput, DmarcResult, MessageAuthenticator, SpfOutput, SpfResult,
};
use mail_parser::parsers::MessageStream;
use mail_parser::{Address, HeaderValue};

#[cfg(test)]
mod tests;

/// One DNS question; asked twice.
const DNS_TIMEOUT: Duration = Duration::from_secs(5);
/// All questions about one message. RFC 7208 4.6.4 allows SPF alone 20 s; a mail server waits 5 minutes and more.
const LONGEST: Duration = Duration::from_mins(1);

/// Personal data in one kind: no Debug.
pub enum Verdict {
    /// `from` is the one mailbox of the one From header, as written.
    Proven {
        from: String,
    },
    NotProven,
    /// DNS gave no answer that could be relied on.
    TryLater,
}

#[derive(thiserror::Error, Debug)]
pub enum Error {
    #[error("no DNS resolver could be set up")]
    Resolver,
}

pub struct Authenticator(MessageAuthenticator);

impl Authenticator {
    /// Asks the DNS server at `dns`, or those of the system.
    pub fn new(dns: Option<SocketAddr>) -> Result<Self, Error> {
        let made = match dns {
            None => MessageAuthenticator::new_system_conf(),
            Some(address) => MessageAuthenticator::new(servers(address), options()),
        };
        Ok(Self(made.map_err(|_| Error::Resolver)?))
    }

    /// `peer` and `helo` are those of the sending host, `mail_from` is empty for `<>`.
    pub async fn verdict(&self, raw: &[u8], peer: IpAddr, helo: &str, mail_from: &str) -> Verdict {
        let parsed = catch_unwind(AssertUnwindSafe(|| (AuthenticatedMessage::parse(raw), one_mailbox(raw))));
        let Ok((Some(message), from)) = parsed else {
            return Verdict::NotProven;
        };
        // Boxed: the future of three DNS walks is large.
        let asked = Box::pin(self.ask(&message, peer, helo, mail_from));
        let Ok(results) = tokio::time::timeout(LONGEST, asked).await else {
            return Verdict::TryLater;
        };
        // The same header must be what DKIM and DMARC looked at.
        let Some(from) = from.filter(|from| message.froms() == [from.to_lowercase()]) else {
            return Verdict::NotProven;
        };
        results.verdict(from)
    }

    async fn ask<'x>(
        &self,
        message: &'x AuthenticatedMessage<'x>,
        peer: IpAddr,
        helo: &str,
        mail_from: &str,
    ) -> Results<'x> {
        let mut dkim = self.0.verify_dkim(message).await;
        dkim.retain(covers_from);
        let mail_from_domain = to_a_label(domain_of(mail_from)).into_owned();
        // RFC 7208 2.4 puts HELO in the place of an empty MAIL FROM. It would prove a host, not a person: left out.
        let spf = if mail_from_domain.is_empty() {
            SpfOutput::new(String::new()).with_result(SpfResult::None)
        } else {
            self.0.verify_spf(SpfParameters::verify_mail_from(peer, helo, "unknown", mail_from)).await
        };
        let dmarc = self
            .0
            .verify_dmarc(DmarcParameters {
                message,
                dkim_output: &dkim,
                dkim2_output: None,
                rfc5321_mail_from_domain: &mail_from_domain,
                spf_output: &spf,
            })
            .await;
        Results { dkim, spf, dmarc, mail_from_domain }
    }
}

struct Results<'x> {
    dkim: Vec<DkimOutput<'x>>,
    spf: SpfOutput,
    dmarc: DmarcOutput,
    mail_from_domain: String,
}

impl Results<'_> {
    /// Alignment as the domain's DMARC record wants it, or an equal domain: that satisfies every record, and is what is
    /// asked of a domain without one.
    fn verdict(&self, from: String) -> Verdict {
        let domain = to_a_label(domain_of(&from));
        let equal_dkim = |wanted: fn(&DkimResult) -> bool| {
            self.dkim.iter().any(|output| {
                output.signature().is_some_and(|signature| to_a_label(&signature.d) == domain)
                    && wanted(output.result())
            })
        };
        let equal_spf = (self.mail_from_domain == domain).then(|| self.spf.result());
        let by_record = [self.dmarc.dkim_result(), self.dmarc.spf_result()];

        if equal_dkim(|result| *result == DkimResult::Pass)
            || equal_spf == Some(SpfResult::Pass)
            || by_record.contains(&&DmarcResult::Pass)
        {
            return Verdict::Proven { from };
        }
        let for_now = equal_dkim(|result| matches!(result, DkimResult::TempError(_)))
            || equal_spf == Some(SpfResult::TempError)
            || by_record.iter().any(|result| matches!(result, DmarcResult::TempError(_)));
        if for_now { Verdict::TryLater } else { Verdict::NotProven }
    }
}

fn servers(address: SocketAddr) -> ResolverConfig {
    let mut server = NameServerConfig::udp_and_tcp(address.ip());
    for connection in &mut server.connections {
        connection.port = address.port();
    }
    ResolverConfig::from_parts(None, Vec::new(), vec![server])
}

fn options() -> ResolverOpts {
    let mut options = ResolverOpts::default();
    options.timeout = DNS_TIMEOUT;
    options.attempts = 2;
    options
}

/// A signature that does not cover From says nothing about who wrote (RFC 6376 5.4). One with a short `l=` is already
/// refused by the strict parse.
fn covers_from(output: &DkimOutput<'_>) -> bool {
    output.signature().is_some_and(|signature| signature.h.iter().any(|name| name.eq_ignore_ascii_case("from")))
}

fn domain_of(address: &str) -> &str {
    address.rsplit_once('@').map_or("", |(_, domain)| domain)
}

/// The mailbox of the From header: exactly one header, one mailbox, no group (RFC 5322 3.4). Mail programs show the
/// first of several, or the last, or all; here several are none.
pub fn one_mailbox(raw: &[u8]) -> Option<String> {
    let value = one_from_value(raw)?;
    if opening_brackets(&value) > 1 {
        return None;
    }
    let HeaderValue::Address(Address::List(list)) = MessageStream::new(&value).parse_address() else {
        return None;
    };
    let [mailbox] = list.as_slice() else {
        return None;
    };
    let address = mailbox.address.as_deref()?.trim();
    let (local, domain) = address.split_once('@')?;
    let is_bad = |c: char| c.is_control() || c.is_whitespace() || c == '@';
    (!local.is_empty() && !domain.is_empty() && !local.contains(is_bad) && !domain.contains(is_bad))
        .then(|| address.to_owned())
}

/// The value of the one From header, folded lines included; none if there are two.
fn one_from_value(raw: &[u8]) -> Option<Vec<u8>> {
    let mut found: Option<Vec<u8>> = None;
    let mut in_from = false;
    for line in raw.split_inclusive(|&byte| byte == b'\n') {
        match line {
            b"\r\n" | b"\n" => break,
            [b' ' | b'\t', ..] => {}
            _ => {
                let (name, value) = line.split_at(line.iter().position(|&byte| byte == b':').unwrap_or(line.len()));
                in_from = !value.is_empty() && name.trim_ascii().eq_ignore_ascii_case(b"from");
                if in_from && found.replace(value.get(1..)?.to_vec()).is_some() {
                    return None;
                }
                continue;
            }
        }
        if let Some(value) = found.as_mut().filter(|_| in_from) {
            value.extend_from_slice(line);
        }
    }
    found.map(|mut value| {
        if !value.ends_with(b"\n") {
            value.extend_from_slice(b"\r\n");
        }
        value
    })
}

/// `<` outside quoted strings and comments: parsers disagree about which of two counts.
fn opening_brackets(value: &[u8]) -> usize {
    let (mut count, mut comments, mut is_quoted, mut is_escaped) = (0, 0_usize, false, false);
    for byte in value {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' if comments == 0 => is_quoted = !is_quoted,
            b'(' if !is_quoted => comments += 1,
            b')' if !is_quoted => comments = comments.saturating_sub(1),
            b'<' if !is_quoted && comments == 0 => count += 1,
            _ => {}
        }
    }
    count
}
