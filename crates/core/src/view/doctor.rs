//! An examined connection in words: the whole, each hop with its evidence, and a report to hand on.

mod causes;
mod hops;
#[cfg(test)]
mod tests;

use super::format::Reader;
use super::names::{provider_name, service_name};
use super::words::{Doctor, Lang};
use crate::assess::Verdict;
use crate::doctor::{Case, Diagnosis, Evidence, Hop, Mark, diagnose};
use crate::model::Timestamp;

/// What is shown of an examination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoctorView {
    /// `Passed`, `Refused` for a connection that works with something odd, `Failed`.
    pub verdict: Verdict,
    /// The connection works, or where the way ends.
    pub word: String,
    /// What is wrong and what to do; empty where nothing is.
    pub what: String,
    pub todo: String,
    pub hops: Vec<HopView>,
    /// The same as a text without secrets and without the account's name.
    pub report: String,
}

/// One hop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HopView {
    pub verdict: Verdict,
    pub name: String,
    /// How it was found, in a word.
    pub word: String,
    /// What was tried; empty where the way does not lead so far.
    pub tried: String,
    pub evidence: Vec<String>,
}

/// What the report says of the page itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// The page's version.
    pub version: &'static str,
    /// The family of the browser, such as "Firefox 140".
    pub browser: String,
}

/// What has been found, in words. `now` is on this device's clock.
pub fn doctor(
    reader: Reader,
    case: &Case,
    evidence: &Evidence,
    surroundings: &Surroundings,
    now: Timestamp,
) -> DoctorView {
    let lang = reader.lang;
    let diagnosis = diagnose(case, evidence);
    let hop = |(hop, mark): (Hop, Mark)| {
        let (word, verdict) = mark_words(mark);
        let reached = mark != Mark::NotReached;
        HopView {
            verdict,
            name: lang.say(hop_name(hop)).to_owned(),
            word: lang.say(word).to_owned(),
            tried: if reached { hops::tried(lang, case, evidence, hop) } else { String::new() },
            evidence: if reached { hops::evidence(lang, case, evidence, hop) } else { Vec::new() },
        }
    };
    let hops: Vec<HopView> = diagnosis.marks.map(hop).into();
    let (verdict, word, what, todo) = summary(lang, case, evidence, &diagnosis);
    let mut view = DoctorView { verdict, word, what, todo, hops, report: String::new() };
    view.report = report(lang, case, &view, surroundings, now);
    view
}

fn summary(
    lang: Lang,
    case: &Case,
    evidence: &Evidence,
    diagnosis: &Diagnosis,
) -> (Verdict, String, String, String) {
    let told = |cause| causes::sentences(lang, case, evidence, cause);
    match (diagnosis.cause, diagnosis.oddity) {
        (Some((hop, cause)), _) => {
            let (what, todo) = told(cause);
            let word = lang.fill(Doctor::EndsAt, &[lang.say(hop_name(hop))]);
            (Verdict::Failed, word, what, todo)
        }
        (None, Some((hop, cause))) => {
            let (what, todo) = told(cause);
            let word = lang.fill(Doctor::WorksBut, &[lang.say(hop_name(hop))]);
            (Verdict::Refused, word, what, todo)
        }
        (None, None) => (Verdict::Passed, lang.say(Doctor::Works).to_owned(), String::new(), String::new()),
    }
}

fn report(lang: Lang, case: &Case, view: &DoctorView, surroundings: &Surroundings, now: Timestamp) -> String {
    let provider = provider_name(lang, case.provider(), case.site);
    let about = [provider, service_name(lang, case.service), &case.region, &case.cluster];
    let made = [&now.iso(), surroundings.version, &surroundings.browser];
    let mut lines = vec![
        lang.say(Doctor::ReportTitle).to_owned(),
        lang.fill(Doctor::ReportMade, &made),
        lang.fill(Doctor::ReportAbout, &about),
        String::new(),
        view.word.clone(),
    ];
    if !view.what.is_empty() {
        lines.push(view.what.clone());
        lines.push(lang.fill(Doctor::ReportFix, &[&view.todo]));
    }
    lines.push(String::new());
    for (nth, hop) in view.hops.iter().enumerate() {
        lines.push(format!("{}. {}: {}", nth + 1, hop.name, hop.word));
        let told = [&hop.tried].into_iter().chain(&hop.evidence).filter(|line| !line.is_empty());
        lines.extend(told.map(|line| format!("   {line}")));
    }
    lines.join("\n")
}

const fn hop_name(hop: Hop) -> Doctor {
    match hop {
        Hop::Page => Doctor::HopPage,
        Hop::Proxy => Doctor::HopProxy,
        Hop::Vendor => Doctor::HopVendor,
        Hop::Clock => Doctor::HopClock,
        Hop::Signature => Doctor::HopSignature,
        Hop::Permission => Doctor::HopPermission,
        Hop::Cluster => Doctor::HopCluster,
    }
}

const fn mark_words(mark: Mark) -> (Doctor, Verdict) {
    match mark {
        Mark::Good => (Doctor::Good, Verdict::Passed),
        Mark::Odd => (Doctor::Odd, Verdict::Refused),
        Mark::Bad => (Doctor::Bad, Verdict::Failed),
        Mark::NotReached => (Doctor::NotReached, Verdict::Idle),
    }
}
