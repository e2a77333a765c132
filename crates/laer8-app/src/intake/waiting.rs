//! Events that wait for somebody of whom something else has told by now.

use super::{
    arrivals::{self, Arrivals, Tallies, known_elsewhere},
    conditions::Conditions,
    directory::Directory,
    worker::{Memory, READER},
};
use crate::{App, AppError, absorb::Changed, identity::Namesakes};
use laer8_domain::ids::SourceId;
use laer8_store::Whose;
use rustc_hash::FxHashSet;

/// Names that are looked for at once when somebody may have become known.
const LOOKED_FOR: u64 = 2_000;

impl App {
    /// Lets go of events that wait for somebody whom an import has told of;
    /// answers whether there were any.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn work_in_waiting(&self) -> Result<bool, AppError> {
        let mut memory = self.intake.memory.lock().await;
        let known = self.known_by_now().await?;
        if known.is_empty() {
            return Ok(false);
        }
        let tx = self.store.write().await?;
        let Some(held) = tx.hold_inbox_position(READER).await? else { return Ok(false) };
        if memory.position != held {
            memory.forget();
            memory.position = held;
        }
        let conditions = Conditions::load(&tx).await?;
        let mut changed = Changed::default();
        for (source, names) in known {
            let with = conditions.of(source);
            let setting = self.live_setting(source, &conditions.workspace);
            let mut tallies = Tallies::default();
            let arrivals = Arrivals::new(&tx, &with, setting.clone(), &mut tallies);
            let Memory { directory, noted, .. } = &mut *memory;
            changed = changed.and(arrivals.catch_up(directory, names).await?);
            changed = changed.and(arrivals::store(&tx, setting, tallies, noted).await?);
        }
        changed.forget(&tx).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// For whom events wait who is known by now.
    async fn known_by_now(&self) -> Result<Vec<(SourceId, Vec<(Whose, String)>)>, AppError> {
        let tx = self.store.read().await?;
        let namesakes = Namesakes::load(&tx).await?;
        let mut known = Vec::new();
        for source in tx.live_sources().await? {
            let mut names: Vec<(Whose, String)> = Vec::new();
            for whose in [Whose::Account, Whose::Person] {
                let mut after: Option<String> = None;
                loop {
                    let waited = tx.waited_for(source.id, whose, after.as_deref(), LOOKED_FOR).await?;
                    let Some(last) = waited.last().cloned() else { break };
                    let mut directory = Directory::default();
                    match whose {
                        Whose::Account => {
                            let names = waited.iter().map(String::as_str);
                            directory.find_accounts(&tx, source.id, names).await?;
                        }
                        Whose::Person => {
                            let names = waited.iter().map(String::as_str);
                            directory.find_people(&tx, source.id, names).await?;
                        }
                    }
                    let elsewhere = match whose {
                        Whose::Account => known_elsewhere(&tx, namesakes.of(source.id), &waited).await?,
                        Whose::Person => FxHashSet::default(),
                    };
                    let is_known = |name: &String| match whose {
                        Whose::Account => {
                            directory.account(source.id, name).is_some() || elsewhere.contains(name)
                        }
                        Whose::Person => directory.person(source.id, name).is_some(),
                    };
                    names.extend(waited.into_iter().filter(is_known).map(|name| (whose, name)));
                    after = Some(last);
                }
            }
            if !names.is_empty() {
                known.push((source.id, names));
            }
        }
        Ok(known)
    }
}
