//! One watched cluster while the page is open.

use leptos::prelude::*;
use rollwatch_core::assess::{Circumstances, Verdict, assess};
use rollwatch_core::model::{Timestamp, Watch, Zone};
use rollwatch_core::poll::Poller;
use rollwatch_core::provider::{Background, Catalogue, Endpoint};
use rollwatch_core::timeline::{Outcome, Timeline};
use rollwatch_core::view::words::Lang;
use rollwatch_core::view::{self, CardView, Liveness, PageView, Reader};

use super::replay::Player;

#[derive(Debug)]
pub(super) struct Entry {
    pub watch: Watch,
    /// `None` when the catalogue lacks the watch's region.
    pub endpoint: Option<Endpoint>,
    pub poller: Poller,
    pub timeline: Timeline,
    /// What further calls have told with the credential in use.
    pub background: Background,
    /// What can be replayed; `None` while its page is not open.
    pub player: Option<Player>,
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
        let first = view::card(
            &watch,
            &timeline,
            &assess(&timeline, &Circumstances::default(), now),
            &Liveness::default(),
            reader,
            now,
        );
        Entry {
            endpoint,
            poller: Poller::new(phase, now),
            timeline,
            background: Background::default(),
            player: None,
            announced: Verdict::Asking,
            card: ArcRwSignal::new(first),
            page: ArcRwSignal::new(None),
            raw: ArcRwSignal::new(String::new()),
            watch,
        }
    }

    /// Adds what a poll brought to the history, and to what can be replayed.
    pub fn record(&mut self, outcome: Outcome, at: Timestamp) {
        let recorded = self.timeline.record(outcome.clone(), at);
        if let Some(player) = &mut self.player {
            player.take(&outcome, recorded, at);
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

#[cfg(test)]
mod tests {
    use super::*;
    use rollwatch_core::model::{OperationKind, Service, Site};

    fn entry() -> Entry {
        let watch = Watch {
            service: Service::NcpSearchEngine,
            operation: OperationKind::Upgrade,
            site: Site::Public,
            region: "KR".to_owned(),
            project: String::new(),
            cluster: "1001".to_owned(),
            account: "prod".to_owned(),
        };
        Entry::new(watch, &Catalogue::built_in(), 0.0, Timestamp::from_millis(0))
    }

    fn measured() -> Background {
        let mut background = Background::default();
        background.zone = Some(Zone::Measured(32_400));
        background.cluster_name = Some("search".to_owned());
        background
    }

    #[test]
    fn a_chosen_zone_stands_above_a_measured_one_whatever_an_answer_brings() {
        let mut entry = entry();
        entry.set_background(measured(), Some(330));
        assert_eq!(entry.background.zone, Some(Zone::Chosen(19_800)));
        assert_eq!(entry.background.cluster_name.as_deref(), Some("search"), "the rest stays");
        entry.set_background(Background::default(), Some(330));
        assert_eq!(entry.background.zone, Some(Zone::Chosen(19_800)), "another key, the same choice");
    }

    #[test]
    fn a_choice_that_is_taken_back_leaves_the_zone_to_be_measured_anew() {
        let mut entry = entry();
        entry.set_background(measured(), Some(330));
        let background = entry.background.clone();
        entry.set_background(background, None);
        assert_eq!(entry.background, Background::default());
        entry.set_background(measured(), None);
        assert_eq!(entry.background, measured());
    }
}
