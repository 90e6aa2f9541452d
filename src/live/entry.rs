//! One watched cluster while the page is open.

use leptos::prelude::*;
use rollwatch_core::assess::{Verdict, assess};
use rollwatch_core::model::{Timestamp, Watch, Zone};
use rollwatch_core::poll::Poller;
use rollwatch_core::provider::{Background, Catalogue, Endpoint};
use rollwatch_core::timeline::Timeline;
use rollwatch_core::view::words::Lang;
use rollwatch_core::view::{self, CardView, Liveness, PageView, Reader};

#[derive(Debug)]
pub(super) struct Entry {
    pub watch: Watch,
    /// `None` when the catalogue lacks the watch's region.
    pub endpoint: Option<Endpoint>,
    pub poller: Poller,
    pub timeline: Timeline,
    /// What further calls have told with the credential in use.
    pub background: Background,
    /// The verdict that was announced last.
    pub announced: Verdict,
    pub card: ArcRwSignal<CardView>,
    pub page: ArcRwSignal<Option<PageView>>,
    pub raw: ArcRwSignal<String>,
}

impl Entry {
    pub fn new(watch: Watch, catalogue: &Catalogue, phase: f64, now: Timestamp) -> Self {
        let endpoint = catalogue.find(watch.service, watch.site, &watch.region).cloned();
        let timeline = Timeline::default();
        let reader = Reader { lang: Lang::En, offset_at: |_| 0 };
        let first = view::card(&watch, &timeline, &assess(&timeline, now), &Liveness::default(), reader, now);
        Entry {
            endpoint,
            poller: Poller::new(phase, now),
            timeline,
            background: Background::default(),
            announced: Verdict::Asking,
            card: ArcRwSignal::new(first),
            page: ArcRwSignal::new(None),
            raw: ArcRwSignal::new(String::new()),
            watch,
        }
    }

    /// Sets what is known of the cluster beside its progress. A chosen zone, in minutes east of UTC, stands
    /// above one that was measured.
    pub fn set_background(&mut self, background: Background, chosen_zone: Option<i32>) {
        self.background = background;
        match (chosen_zone, self.background.zone) {
            (Some(minutes), _) => self.background.zone = Some(Zone::Chosen(minutes * 60)),
            // What was measured before is forgotten: it is measured anew.
            (None, Some(Zone::Chosen(_))) => self.background = Background::default(),
            (None, _) => {}
        }
    }
}
