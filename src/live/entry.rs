//! One watched cluster while the page is open.

use leptos::prelude::*;
use rollwatch_core::assess::{Circumstances, Verdict, assess};
use rollwatch_core::model::{Timestamp, Watch, Zone};
use rollwatch_core::poll::Poller;
use rollwatch_core::provider::{Background, Catalogue, Endpoint};
use rollwatch_core::record::{Recorder, Write, write_run};
use rollwatch_core::timeline::{Outcome, Recorded, Timeline};
use rollwatch_core::view::words::Lang;
use rollwatch_core::view::{self, CardView, Liveness, PageView, Reader};

use super::recorder::Fresh;
use super::replay::Player;
use super::tabs::Lead;

#[derive(Debug)]
pub(super) struct Entry {
    pub watch: Watch,
    /// `None` when the catalogue lacks the watch's region.
    pub endpoint: Option<Endpoint>,
    pub poller: Poller,
    pub timeline: Timeline,
    /// What further calls have told with the credential in use.
    pub background: Background,
    /// Records what is seen; `None` while this tab does not lead, and where nothing can be recorded.
    pub recorder: Option<Recorder>,
    pub fresh: Fresh,
    pub lead: Lead,
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
            recorder: None,
            fresh: Fresh::default(),
            lead: Lead::default(),
            player: None,
            announced: Verdict::Asking,
            card: ArcRwSignal::new(first),
            page: ArcRwSignal::new(None),
            raw: ArcRwSignal::new(String::new()),
            watch,
        }
    }

    /// Adds what a poll brought to the history and to the recording, and has it told to the other tabs.
    pub fn record(&mut self, outcome: Outcome, at: Timestamp) {
        let earlier = self.timeline.earlier().first().map(|run| run.first_seen_at);
        let recorded = self.follow(&outcome, at);
        if let Some(recorder) = &mut self.recorder {
            let before = recorder.run();
            let writes = recorder.take(&outcome, recorded, at);
            let ended = self.timeline.earlier().first().filter(|run| Some(run.first_seen_at) != earlier);
            if recorded.another_run {
                self.fresh.runs.extend(ended.map(|run| (before, write_run(run))));
                self.fresh.run_begun = true;
            }
            self.keep(writes);
        }
        self.lead.news.push((outcome, at));
    }

    /// Adds what a poll brought, of this tab or of the one that leads, to what is shown.
    pub fn follow(&mut self, outcome: &Outcome, at: Timestamp) -> Recorded {
        let recorded = self.timeline.record(outcome.clone(), at);
        if let Some(player) = &mut self.player {
            player.take(outcome, recorded, at);
        }
        recorded
    }

    /// Records that this page began to watch.
    pub fn opened(&mut self, at: Timestamp) {
        let writes = self.recorder.as_mut().map(|recorder| recorder.opened(at)).unwrap_or_default();
        self.fresh.writes.extend(writes);
    }

    /// Records also what is held back, because the page or this tab's lead may end.
    pub fn flush(&mut self) {
        let writes = self.recorder.as_mut().map(Recorder::flush).unwrap_or_default();
        self.keep(writes);
    }

    /// Has documents stored, and with them the run as it is now known.
    fn keep(&mut self, writes: Vec<Write>) {
        if writes.is_empty() {
            return;
        }
        let number = self.recorder.as_ref().map(Recorder::run);
        let run = number.zip(self.timeline.run());
        self.fresh.runs.extend(run.map(|(number, run)| (number, write_run(&run))));
        self.fresh.writes.extend(writes);
    }

    /// Begins with the history that was recorded, unless that was done before. Until `at` no page was open.
    /// Returns whether this was the first time.
    pub fn restore(&mut self, recorded: impl FnOnce() -> Option<Timeline>, at: Timestamp) -> bool {
        if std::mem::replace(&mut self.lead.read, true) {
            return false;
        }
        if let Some(mut timeline) = recorded() {
            if timeline.latest().is_some() {
                timeline.reopened(at);
            }
            self.timeline = timeline;
        }
        true
    }

    /// Forgets the history but for the latest answer, which a recording begins with again.
    pub fn forget(&mut self) {
        let timeline = std::mem::take(&mut self.timeline);
        self.fresh = Fresh::default();
        self.player = self.player.take().map(|_| Player::default());
        self.recorder = self.recorder.take().map(|_| Recorder::new(0));
        if let Some(latest) = timeline.latest() {
            self.timeline.record(Outcome::Observed(Box::new(latest.clone())), latest.observed_at);
        }
        if let Some(outage) = timeline.outage() {
            self.timeline.record(Outcome::Failed(outage.error.clone()), outage.since);
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
    use std::collections::BTreeMap;

    use rollwatch_core::error::{ErrorKind, PollError};
    use rollwatch_core::model::{Observation, Operation, OperationKind, Service, Site, Span, State};
    use rollwatch_core::record::{Reel, Tape, read_run};

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

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_millis(1_742_803_781_000).plus(Span::minutes(minutes))
    }

    /// An answer about a task in a state.
    fn seen(entry: &mut Entry, minutes: i64, task: &str, state: State) {
        let mut observation = Observation::new(at(minutes));
        let mut operation = Operation::new(OperationKind::Upgrade, state);
        operation.id = Some(task.to_owned());
        observation.operation = Some(operation);
        entry.record(Outcome::Observed(Box::new(observation)), at(minutes));
    }

    fn recording() -> Entry {
        Entry { recorder: Some(Recorder::new(4)), ..entry() }
    }

    /// The summaries that wait, the last one of each number.
    fn summaries(entry: &Entry) -> BTreeMap<u32, (Option<String>, State)> {
        let read = |(number, text): &(u32, String)| {
            let run = read_run(text).expect("a run");
            (*number, (run.id, run.state))
        };
        entry.fresh.runs.iter().map(read).collect()
    }

    #[test]
    fn each_run_has_its_summary_under_its_own_number() {
        let mut entry = recording();
        seen(&mut entry, 0, "first", State::Running);
        seen(&mut entry, 1, "first", State::Succeeded);
        assert!(!entry.fresh.run_begun);
        seen(&mut entry, 2, "second", State::Running);
        let of = |id: &str, state| (Some(id.to_owned()), state);
        let expected =
            BTreeMap::from([(4, of("first", State::Succeeded)), (5, of("second", State::Running))]);
        assert_eq!(summaries(&entry), expected);
        assert!(entry.fresh.run_begun);
    }

    #[test]
    fn what_is_the_same_is_not_written_before_the_page_may_end() {
        let mut entry = recording();
        seen(&mut entry, 0, "first", State::Running);
        let before = entry.fresh.writes.len();
        let mut later = Observation::new(at(0).plus(Span::seconds(10)));
        later.operation = entry.timeline.operation().cloned();
        entry.record(Outcome::Observed(Box::new(later)), at(0).plus(Span::seconds(10)));
        assert_eq!(entry.fresh.writes.len(), before);
        entry.flush();
        assert_eq!(entry.fresh.writes.len(), before + 1);
    }

    #[test]
    fn a_tab_that_does_not_lead_records_nothing() {
        let mut entry = entry();
        seen(&mut entry, 0, "first", State::Running);
        entry.flush();
        entry.opened(at(1));
        assert!(entry.fresh.writes.is_empty() && entry.fresh.runs.is_empty());
        assert!(entry.timeline.latest().is_some());
    }

    #[test]
    fn what_was_recorded_is_restored_once() {
        let mut before = recording();
        seen(&mut before, 0, "first", State::Running);
        seen(&mut before, 1, "first", State::Succeeded);
        let texts = before.fresh.writes.iter().map(|write| write.text.clone());
        let reel = Reel::new(&Tape::read(texts), Vec::new());
        let told = || Some(reel.at(reel.until()?));

        let mut entry = recording();
        assert!(entry.restore(told, at(10)));
        assert_eq!(entry.timeline.latest().map(|latest| latest.observed_at), Some(at(1)));
        assert_eq!(entry.timeline.reopened_at(), Some(at(10)));
        assert_eq!(entry.timeline.transitions(), before.timeline.transitions());
        seen(&mut entry, 11, "first", State::Succeeded);
        let followed = entry.timeline.clone();
        assert!(!entry.restore(told, at(12)), "what was seen since is not taken back");
        assert_eq!(entry.timeline, followed);
    }

    #[test]
    fn nothing_but_the_latest_is_left_when_recordings_are_deleted() {
        let mut entry = recording();
        seen(&mut entry, 0, "first", State::Running);
        seen(&mut entry, 1, "first", State::Succeeded);
        seen(&mut entry, 2, "second", State::Running);
        entry.record(Outcome::Failed(PollError::new(ErrorKind::Timeout)), at(3));
        entry.forget();
        assert!(entry.fresh.writes.is_empty() && entry.fresh.runs.is_empty());
        assert!(entry.timeline.earlier().is_empty() && entry.timeline.transitions().is_empty());
        assert_eq!(entry.timeline.latest().map(|latest| latest.observed_at), Some(at(2)));
        assert!(entry.timeline.outage().is_some());
        seen(&mut entry, 4, "second", State::Running);
        let whole = entry.fresh.writes.first().expect("a document");
        assert_eq!((whole.run, whole.seq), (0, 0));
        assert!(whole.text.contains("\"whole\""), "{}", whole.text);
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
