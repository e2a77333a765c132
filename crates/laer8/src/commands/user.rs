//! `laer8 user`.

use crate::{Done, cli::Format, context::Context, failure::Failure, failure::role, output, terminal};
use clap::{Args, Subcommand};
use laer8_app::AppError;
use laer8_domain::users::Role;
use laer8_store::NewUser;
use laer8_words::Arg;

const EXAMPLES: &str = "\
Examples:
  laer8 user list
  laer8 user add ana@example.com \"Ana Silva\" --role manager
  laer8 user role ana@example.com viewer
  laer8 user role ana@example.com viewer --inactive

Roles, each may do what the next may: admin (users and settings), manager
(imports, scorecards), member (daily work), viewer (looks).";

/// Who may use this workspace, and what they may do.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct UserArgs {
    #[command(subcommand)]
    command: UserCommand,
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// The users
    #[command(after_help = EXAMPLES)]
    List,
    /// Make a user
    #[command(after_help = EXAMPLES)]
    Add {
        /// E-mail address
        email: String,
        /// What they are called
        name: String,
        /// What they may do
        #[arg(long, value_parser = role, default_value = "member")]
        role: Role,
    },
    /// Change what a user may do, or whether they may sign in
    #[command(after_help = EXAMPLES)]
    Role {
        /// E-mail address
        email: String,
        /// What they may do
        #[arg(value_parser = role)]
        role: Role,
        /// They may not sign in any more
        #[arg(long)]
        inactive: bool,
    },
}

pub(crate) async fn run(context: &Context, args: UserArgs) -> Result<Done, Failure> {
    match args.command {
        UserCommand::List => {
            let app = context.app_on_trial().await?;
            let users = app.users(&context.actor).await?;
            context.show(&users, |page, users| terminal::users::draw(page, context.words, users))
        }
        UserCommand::Add { email, name, role } => {
            let app = context.app().await?;
            app.add_user(&context.actor, NewUser { email: email.clone(), name, role }).await?;
            changed(context, &email, role, true)
        }
        UserCommand::Role { email, role, inactive } => {
            if !context.has_database() {
                let kind = "user";
                return Err(AppError::NotFound { kind, name: email, hint: String::new() }.into());
            }
            let app = context.app().await?;
            app.change_user(&context.actor, &email, role, !inactive).await?;
            changed(context, &email, role, !inactive)
        }
    }
}

fn changed(context: &Context, email: &str, role: Role, active: bool) -> Result<Done, Failure> {
    if context.format == Format::Json {
        output::json(&serde_json::json!({ "email": email, "role": role, "active": active }))?;
        return Ok(Done::Wholly);
    }
    let words = context.words;
    let (key, name) = (if active { "user-is" } else { "user-is-inactive" }, words.user_role(role));
    let line = words.say_with(key, &[("email", Arg::Text(email)), ("role", Arg::Text(&name))]);
    let mut page = context.page();
    page.remark(&line, terminal::tone::Tone::Plain);
    context.print(&page)
}
