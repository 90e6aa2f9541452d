//! The answer to a check that a person asked for: could something start now?

use super::format::{Reader, clock};
use super::names::verdict_name;
use super::trouble::{Trouble, trouble};
use super::words::Check;
use crate::assess::Verdict;
use crate::error::PollError;
use crate::model::{Precheck, Span, Timestamp};

/// What is shown of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckView {
    /// `Passed`, `Refused`, `Unrecognised` for an answer that is neither, `CannotSee` when none came.
    pub verdict: Verdict,
    pub word: String,
    /// The vendor's reason, or its answer as it came; empty where the word says all.
    pub sentence: String,
    /// "Asked at 17:09:41."
    pub asked: String,
    /// Why no answer came.
    pub trouble: Option<Trouble>,
}

/// What came of a check that was asked at `at`. Both times are on the vendor's clock, which is `clock_offset`
/// ahead of this device's.
pub fn check(
    reader: Reader,
    outcome: &Result<Precheck, PollError>,
    clock_offset: Span,
    at: Timestamp,
    now: Timestamp,
) -> CheckView {
    let lang = reader.lang;
    let (verdict, sentence) = match outcome {
        Ok(Precheck::Passed) => (Verdict::Passed, lang.say(Check::Passed).to_owned()),
        Ok(Precheck::Refused { reason }) => (Verdict::Refused, lang.fill(Check::Refused, &[reason])),
        Ok(Precheck::Unclear { raw }) => (Verdict::Unrecognised, lang.fill(Check::Unclear, &[raw])),
        Err(_) => (Verdict::CannotSee, String::new()),
    };
    CheckView {
        verdict,
        word: verdict_name(lang, verdict).to_owned(),
        sentence,
        asked: lang.fill(Check::AskedAt, &[&clock(reader, at, now)]),
        trouble: outcome.as_ref().err().map(|error| trouble(lang, error, clock_offset)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;
    use crate::view::words::Lang;

    #[test]
    fn the_four_outcomes_have_four_verdicts_and_the_vendors_own_words() {
        let reader = Reader { lang: Lang::En, offset_at: |_| 0 };
        let at = Timestamp::from_millis(1_742_803_781_000);
        let shown = |outcome| check(reader, &outcome, Span::ZERO, at, at);
        let refused = shown(Ok(Precheck::Refused { reason: "a broker is down".into() }));
        let unclear = shown(Ok(Precheck::Unclear { raw: "maybe".into() }));
        let error = shown(Err(PollError::new(ErrorKind::Timeout)));
        let all = [shown(Ok(Precheck::Passed)), refused.clone(), unclear.clone(), error.clone()];
        let verdicts = all.map(|view| view.verdict);
        assert_eq!(verdicts, [Verdict::Passed, Verdict::Refused, Verdict::Unrecognised, Verdict::CannotSee]);
        assert!(refused.sentence.contains("a broker is down"), "{}", refused.sentence);
        assert!(unclear.sentence.contains("maybe"), "{}", unclear.sentence);
        assert_eq!(error.trouble.map(|trouble| trouble.what).as_deref(), Some("No answer in time."));
        assert_eq!(refused.asked, "Asked at 08:09:41.");
    }
}
