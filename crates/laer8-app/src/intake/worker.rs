//! Makes facts of what lies in the inbox, in order and exactly once.
//!
//! One transaction works some posts in and moves the position. Of several
//! servers on one PostgreSQL, whoever holds the position works; when it dies,
//! the database lets go of it and another goes on.

use super::{
    arrivals,
    conditions::Conditions,
    directory::Directory,
    fills::{self, Fills},
    of_source::{Gathered, work_in_source},
    pace::Pace,
    posts::{Only, Poison, by_source, events, places, received},
};
use crate::{
    App, AppError,
    absorb::{Changed, Noted, Setting},
    workspace::Workspace,
};
use chrono::{DateTime, TimeDelta, Utc};
use laer8_domain::{
    days::{Day, shift},
    ids::{AccountId, SourceId},
};
use laer8_store::{Post, StoreError, Tx};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

/// Who reads the inbox and makes facts of it.
pub(super) const READER: &str = "facts";

/// Events that are looked at together: as many as lie in memory.
pub(super) const AT_ONCE: u32 = 5_000;

/// How long events wait for somebody to be known. They stay in the inbox.
const WAITS: TimeDelta = TimeDelta::days(90);

/// For how long it is known what came in which minute.
const MINUTES_KEPT: TimeDelta = TimeDelta::hours(48);

/// What came of one go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkedIn {
    /// How far the inbox is worked in now.
    pub position: u64,
    /// How many events were taken.
    pub accepted: u64,
    /// How many had been taken before.
    pub duplicates: u64,
    /// How many could not be understood.
    pub refused: u64,
    /// The accounts that they touched.
    pub accounts: Vec<AccountId>,
    /// From whom they came, and when the first of each was received.
    pub received: Vec<(SourceId, DateTime<Utc>)>,
}

/// What one process remembers between goes. Whatever it forgets, it can ask the
/// database for.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(super) position: u64,
    pub(super) directory: Directory,
    pub(super) noted: Noted,
    /// The day on which what is too old was thrown away last.
    tidied: Option<Day>,
    /// The measures of which it is written down how far they are filled.
    begun: BTreeSet<String>,
    pace: Pace,
}

impl Memory {
    /// Forgets what may not be so.
    pub(super) fn forget(&mut self) {
        *self = Self { pace: self.pace, ..Self::default() };
    }
}

impl WorkedIn {
    /// How many events there were, whatever became of them.
    fn events(&self) -> u64 {
        self.accepted + self.duplicates + self.refused
    }
}

/// The posts of a go.
struct Posts<'p> {
    /// Those that were read already.
    first: &'p [Post],
    /// How many events a go may have: as long as it has fewer, more posts are
    /// read. None for no others.
    most: u32,
    /// How many posts there were.
    met: usize,
}

impl<'p> Posts<'p> {
    /// These, and no others.
    fn these(posts: &'p [Post]) -> Self {
        Self { first: posts, most: 0, met: 0 }
    }
}

/// What came of trying to work posts in.
#[derive(Debug)]
enum Tried {
    /// They are worked in.
    Done(WorkedIn),
    /// They can be.
    Sound,
    /// Somebody else works, or was quicker.
    Elsewhere,
}

impl Tried {
    fn done(self) -> Option<WorkedIn> {
        match self {
            Self::Done(worked) => Some(worked),
            Self::Sound | Self::Elsewhere => None,
        }
    }
}

