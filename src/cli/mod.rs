//! The commands, one file each. What fails is said in one sentence, with what to do next.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "commands speak to the terminal")]

mod audit;
mod demo;
mod doctor;
mod invite;
mod keys;
mod relay;
mod serve;
mod simulate;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{self, Partial, Settings};

/// A newcomer asks once for a sponsor, the first yes wins, and the two write each other without learning an address.
#[derive(Parser)]
#[command(name = "show-of-hands", version, after_help = "Try it: show-of-hands demo")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start everything on a throwaway store, with invented people, and watch the story happen
    #[command(after_help = "Example: show-of-hands demo --http 127.0.0.1:8080")]
    Demo(demo::Options),
    /// Serve the pages, take mail in and send it on
    #[command(after_help = "Example: show-of-hands serve --config /etc/show-of-hands.toml")]
    Serve(WithSettings),
    /// Print a one-time invitation to hand over in person
    #[command(after_help = "Example: show-of-hands invite sponsor --config /etc/show-of-hands.toml")]
    Invite(invite::Options),
    /// The keys of this service: what is there, and the DNS records that go with them
    #[command(after_help = "Example: show-of-hands keys list --config /etc/show-of-hands.toml")]
    Keys(keys::Options),
    /// What the desk did, as a chain that shows what was changed
    #[command(after_help = "Example: show-of-hands audit verify --help")]
    Audit(audit::Options),
    /// Say what needs whoever hosts this, a line each; exit with 1 where something does
    #[command(after_help = "Example: show-of-hands doctor --config /etc/show-of-hands.toml")]
    Doctor(WithSettings),
    /// Bring the tables to what this version needs, and stop
    #[command(after_help = "Example: show-of-hands migrate --config /etc/show-of-hands.toml")]
    Migrate(WithSettings),
    /// How soon people would hear back, with invented people around the real rules of asking
    #[command(after_help = "Example: show-of-hands simulate --sponsors 14 --requests-per-week 6")]
    Simulate(simulate::Options),
    /// Look at what the relay does
    #[command(after_help = "Example: show-of-hands relay preview --help")]
    Relay(relay::Options),
}

#[derive(clap::Args)]
struct WithSettings {
    /// Settings file (TOML)
    #[arg(long, env = "SHOW_OF_HANDS_CONFIG")]
    config: Option<PathBuf>,
    #[command(flatten)]
    flags: Partial,
}

impl WithSettings {
    fn read(self) -> Result<Settings, config::Error> {
        config::read(self.flags, self.config.as_deref())
    }

    /// For a command that ends by itself: the ports belong to the service that may run meanwhile.
    fn read_beside_a_service(self) -> Result<Settings, config::Error> {
        let mut settings = self.read()?;
        settings.http.set_port(0);
        settings.mail_in.set_port(0);
        settings.mail_policy = None;
        Ok(settings)
    }
}

pub fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Demo(options) => demo::run(options).map(|()| ExitCode::SUCCESS),
        Command::Serve(settings) => serve::run(settings).map(|()| ExitCode::SUCCESS),
        Command::Invite(options) => invite::run(options).map(|()| ExitCode::SUCCESS),
        Command::Keys(options) => keys::run(options).map(|()| ExitCode::SUCCESS),
        Command::Audit(options) => audit::run(options),
        Command::Doctor(settings) => doctor::run(settings),
        Command::Migrate(settings) => serve::migrate(settings).map(|()| ExitCode::SUCCESS),
        Command::Simulate(options) => simulate::run(options),
        Command::Relay(options) => relay::run(options),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Cli;

    #[test]
    fn the_command_line_is_well_formed_and_every_command_has_an_example() {
        let cli = Cli::command();
        cli.clone().debug_assert();
        let mut commands: Vec<_> = cli.get_subcommands().collect();
        while let Some(command) = commands.pop() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("Example: show-of-hands"), "{}", command.get_name());
            commands.extend(command.get_subcommands());
        }
    }
}
