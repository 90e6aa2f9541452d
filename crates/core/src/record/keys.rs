//! Under which keys recordings are stored: texts that sort by watch, then by run, then by place in the run.

use crate::model::Watch;

/// Between the parts of a key.
const BETWEEN: char = '\n';

/// The key of the document `seq` of a run.
pub fn moment(watch: &Watch, run: u32, seq: u32) -> String {
    format!("{}{seq:06}", within_run(watch, run))
}

/// The key of a run: of its summary, and of the run as a whole.
pub fn run(watch: &Watch, run: u32) -> String {
    format!("{}{run:06}", within_watch(watch))
}

/// What the keys of all runs of a watch, and of all their moments, begin with.
pub fn within_watch(watch: &Watch) -> String {
    format!("{}{BETWEEN}", watch.key())
}

/// What the keys of all moments of a run begin with.
pub fn within_run(watch: &Watch, number: u32) -> String {
    format!("{}{BETWEEN}", run(watch, number))
}

/// The key of the watch and the number of the run that the key of a run names.
pub fn parse_run(key: &str) -> Option<(&str, u32)> {
    let (watch, run) = key.rsplit_once(BETWEEN)?;
    Some((watch, number(run)?))
}

/// The key of the run and the place in it that the key of a moment names.
pub fn parse_moment(key: &str) -> Option<(&str, u32)> {
    let (run, seq) = key.rsplit_once(BETWEEN)?;
    parse_run(run)?;
    Some((run, number(seq)?))
}

/// A number as keys have it. Every other text is refused, so that each number has one key.
fn number(text: &str) -> Option<u32> {
    let number = text.parse().ok()?;
    (format!("{number:06}") == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{OperationKind, Service, Site};

    fn watch() -> Watch {
        Watch {
            service: Service::HuaweiCss,
            operation: OperationKind::Upgrade,
            site: Site::Public,
            region: "ap-southeast-3".to_owned(),
            project: "project".to_owned(),
            cluster: "cluster".to_owned(),
            account: "night shift".to_owned(),
        }
    }

    #[test]
    fn keys_are_read_back_and_name_no_account() {
        let (of_run, of_moment) = (run(&watch(), 7), moment(&watch(), 7, 42));
        assert_eq!(of_moment, "huawei_css/public/ap-southeast-3/project/cluster/upgrade\n000007\n000042");
        assert_eq!(parse_run(&of_run), Some((watch().key().as_str(), 7)));
        assert_eq!(parse_moment(&of_moment), Some((of_run.as_str(), 42)));
        assert!(
            of_run.starts_with(&within_watch(&watch())) && of_moment.starts_with(&within_watch(&watch()))
        );
        assert!(
            of_moment.starts_with(&within_run(&watch(), 7)) && !of_run.starts_with(&within_run(&watch(), 7))
        );
    }

    #[test]
    fn keys_sort_as_their_numbers_do() {
        let keys = [(0, 2), (0, 10), (0, 4_999), (1, 0), (9, 3), (10, 1)]
            .map(|(run, seq)| moment(&watch(), run, seq));
        assert!(keys.is_sorted(), "{keys:?}");
    }

    #[test]
    fn a_text_that_is_no_key_is_refused() {
        for text in ["", "\n", "a\n1", "a\n0000x1", "a\n+00001", "a\n-00001", "a\n000001\n", "000001"] {
            assert_eq!((parse_run(text), parse_moment(text)), (None, None), "{text:?}");
        }
        assert_eq!(parse_moment("a\n000001"), None);
        assert_eq!(parse_run("a\n1234567"), Some(("a", 1_234_567)));
    }
}
