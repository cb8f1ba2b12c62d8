//! `relay preview`: shows what a message would become on its way to the other side.

use std::fs;
use std::io::{self, Read, Write};
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use clap::{Args, Subcommand, ValueEnum};

use crate::i18n::Words;
use crate::relay::{Arrival, Pair, Person, Preview, Proof, preview};
use crate::smtp::authenticate::one_mailbox;
use crate::telemetry::Stopwatch;
use crate::vault::Address;

/// A file that cannot be read or written, as for clap what cannot be understood; 1 is left for a bug.
const USAGE: u8 = 2;
const REFUSED: u8 = 3;
const KEPT: u8 = 4;

#[derive(Args)]
pub(super) struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print what would be sent for a message; exit 3: refused, 4: kept back
    #[command(after_help = "Example: show-of-hands relay preview --domain relay.example \
        --from 'Alice=alice@a.example' --to 'Bob=bob@b.example' letter.eml")]
    Preview(PreviewOptions),
}

#[derive(Args)]
struct PreviewOptions {
    /// Domain of the relay addresses
    #[arg(long)]
    domain: String,
    /// Who writes: FIRST NAME=ADDRESS
    #[arg(long, value_parser = named)]
    from: Named,
    /// Who reads: FIRST NAME=ADDRESS
    #[arg(long, value_parser = named)]
    to: Named,
    /// Local part of the relay address that stands for the writer
    #[arg(long, value_name = "LOCAL", default_value = "aaaaaaaaaaaaaaaaaaaaaaaaaa", value_parser = local_part)]
    alias_from: String,
    /// Local part of the relay address that stands for the reader
    #[arg(long, value_name = "LOCAL", default_value = "bbbbbbbbbbbbbbbbbbbbbbbbbb", value_parser = local_part)]
    alias_to: String,
    /// An address the writer had before; may be given several times
    #[arg(long, value_name = "ADDR", value_parser = address)]
    former_from: Vec<Address>,
    /// An address the reader had before; may be given several times
    #[arg(long, value_name = "ADDR", value_parser = address)]
    former_to: Vec<Address>,
    /// Envelope sender; the writer's address if not given, '' for none
    #[arg(long, value_name = "ADDR")]
    mail_from: Option<String>,
    /// Where the message came from, as the mail server in front says; nothing of it may show
    #[arg(long, value_name = "IP")]
    client_ip: Option<IpAddr>,
    /// The name that host gave
    #[arg(long, value_name = "NAME")]
    helo: Option<String>,
    /// What SPF and DKIM say; without it the writer is taken as proven
    #[arg(long)]
    auth: Option<Auth>,
    /// Read every file below this folder
    #[arg(long, value_name = "DIR", requires = "out", conflicts_with = "file")]
    each: Option<PathBuf>,
    /// With --each: write NAME.out, NAME.refused or NAME.kept below this folder
    #[arg(long, value_name = "DIR", requires = "each")]
    out: Option<PathBuf>,
    /// A message (RFC 5322); - or nothing: standard input
    file: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Auth {
    Pass,
    Fail,
    None,
}

#[derive(Clone)]
struct Named {
    first_name: String,
    address: Address,
}

fn named(text: &str) -> Result<Named, String> {
    let (first_name, of) = text.split_once('=').ok_or("must be FIRST NAME=ADDRESS")?;
    if first_name.trim().is_empty() {
        return Err("the first name is missing".to_owned());
    }
    Ok(Named { first_name: first_name.trim().to_owned(), address: address(of)? })
}

fn address(text: &str) -> Result<Address, String> {
    Address::parse(text).map_err(|problem| problem.to_string())
}

fn local_part(text: &str) -> Result<String, String> {
    let is_plain =
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    if is_plain { Ok(text.to_owned()) } else { Err("must be letters, digits, hyphens and dots".to_owned()) }
}

pub(super) fn run(options: Options) -> anyhow::Result<ExitCode> {
    let Command::Preview(options) = options.command;
    show(&options).or_else(|error| match error {
        Problem::Files(error) => {
            eprintln!("{error:#}");
            Ok(ExitCode::from(USAGE))
        }
        Problem::Bug(error) => Err(error),
    })
}

enum Problem {
    /// The operator can do something about it.
    Files(anyhow::Error),
    Bug(anyhow::Error),
}

fn show(options: &PreviewOptions) -> Result<ExitCode, Problem> {
    let one = One::of(options).map_err(Problem::Files)?;
    if let (Some(from), Some(to)) = (&options.each, &options.out) {
        return each(&one, from, to);
    }
    let raw = input(options.file.as_deref()).map_err(Problem::Files)?;
    match one.preview(raw).map_err(Problem::Bug)? {
        Preview::Refused(code) => {
            eprintln!("refused: {code}");
            Ok(ExitCode::from(REFUSED))
        }
        Preview::Kept(code) => {
            eprintln!("kept: {code}");
            Ok(ExitCode::from(KEPT))
        }
        sent @ Preview::Sent { .. } => {
            let written = io::stdout().write_all(&shown(&sent).1).context("standard output cannot be written");
            written.map(|()| ExitCode::SUCCESS).map_err(Problem::Files)
        }
    }
}

fn input(file: Option<&Path>) -> anyhow::Result<Vec<u8>> {
    if let Some(path) = file.filter(|path| *path != Path::new("-")) {
        return fs::read(path).with_context(|| format!("{} cannot be read", path.display()));
    }
    let mut raw = Vec::new();
    io::stdin().read_to_end(&mut raw).context("standard input cannot be read")?;
    Ok(raw)
}

/// What one run knows of every message in it.
struct One {
    words: Words,
    pair: Pair,
    mail_from: String,
    auth: Option<Auth>,
}

impl One {
    fn of(options: &PreviewOptions) -> anyhow::Result<Self> {
        let person = |named: &Named, alias: &str, former: &[Address]| Person {
            first_name: named.first_name.clone(),
            address: named.address.clone(),
            alias: alias.to_owned(),
            former: former.to_vec(),
        };
        Ok(Self {
            words: Words::load(None)?,
            pair: Pair {
                writer: person(&options.from, &options.alias_from, &options.former_from),
                reader: person(&options.to, &options.alias_to, &options.former_to),
                domain: options.domain.clone(),
            },
            mail_from: options.mail_from.clone().unwrap_or_else(|| options.from.address.as_str().to_owned()),
            auth: options.auth,
        })
    }

