//! Why a simulated cloud does not answer the question, and how each vendor says so.

mod alibaba;
mod huawei;
mod ncp;

use crate::answer::Answer;
use rollwatch_core::http::Request;
use rollwatch_core::model::{Provider, Site};
use rollwatch_core::provider::Purpose;
use rollwatch_core::sign::Expected;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Nothing says who asks, or it cannot be read.
    Unsigned,
    KeyUnknown,
    /// Too many wrong signatures in a row.
    KeyLocked,
    /// The request is too old or from the future.
    Clock,
    /// The signature is another one; with what the vendor signed, where that is known.
    Signature(Option<Expected>),
    NonceUsed,
    /// The key is a temporary one, and its token did not come with it.
    TokenMissing,
    /// Not a token of this vendor, or not the one of this key.
    TokenWrong,
    /// The time of a temporary key is over.
    KeyExpired,
    /// The time of a token that stands for a key is over.
    AuthTokenExpired,
    /// The account may not ask this.
    Permission,
    /// No such route, or not with this method.
    Route,
    /// No such cluster in this account, region or project.
    Cluster,
    /// A field of the request is missing or of the wrong type.
    Field(&'static str),
    /// A field of the request that this zone does not know.
    Unexpected(&'static str),
    Throttled,
    /// What may be asked for in this period is used up.
    Quota,
}

/// What the words of a refusal depend on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub request: &'a Request,
    pub site: Site,
    /// Whether the service or the vendor's identity service was asked.
    pub purpose: Purpose,
    pub request_id: &'a str,
    /// The access key id that the request names; empty for none.
    pub access_key_id: &'a str,
}

pub(crate) fn answer(provider: Provider, refusal: &Refusal, context: Context<'_>) -> Answer {
    match provider {
        Provider::Ncp => ncp::answer(refusal, context),
        Provider::Huawei => huawei::answer(refusal, context),
        Provider::Alibaba => alibaba::answer(refusal, context),
    }
}