impl App {
    /// Works in what lies in the inbox, some of it; none when nothing does, or
    /// another server is at it. What can't be stored goes to quarantine and
    /// stops nothing.
    ///
    /// # Errors
    /// [`AppError::Store`] when the database can't for now; the same is tried
    /// again next time.
    pub async fn work_in(&self) -> Result<Option<WorkedIn>, AppError> {
        let mut memory = self.intake.memory.lock().await;
        loop {
            let position = self.store.read().await?.inbox_position(READER).await?;
            let Pace(most) = memory.pace;
            let first = self.store.received_after(position, most.min(AT_ONCE)).await?;
            if first.is_empty() {
                memory.pace = Pace::default();
                return Ok(None);
            }
            let mut posts = Posts { first: &first, most, met: 0 };
            match self.work_in_posts(&mut memory, position, &mut posts, &Only::default()).await {
                Ok(tried) => {
                    let worked = tried.done();
                    let events = worked.as_ref().map_or(0, WorkedIn::events);
                    memory.pace = memory.pace.after(events);
                    return Ok(worked);
                }
                Err(error) if passes(&error) => return Err(error),
                Err(error) => {
                    tracing::warn!(%error, position, "events can't be stored; they are tried again");
                    memory.pace = memory.pace.after_failure();
                }
            }
            // Fewer can't be tried. None was met where not even that was possible.
            if first.len() == 1 && posts.met <= 1 {
                return self.work_in_without_poison(&mut memory, position, &first).await;
            }
        }
    }

