//! One channel during one pass: opened when first needed, and at rest once it had trouble.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::dispatch::{Channel, World};
use crate::outbox::Row;
use crate::platforms::Platform;

/// What a pass must say, gathered from all its channels.
#[derive(Default, Debug)]
pub(super) struct Said(Mutex<Diagnostics>);

impl Said {
    pub(super) fn say(&self, notice: Diagnostic) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(notice);
    }

    fn say_all(&self, notices: Diagnostics) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).append(notices);
    }

    pub(super) fn into_notices(self) -> Diagnostics {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A channel that may speak in this pass.
pub(super) struct Speaker<'a> {
    pub(super) world: World<'a>,
    pub(super) channel: &'a Channel,
    pub(super) said: &'a Said,
    platform: OnceLock<Option<Box<dyn Platform>>>,
    rests: AtomicBool,
    /// Keys and ids of this channel that are in use.
    keys: Mutex<BTreeSet<String>>,
    receipts: Mutex<BTreeSet<String>>,
}

impl<'a> Speaker<'a> {
    pub(super) fn new(world: World<'a>, channel: &'a Channel, said: &'a Said, rows: &[Row]) -> Self {
        let ours = || rows.iter().filter(|row| row.channel == channel.name);
        let keys = ours().filter_map(|row| row.tried.as_ref()).map(|tried| tried.key.as_str().to_owned()).collect();
        let receipts = ours().filter_map(|row| row.receipt.as_ref()).map(|receipt| receipt.id.clone()).collect();
        Speaker {
            world,
            channel,
            said,
            platform: OnceLock::new(),
            rests: AtomicBool::new(false),
            keys: Mutex::new(keys),
            receipts: Mutex::new(receipts),
        }
    }

    /// The platform, opened at the first call; none when it can't be, which was said then.
    pub(super) fn platform(&self) -> Option<&dyn Platform> {
        let open = || match self.world.platforms.open(&self.channel.name) {
            Ok(platform) => Some(platform),
            Err(notices) => {
                self.said.say_all(notices);
                None
            }
        };
        self.platform.get_or_init(open).as_deref()
    }

    /// Leaves the channel alone for the rest of this pass.
    pub(super) fn rest(&self) {
        self.rests.store(true, Ordering::Relaxed);
    }

    pub(super) fn rests(&self) -> bool {
        self.rests.load(Ordering::Relaxed)
    }

    /// Takes a key for a post; false when another post of the channel has it.
    pub(super) fn take_key(&self, key: &str) -> bool {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned())
    }

    /// The platform's ids that receipts hold.
    pub(super) fn receipts(&self) -> BTreeSet<String> {
        self.receipts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn keep_receipt(&self, id: &str) {
        self.receipts.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned());
    }
}