    fn preview(&self, raw: Vec<u8>) -> anyhow::Result<Preview> {
        let proof = match self.auth {
            Some(Auth::Pass) => one_mailbox(&raw).map_or(Proof::NotProven, Proof::Mailbox),
            _ => Proof::NotProven,
        };
        let mail_from = self.mail_from.trim_start_matches('<').trim_end_matches('>').to_owned();
        let arrival = Arrival { rcpt: String::new(), mail_from, proof, raw };
        let is_proven = self.auth.is_none();
        catch_unwind(AssertUnwindSafe(|| preview(&self.words, &self.pair, &arrival, is_proven)))
            .map_err(|_| anyhow!("a bug: this message makes the relay panic"))
    }
}

/// The ending of the file it goes to, and what stands in it.
fn shown(preview: &Preview) -> (&'static str, Vec<u8>) {
    match preview {
        Preview::Sent { mail_from, rcpt_to, bytes } => {
            let envelope = format!("MAIL FROM:<{mail_from}>\r\nRCPT TO:<{rcpt_to}>\r\n\r\n");
            ("out", [envelope.as_bytes(), bytes].concat())
        }
        Preview::Refused(code) => ("refused", format!("refused: {code}\n").into_bytes()),
        Preview::Kept(code) => ("kept", format!("kept: {code}\n").into_bytes()),
    }
}

fn each(one: &One, from: &Path, to: &Path) -> Result<ExitCode, Problem> {
    let mut files = Vec::new();
    list(from, &mut files).map_err(Problem::Files)?;
    let (mut sent, mut refused, mut kept, mut bugs) = (0_u32, 0_u32, 0_u32, 0_u32);
    let mut seconds = 0.0;
    for file in &files {
        let raw = input(Some(file)).map_err(Problem::Files)?;
        let watch = Stopwatch::start();
        let result = one.preview(raw);
        seconds += watch.passed().as_secs_f64();
        let name = file.strip_prefix(from).unwrap_or(file);
        let Ok(preview) = result else {
            eprintln!("a bug: {} makes the relay panic", name.display());
            bugs += 1;
            continue;
        };
        match preview {
            Preview::Sent { .. } => sent += 1,
            Preview::Refused(_) => refused += 1,
            Preview::Kept(_) => kept += 1,
        }
        write(&to.join(name), &shown(&preview)).map_err(Problem::Files)?;
    }
    let rate = f64::from(sent + refused + kept) / f64::max(seconds, 1e-9);
    println!("{} files, {sent} sent, {refused} refused, {kept} kept, {rate:.0} messages per second", files.len());
    if bugs > 0 {
        return Err(Problem::Bug(anyhow!("{bugs} messages made the relay panic")));
    }
    Ok(ExitCode::SUCCESS)
}

/// Beside the name of the message, with the ending of what became of it.
fn write(name: &Path, (ending, content): &(&str, Vec<u8>)) -> anyhow::Result<()> {
    let mut target = name.as_os_str().to_owned();
    target.push(format!(".{ending}"));
    let folder = name.parent().unwrap_or(name);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(&target, content));
    written.with_context(|| format!("{} cannot be written", PathBuf::from(&target).display()))
}

/// Files below a folder in order; a link to a folder is not followed, so that it ends.
fn list(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() && !path.is_symlink() {
            list(&path, files)?;
        } else if path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}
