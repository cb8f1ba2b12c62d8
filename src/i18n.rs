//! Every word a person reads, in English and Spanish, from Fluent files. Promises that both languages hold the same keys
//! with the same arguments (tests), that a missing key shows as the key in brackets and never stops a page, and that an
//! install may reword any key but add none. Never reads a database, never decides what is said: callers are `notices`
//! and the pages.

mod catalogue;
pub mod check_words;
pub mod help;
mod lists;
mod when;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::{LanguageIdentifier, langid};

pub use lists::{WordList, fold, neutral_subjects};
pub use when::{day_part, named_day, on_day, when};

use crate::word_enum;

word_enum! {
    /// A language of pages and mails. Its word is also its path prefix, `en` having none.
    Lang { En = "en", Es = "es" }
}

impl Lang {
    /// The language a path asks for and the path without it: `/es/ask/name` is Spanish and `/ask/name`.
    pub fn from_path_prefix(path: &str) -> (Self, &str) {
        match path.strip_prefix("/es") {
            Some("") => (Self::Es, "/"),
            Some(rest) if rest.starts_with('/') => (Self::Es, rest),
            _ => (Self::En, path),
        }
    }

    /// What stands before a path in this language: nothing or `/es`.
    pub fn path_prefix(self) -> &'static str {
        match self {
            Self::En => "",
            Self::Es => "/es",
        }
    }

    /// The language's name in itself, for the switch.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Es => "Español",
        }
    }

    /// The writing direction, as HTML's `dir` has it.
    pub fn dir(self) -> &'static str {
        match self {
            Self::En | Self::Es => "ltr",
        }
    }

    fn id(self) -> LanguageIdentifier {
        match self {
            Self::En => langid!("en"),
            Self::Es => langid!("es"),
        }
    }
}

/// Why the words could not be read. Each kind names the file, which an operator can open.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot read {path}")]
    Read { path: PathBuf, source: io::Error },
    #[error("{file} is not a Fluent file")]
    Syntax { file: String },
    #[error("{file}: there is no key {key} to reword")]
    UnknownKey { file: String, key: String },
    #[error("{file}: {key} cannot use ${argument}")]
    UnknownArgument { file: String, key: String, argument: String },
}

/// All words of all languages; cheap to clone.
#[derive(Clone)]
pub struct Words(Arc<Bundles>);

struct Bundles {
    en: FluentBundle<FluentResource>,
    es: FluentBundle<FluentResource>,
}

/// A value put into a sentence. Only a `Number` chooses a plural form.
#[derive(Clone, Copy)]
pub enum Arg<'a> {
    Text(&'a str),
    Number(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl Words {
    /// The words of the crate, reworded by `folder/{en,es}/*.ftl` where an install has some.
    pub fn load(folder: Option<&Path>) -> Result<Self, Error> {
        Ok(Self(Arc::new(Bundles { en: bundle(Lang::En, folder)?, es: bundle(Lang::Es, folder)? })))
    }

    pub fn talk(&self, lang: Lang) -> Talk<'_> {
        Talk { words: self, lang }
    }
}

/// The words in one language, as templates and notices hold them.
#[derive(Clone, Copy)]
pub struct Talk<'a> {
    words: &'a Words,
    pub lang: Lang,
}

impl Talk<'_> {
    pub fn t(&self, key: &str) -> String {
        self.say(key, &[])
    }

    pub fn with(&self, key: &str, args: &[(&str, &str)]) -> String {
        let args: Vec<_> = args.iter().map(|(name, text)| (*name, Arg::Text(text))).collect();
        self.say(key, &args)
    }

    /// A sentence that depends on one number, its argument `$n`.
    pub fn count(&self, key: &str, n: i64) -> String {
        self.say(key, &[("n", Arg::Number(n))])
    }

    /// Texts and numbers together.
    pub fn say(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let bundle = self.words.bundle(self.lang);
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return format!("[{key}]");
        };
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            values.set(
                *name,
                match arg {
                    Arg::Text(text) => FluentValue::from(*text),
                    Arg::Number(number) => FluentValue::from(*number),
                },
            );
        }
        // A missing argument leaves its name in braces; the tests hold both languages to the same arguments.
        let mut errors = Vec::new();
        bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned()
    }

    /// True where the key exists, for kinds that may have a sentence of their own.
    pub fn has(&self, key: &str) -> bool {
        self.words.bundle(self.lang).has_message(key)
    }
}

impl Words {
    fn bundle(&self, lang: Lang) -> &FluentBundle<FluentResource> {
        match lang {
            Lang::En => &self.0.en,
            Lang::Es => &self.0.es,
        }
    }
}

fn bundle(lang: Lang, folder: Option<&Path>) -> Result<FluentBundle<FluentResource>, Error> {
    let mut bundle = FluentBundle::new_concurrent(vec![lang.id()]);
    // Isolation marks are invisible characters: in a mail they would arrive as noise.
    bundle.set_use_isolating(false);
    for (file, source) in catalogue::files(lang) {
        let resource = parse(file, (*source).to_owned())?;
        bundle.add_resource(resource).map_err(|_| Error::Syntax { file: (*file).to_owned() })?;
    }
    if let Some(folder) = folder {
        let known = catalogue::arguments(lang);
        for path in own_files(&folder.join(lang.word()))? {
            let source = fs::read_to_string(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
            let file = path.display().to_string();
            refuse_unknown(&file, &source, &known)?;
            bundle.add_resource_overriding(parse(&file, source)?);
        }
    }
    Ok(bundle)
}

fn parse(file: &str, source: String) -> Result<FluentResource, Error> {
    FluentResource::try_new(source).map_err(|_| Error::Syntax { file: file.to_owned() })
}

/// The `.ftl` files of a folder in the order of their names; a language without a folder has none.
fn own_files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let failed = |source| Error::Read { path: folder.to_owned(), source };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|ending| ending == "ftl") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// A reworded key must exist, and can use only what the sentence is given.
fn refuse_unknown(file: &str, source: &str, known: &BTreeMap<String, Vec<String>>) -> Result<(), Error> {
    for (key, arguments) in catalogue::arguments_of(source) {
        let Some(given) = known.get(&key) else {
            return Err(Error::UnknownKey { file: file.to_owned(), key });
        };
        if let Some(argument) = arguments.into_iter().find(|argument| !given.contains(argument)) {
            return Err(Error::UnknownArgument { file: file.to_owned(), key, argument });
        }
    }
    Ok(())
}
