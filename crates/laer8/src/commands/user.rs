//! `laer8 user`.

use super::serve;
use crate::{Done, cli::Format, context::Context, failure::Failure, failure::role, output, terminal};
use clap::{Args, Subcommand};
use laer8_app::{App, AppError, INVITATION_DAYS, NewUser};
use laer8_domain::users::Role;
use laer8_words::Arg;

/// How browsers reach the pages unless somebody says otherwise.
const URL: &str = "http://127.0.0.1:8008";

const EXAMPLES: &str = "\
Examples:
  laer8 user list
  laer8 user add ana@example.com \"Ana Silva\" --role manager
  laer8 user role ana@example.com viewer
  laer8 user role ana@example.com viewer --inactive
  laer8 user link ana@example.com --url https://cs.example.com

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
        /// How browsers reach the pages, for the link
        #[arg(long, value_name = "URL", value_parser = serve::url, default_value = URL)]
        url: String,
    },
    /// Make a link by which a user chooses a password
    #[command(after_help = EXAMPLES)]
    Link {
        /// E-mail address
        email: String,
        /// How browsers reach the pages
        #[arg(long, value_name = "URL", value_parser = serve::url, default_value = URL)]
        url: String,
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
        UserCommand::Add { email, name, role, url } => {
            let app = context.app().await?;
            app.add_user(&context.actor, NewUser { email: email.clone(), name, role }).await?;
            linked(context, &app, &email, &url).await
        }
        UserCommand::Link { email, url } => {
            let app = context.app_on_trial().await?;
            linked(context, &app, &email, &url).await
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

/// A link that somebody hands over to a user.
async fn linked(context: &Context, app: &App, email: &str, url: &str) -> Result<Done, Failure> {
    let secret = app.invite(&context.actor, email).await?;
    let link = format!("{url}/welcome/{secret}");
    if context.format == Format::Json {
        output::json(&serde_json::json!({ "email": email, "link": link, "days": INVITATION_DAYS }))?;
        return Ok(Done::Wholly);
    }
    let args =
        [("email", Arg::Text(email)), ("days", Arg::Count(INVITATION_DAYS)), ("link", Arg::Text(&link))];
    // Not laid out as a paragraph: a link that is broken is none.
    output::text(&format!("{}\n", context.words.say_with("user-link", &args)), context.settings.color)?;
    Ok(Done::Wholly)
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
