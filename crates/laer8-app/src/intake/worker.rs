//! Makes facts of what lies in the inbox, in order and exactly once.
//!
//! One transaction works some posts in and moves the position. Of several
//! servers on one PostgreSQL, whoever holds the position works; when it dies,
//! the database lets go of it and another goes on.

use super::{
    arrivals::{Arrival, Arrivals, Circumstances, read_again},
    directory::Directory,
    fills::{self, Fills},
    measures::InForce,
    posts::{OfSource, Only, Poison, by_source, places, received},
    what_came::WhatCame,
};
use crate::{
    App, AppError,
    absorb::{Changed, Noted, Setting},
    intake::views::EventFate,
    workspace::{self, Workspace},
};
use chrono::{DateTime, TimeDelta, Utc};
use laer8_domain::{
    days::{Day, day_of, shift},
    ids::{AccountId, SourceId},
};
use laer8_store::{InboxPlace, IntakeCounts, LiveSource, MessageDigest, Post, StoreError, Tx, Whose};
use rustc_hash::FxHashSet;
use sha2::{Digest as _, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

/// Who reads the inbox and makes facts of it.
pub(super) const READER: &str = "facts";

/// Events that are worked in at once: few enough that others who write hardly
/// wait.
pub(super) const AT_ONCE: u32 = 5_000;

/// The same where many more have come: the more there are, the more of them are
/// of one account, feature and day, and become one row.
const BEHIND_AT_ONCE: u32 = 25_000;

/// How long events wait for somebody to be known. They stay in the inbox.
const WAITS: TimeDelta = TimeDelta::days(90);

/// For how long it is known what came in which minute.
const MINUTES_KEPT: TimeDelta = TimeDelta::hours(48);

/// Names that are looked for at once when somebody may have become known.
const LOOKED_FOR: u64 = 2_000;

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
    position: u64,
    directory: Directory,
    noted: Noted,
    /// The day on which what is too old was thrown away last.
    tidied: Option<Day>,
    /// Whether there was more than is worked in at once.
    is_behind: bool,
    /// The measures of which it is written down how far they are filled.
    begun: BTreeSet<String>,
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
        let position = self.store.read().await?.inbox_position(READER).await?;
        let at_once = if memory.is_behind { BEHIND_AT_ONCE } else { AT_ONCE };
        let posts = self.store.received_after(position, at_once).await?;
        let events: u32 = posts.iter().flat_map(|post| &post.requests).map(|request| request.events).sum();
        let is_behind = events >= AT_ONCE / 2;
        if posts.is_empty() {
            memory.is_behind = false;
            return Ok(None);
        }
        // A second time, because what this process remembers may have been wrong.
        for _ in 0..2 {
            match self.work_in_posts(&mut memory, position, &posts, &Only::default()).await {
                Ok(tried) => {
                    memory.is_behind = is_behind;
                    return Ok(tried.done());
                }
                Err(error) if passes(&error) => return Err(error),
                Err(error) => {
                    tracing::warn!(%error, position, "events can't be stored; they are tried again");
                }
            }
        }
        self.work_in_without_poison(&mut memory, position, &posts[..1]).await
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
            *memory = Memory { position: held, ..Memory::default() };
        }
        let workspace = workspace::load(&tx).await?;
        let measures = InForce::load(&tx).await?;
        let sources = tx.live_sources().await?;
        let fills = Fills::load(&tx).await?;
        let mut changed = Changed::default();
        for (source, names) in known {
            let with = circumstances(source, &sources, &workspace, &measures, &fills);
            let setting = self.live_setting(source, &workspace);
            let arrivals = Arrivals::new(&tx, &with, setting);
            let Memory { directory, noted, .. } = &mut *memory;
            changed = changed.and(arrivals.catch_up(directory, noted, names).await?);
        }
        changed.forget(&tx).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// For whom events wait who is known by now.
    async fn known_by_now(&self) -> Result<Vec<(SourceId, Vec<(Whose, String)>)>, AppError> {
        let tx = self.store.read().await?;
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
                    let is_known = |name: &String| match whose {
                        Whose::Account => directory.account(source.id, name).is_some(),
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

    /// Works posts in. What was tried and not done has let go of everything when
    /// this returns, so that the next try finds nobody at work.
    async fn work_in_posts(
        &self,
        memory: &mut Memory,
        position: u64,
        posts: &[Post],
        only: &Only<'_>,
    ) -> Result<Tried, AppError> {
        let tx = self.store.write().await?;
        let tried = self.work_in_within(&tx, memory, position, posts, only).await;
        if let (Ok(Tried::Done(worked)), false) = (&tried, only.trial) {
            let position = worked.position;
            if let Err(error) = tx.commit().await {
                *memory = Memory::default();
                return Err(error.into());
            }
            memory.position = position;
            return tried;
        }
        *memory = Memory::default();
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
        posts: &[Post],
        only: &Only<'_>,
    ) -> Result<Tried, AppError> {
        if tx.hold_inbox_position(READER).await? != Some(position) {
            return Ok(Tried::Elsewhere);
        }
        if memory.position != position {
            *memory = Memory { position, tidied: memory.tidied, ..Memory::default() };
        }
        let workspace = workspace::load(tx).await?;
        let measures = InForce::load(tx).await?;
        let sources = tx.live_sources().await?;
        let mut changed = self.begin_fills(tx, memory, &measures, &sources, position).await?;
        let fills = Fills::load(tx).await?;
        let mut worked =
            WorkedIn { position: posts.last().map_or(position, |post| post.position), ..WorkedIn::default() };
        worked.received = received(posts);
        for (source, of_source) in by_source(posts, only) {
            let with = circumstances(source, &sources, &workspace, &measures, &fills);
            let setting = self.live_setting(source, &workspace);
            let (of_it, counts) = work_in_source(tx, &with, setting, memory, of_source).await?;
            worked.accepted += counts.accepted;
            worked.duplicates += counts.duplicates;
            worked.refused += counts.refused;
            changed = changed.and(of_it);
        }
        worked.accounts = changed.accounts.clone();
        worked.accounts.sort_unstable();
        worked.accounts.dedup();
        changed.forget(tx).await?;
        self.tidy(tx, memory, self.today(&workspace)).await?;
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
        let count = posts.iter().flat_map(|post| &post.requests).map(|request| request.events as usize).sum();
        let mut poison = Poison::default();
        let mut to_try: Vec<Range<usize>> = Vec::new();
        to_try.push(0..count);
        while let Some(range) = to_try.pop() {
            let only = Only { range: Some(range.clone()), trial: true, ..Only::default() };
            match self.work_in_posts(memory, position, posts, &only).await {
                Ok(Tried::Elsewhere) => return Ok(None),
                Ok(_) => {}
                Err(error) if passes(&error) => return Err(error),
                Err(error) if range.len() <= 1 => {
                    // Where not even nothing can be stored, it is not the event's fault.
                    let nothing = Only { range: Some(0..0), trial: true, ..Only::default() };
                    self.work_in_posts(memory, position, posts, &nothing).await?;
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
        Ok(self.work_in_posts(memory, position, posts, &only).await?.done())
    }

    /// Writes down which measures are to be filled since they are in force.
    async fn begin_fills(
        &self,
        tx: &Tx,
        memory: &mut Memory,
        measures: &InForce,
        sources: &[LiveSource],
        position: u64,
    ) -> Result<Changed, AppError> {
        let names: BTreeSet<String> = measures.names().map(str::to_owned).collect();
        if memory.begun == names {
            return Ok(Changed::default());
        }
        let sources: Vec<SourceId> = sources.iter().map(|source| source.id).collect();
        let took_away = fills::begin(tx, &self.store, measures, &sources, position).await?;
        memory.begun = names;
        Ok(if took_away { Changed::everything() } else { Changed::default() })
    }

    /// Counts events of posts again, by measures that are being filled.
    pub(super) async fn count_again(
        &self,
        tx: &Tx,
        memory: &mut Memory,
        (after, until): (u64, u64),
        posts: &[Post],
        names: &FxHashSet<String>,
    ) -> Result<(), AppError> {
        let workspace = workspace::load(tx).await?;
        let measures = InForce::load(tx).await?;
        let sources = tx.live_sources().await?;
        let left_out = tx.left_out(after, until).await?;
        // What waits counts when it need not wait any more.
        let waits: FxHashSet<(u64, String)> = tx
            .waiting_of_posts(after, until)
            .await?
            .iter()
            .filter_map(|it| {
                Some((it.position, read_again(&it.event, it.received_at)?.message_id.into_owned()))
            })
            .collect();
        let mut changed = Changed::default();
        for (source, of_source) in by_source(posts, &Only::default()) {
            let fills = Fills::default();
            let with = Circumstances {
                only: Some(names),
                ..circumstances(source, &sources, &workspace, &measures, &fills)
            };
            let counted = of_source.events.into_iter().filter(|it| {
                !left_out.contains(&(it.position, it.place))
                    && !waits.contains(&(it.position, it.event.message_id.to_string()))
            });
            let arrivals = Arrivals::new(tx, &with, self.live_setting(source, &workspace));
            let Memory { directory, noted, .. } = memory;
            changed = changed.and(arrivals.count_again(directory, noted, counted.collect()).await?);
        }
        changed.forget(tx).await
    }

    fn live_setting(&self, source: SourceId, workspace: &Workspace) -> Setting {
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

fn circumstances<'c>(
    source: SourceId,
    sources: &[LiveSource],
    workspace: &Workspace,
    measures: &'c InForce,
    fills: &'c Fills,
) -> Circumstances<'c> {
    let made = sources.iter().find(|it| it.id == source).map(|it| day_of(it.created_at, workspace.zone));
    Circumstances {
        source,
        since: made.unwrap_or(Day::MIN),
        zone: workspace.zone,
        measures,
        fills,
        only: None,
    }
}

/// Works in the events of one source.
async fn work_in_source(
    tx: &Tx,
    with: &Circumstances<'_>,
    setting: Setting,
    memory: &mut Memory,
    of_source: OfSource<'_>,
) -> Result<(Changed, IntakeCounts), AppError> {
    let OfSource { events, refused, poisonous } = of_source;
    let mut came = WhatCame::new(with.source, events.len() + refused.len() + poisonous.len());
    for (event, endpoint, at) in &refused {
        came.refused(event, endpoint, *at);
    }
    let mut left_out = Vec::new();
    for (arrival, why) in &poisonous {
        came.poisonous(&arrival.event, why);
        left_out.push((arrival.position, arrival.place));
    }
    let fresh = fresh(tx, with.source, events, &mut came, &mut left_out).await?;
    tx.leave_out(&left_out).await?;
    let arrivals = Arrivals::new(tx, with, setting);
    let Memory { directory, noted, .. } = memory;
    let changed = arrivals.work_in(directory, noted, fresh, &mut came).await?;
    let counts = came.counts();
    came.keep(tx).await?;
    Ok((changed, counts))
}

/// Those events that were not taken before, and are from now on.
async fn fresh<'p>(
    tx: &Tx,
    source: SourceId,
    events: Vec<Arrival<'p>>,
    came: &mut WhatCame,
    left_out: &mut Vec<InboxPlace>,
) -> Result<Vec<Arrival<'p>>, AppError> {
    let mut by_day: BTreeMap<Day, Vec<(MessageDigest, Arrival<'p>)>> = BTreeMap::new();
    for arrival in events {
        let digest = digest(source, &arrival.event.message_id);
        by_day.entry(arrival.event.received_at.date_naive()).or_default().push((digest, arrival));
    }
    let mut fresh = Vec::new();
    for (day, events) in by_day {
        let digests: Vec<MessageDigest> = events.iter().map(|(digest, _)| *digest).collect();
        let mut taken = tx.taken_messages(day, &digests).await?;
        let mut new = Vec::with_capacity(events.len());
        for (digest, arrival) in events {
            if taken.insert(digest) {
                new.push(digest);
                fresh.push(arrival);
            } else {
                came.event(&arrival.event, EventFate::Duplicate, None);
                left_out.push((arrival.position, arrival.place));
            }
        }
        tx.take_messages(day, &new).await?;
    }
    Ok(fresh)
}

/// Which event of which source it is.
fn digest(source: SourceId, message: &str) -> MessageDigest {
    let digest = Sha256::new().chain_update(source.0.to_le_bytes()).chain_update(message).finalize();
    *digest.first_chunk().expect("a digest has 32 bytes")
}
