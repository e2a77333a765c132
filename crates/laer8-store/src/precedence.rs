//! Whose word on a field counts.
//!
//! What the identity document says of it is kept beside the facts, so that
//! nobody who reads a history has to remember to ask.

use crate::{StoreError, Tx};
use laer8_domain::{
    identity::{
        Identity, Subject,
        precedence::{Precedence, Winners},
    },
    provenance::OWN_SOURCE,
};
use serde::{Deserialize, Serialize};

const SETTING: &str = "identity.precedence";

#[derive(Serialize, Deserialize)]
struct Kept {
    accounts: Winners,
    people: Winners,
}

/// Of the fields of accounts and of people.
#[derive(Debug, Clone, Default)]
pub(crate) struct Precedences {
    pub(crate) accounts: Precedence,
    pub(crate) people: Precedence,
}

impl Tx {
    /// From now on the words of sources count as `identity` says.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn put_precedence(&self, identity: &Identity) -> Result<(), StoreError> {
        let kept = Kept {
            accounts: identity.precedence(Subject::Account).clone(),
            people: identity.precedence(Subject::Person).clone(),
        };
        let text = serde_json::to_string(&kept).map_err(|error| StoreError::corrupt("settings", error))?;
        self.put_setting(SETTING, &text).await
    }

    /// Whose word counts on the fields of accounts.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn account_precedence(&self) -> Result<Precedence, StoreError> {
        Ok(self.precedences().await?.accounts)
    }

    pub(crate) async fn precedences(&self) -> Result<Precedences, StoreError> {
        let Some(text) = self.setting(SETTING).await? else {
            return Ok(Precedences::default());
        };
        let kept: Kept =
            serde_json::from_str(&text).map_err(|error| StoreError::corrupt("settings", error))?;
        let sources = self.sources().await?;
        let id = |name: &str| sources.iter().find(|(_, other)| other == name).map(|(id, _)| *id);
        let own = id(OWN_SOURCE);
        Ok(Precedences {
            accounts: kept.accounts.of_sources(own, id),
            people: kept.people.of_sources(own, id),
        })
    }
}
