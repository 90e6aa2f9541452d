//! What a request asks: about whom, and how it is answered. Also the parts of a request that every vendor has.

use crate::answer::Answer;
use crate::fleet::Cluster;
use crate::refusal::Refusal;
use crate::scene::Scene;
use crate::services::Story;
use crate::verify::Caller;
use rollwatch_core::http::Request;
use rollwatch_core::provider::Endpoint;
use serde_json::Value;

type Told = Result<Answer, Refusal>;

/// A request that a service has read.
pub(crate) struct Question {
    /// The project of the cluster; empty where the vendor has none.
    pub project: String,
    /// Empty where the question is about an account.
    pub cluster: String,
    /// Whether it is asked to make other answers clearer, or to find clusters.
    pub is_further: bool,
    /// Whether the number of the region belongs into the body of the request, by the rule of its zone.
    pub names_region: bool,
    pub tell: Tell,
}

/// What is said to whoever may ask.
pub(crate) enum Tell {
    OfCluster(Box<TellOfCluster>),
    OfAccount(Box<TellOfAccount>),
}

/// Answers from the story of the cluster.
type TellOfCluster = dyn FnOnce(&Story, &Scene<'_>, &Call<'_>) -> Told;
/// Answers from the account's clusters at the asked endpoint.
type TellOfAccount = dyn FnOnce(&[Owned<'_>], &Call<'_>) -> Told;

/// A cluster, and the moment of its story.
pub(crate) type Owned<'a> = (&'static Cluster, Scene<'a>);

/// What an answer depends on beside the question and the clusters.
pub(crate) struct Call<'a> {
    pub endpoint: &'a Endpoint,
    pub caller: Caller,
    pub seed: u64,
    pub request_id: &'a str,
}

impl Question {
    /// A question about the progress of one cluster, or whether something could start there.
    pub fn of_cluster(
        cluster: String,
        tell: impl FnOnce(&Story, &Scene<'_>, &Call<'_>) -> Told + 'static,
    ) -> Self {
        let tell = Tell::OfCluster(Box::new(tell));
        Question { project: String::new(), cluster, is_further: false, names_region: false, tell }
    }

    /// A question for a list, or for what makes other answers clearer.
    pub fn of_account(tell: impl FnOnce(&[Owned<'_>], &Call<'_>) -> Told + 'static) -> Self {
        let tell = Tell::OfAccount(Box::new(tell));
        let (project, cluster) = (String::new(), String::new());
        Question { project, cluster, is_further: true, names_region: false, tell }
    }
}

/// The part of a list that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Page {
    /// How many items come before it.
    pub skip: usize,
    /// How many items it has at most, one at least.
    pub size: usize,
}

/// How many items every list has that is not asked for another number.
pub(crate) const USUAL_SIZE: usize = 10;

impl Page {
    /// The items of this page, of all that there are.
    pub fn of<T>(self, items: Vec<T>) -> Vec<T> {
        items.into_iter().skip(self.skip).take(self.size).collect()
    }
}

/// The body; null where it is not JSON.
pub(crate) fn body(request: &Request) -> Value {
    serde_json::from_str(&request.body).unwrap_or(Value::Null)
}

/// A number from 1 that may be left out of the query.
pub(crate) fn counted(request: &Request, name: &'static str) -> Result<Option<usize>, Refusal> {
    match query(request, name) {
        None => Ok(None),
        Some(text) => text.parse().ok().and_then(at_least_one).map(Some).ok_or(Refusal::Field(name)),
    }
}

/// A number that counts from 1; `None` for another.
pub(crate) fn at_least_one(number: u64) -> Option<usize> {
    usize::try_from(number).ok().filter(|number| *number >= 1)
}

/// A segment of the path; number 0 is the empty one before the first slash.
pub(crate) fn segment(request: &Request, number: usize) -> String {
    request.path.split('/').nth(number).unwrap_or_default().to_owned()
}

/// The last segment of the path.
pub(crate) fn last_segment(request: &Request) -> String {
    request.path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// A value of the query, as it is written there.
pub(crate) fn query<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request
        .query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|pair| pair.0 == name)
        .map(|pair| pair.1)
}