    /// Everything that lies in the inbox.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn work_in_all(&self) -> Result<Vec<WorkedIn>, AppError> {
        let mut worked = Vec::new();
        while let Some(some) = self.work_in().await? {
            worked.push(some);
        }
        Ok(worked)
    }

    /// Works posts in. What was tried and not done has let go of everything when
    /// this returns, so that the next try finds nobody at work.
    async fn work_in_posts(
        &self,
        memory: &mut Memory,
        position: u64,
        posts: &mut Posts<'_>,
        only: &Only<'_>,
    ) -> Result<Tried, AppError> {
        let tx = self.store.write().await?;
        let tried = self.work_in_within(&tx, memory, position, posts, only).await;
        if let (Ok(Tried::Done(worked)), false) = (&tried, only.trial) {
            let position = worked.position;
            if let Err(error) = tx.commit().await {
                memory.forget();
                return Err(error.into());
            }
            memory.position = position;
            return tried;
        }
        memory.forget();
        tx.roll_back().await?;
        match tried? {
            Tried::Done(_) | Tried::Sound => Ok(Tried::Sound),
            Tried::Elsewhere => Ok(Tried::Elsewhere),
        }
    }

    async fn work_in_within(
        &self,
        tx: &Tx,
        memory: &mut Memory,
        position: u64,
        posts: &mut Posts<'_>,
        only: &Only<'_>,
    ) -> Result<Tried, AppError> {
        if tx.hold_inbox_position(READER).await? != Some(position) {
            return Ok(Tried::Elsewhere);
        }
        if memory.position != position {
            let tidied = memory.tidied;
            memory.forget();
            (memory.position, memory.tidied) = (position, tidied);
        }
        let mut conditions = Conditions::load(tx).await?;
        let mut changed = self.begin_fills(tx, memory, &mut conditions, position).await?;
        let mut worked = WorkedIn { position, ..WorkedIn::default() };
        let mut first_received = BTreeMap::new();
        let mut gathered: BTreeMap<SourceId, Gathered> = BTreeMap::new();
        let mut portion = Cow::Borrowed(posts.first);
        let mut left = posts.most;
        while let Some(last) = portion.last().map(|post| post.position) {
            posts.met += portion.len();
            left = left.saturating_sub(events(&portion));
            worked.position = last;
            for (source, at) in received(&portion) {
                first_received.entry(source).or_insert(at);
            }
            let work = async {
                for (source, of_source) in by_source(&portion, only) {
                    let with = conditions.of(source);
                    let setting = self.live_setting(source, &conditions.workspace);
                    let gathered = gathered.entry(source).or_default();
                    let (of_it, counts) =
                        work_in_source(tx, &with, setting, &mut memory.directory, of_source, gathered)
                            .await?;
                    worked.accepted += counts.accepted;
                    worked.duplicates += counts.duplicates;
                    worked.refused += counts.refused;
                    changed = std::mem::take(&mut changed).and(of_it);
                }
                Ok::<(), AppError>(())
            };
            // The next are read while the database works on these.
            let read_on = async {
                match left {
                    0 => Ok(Vec::new()),
                    left => self.store.received_after(last, left.min(AT_ONCE)).await,
                }
            };
            let (done, next) = tokio::join!(work, read_on);
            done?;
            portion = Cow::Owned(next?);
        }
        for (source, Gathered { tallies, taken }) in gathered {
            for (day, digests) in taken {
                tx.take_messages(day, digests.into_iter().collect()).await?;
            }
            let setting = self.live_setting(source, &conditions.workspace);
            changed = changed.and(arrivals::store(tx, setting, tallies, &mut memory.noted).await?);
        }
        worked.received = first_received.into_iter().collect();
        worked.accounts = changed.accounts.clone();
        worked.accounts.sort_unstable();
        worked.accounts.dedup();
        changed.forget(tx).await?;
        self.tidy(tx, memory, self.today(&conditions.workspace)).await?;
        tx.put_inbox_position(READER, worked.position).await?;
        Ok(Tried::Done(worked))
    }

    /// Finds the events of a post that can't be stored, by trying halves, and
    /// works in the others.
    async fn work_in_without_poison(
        &self,
        memory: &mut Memory,
        position: u64,
        posts: &[Post],
    ) -> Result<Option<WorkedIn>, AppError> {
        let count = events(posts) as usize;
        let mut poison = Poison::default();
        let mut to_try: Vec<Range<usize>> = Vec::new();
        to_try.push(0..count);
        while let Some(range) = to_try.pop() {
            let only = Only { range: Some(range.clone()), trial: true, ..Only::default() };
            match self.work_in_posts(memory, position, &mut Posts::these(posts), &only).await {
                Ok(Tried::Elsewhere) => return Ok(None),
                Ok(_) => {}
                Err(error) if passes(&error) => return Err(error),
                Err(error) if range.len() <= 1 => {
                    // Where not even nothing can be stored, it is not the event's fault.
                    let nothing = Only { range: Some(0..0), trial: true, ..Only::default() };
                    self.work_in_posts(memory, position, &mut Posts::these(posts), &nothing).await?;
                    let found = places(posts).skip(range.start).take(1);
                    poison.extend(found.map(|place| (place, error.to_string())));
                }
                Err(_) => {
                    let middle = range.start + range.len() / 2;
                    to_try.extend([range.start..middle, middle..range.end]);
                }
            }
        }
        let only = Only { without: Some(&poison), ..Only::default() };
        Ok(self.work_in_posts(memory, position, &mut Posts::these(posts), &only).await?.done())
    }

    /// Writes down which measures are to be filled since they are in force.
    async fn begin_fills(
        &self,
        tx: &Tx,
        memory: &mut Memory,
        conditions: &mut Conditions,
        position: u64,
    ) -> Result<Changed, AppError> {
        let names: BTreeSet<String> = conditions.measures.names().map(str::to_owned).collect();
        if memory.begun == names {
            return Ok(Changed::default());
        }
        let sources: Vec<SourceId> = conditions.sources.iter().map(|source| source.id).collect();
        let took_away = fills::begin(tx, &self.store, &conditions.measures, &sources, position).await?;
        conditions.fills = Fills::load(tx).await?;
        memory.begun = names;
        Ok(if took_away { Changed::everything() } else { Changed::default() })
    }

    pub(super) fn live_setting(&self, source: SourceId, workspace: &Workspace) -> Setting {
        Setting::live(source, self.clock.now(), workspace.zone)
    }

    /// Throws away what is too old, once a day.
    async fn tidy(&self, tx: &Tx, memory: &mut Memory, today: Day) -> Result<(), AppError> {
        if memory.tidied == Some(today) {
            return Ok(());
        }
        let now = self.clock.now();
        tx.forget_messages(shift(now.date_naive(), -1)).await?;
        tx.forget_intake_minutes(now - MINUTES_KEPT).await?;
        tx.forget_waiting(now - WAITS).await?;
        self.tidy_inbox(tx).await?;
        memory.tidied = Some(today);
        Ok(())
    }
}

/// Whether the same may go well later.
fn passes(error: &AppError) -> bool {
    matches!(error, AppError::Store(StoreError::Busy | StoreError::Full | StoreError::Open { .. }))
}
