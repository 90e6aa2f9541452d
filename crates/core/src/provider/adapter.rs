//! What every adapter offers: one row of functions for each service.

use super::wire::Answer;
use super::{Background, Endpoint, Supplement};
use crate::error::{ErrorKind, PollError};
use crate::http::Request;
use crate::model::{Check, Holder, Listing, Observation, Precheck, Timestamp, Watch};

type Asked = Result<Request, PollError>;

/// One service. An adapter's file begins with its row; what a vendor has no call for stays as in `Adapter::of`.
pub(super) struct Adapter {
    /// What to ask about the operation that a watch names, among those that the service lists.
    pub request: fn(&Watch, &Endpoint, &Background) -> Asked,
    /// What the answer says.
    pub decode: fn(&Watch, &Endpoint, &Background, Answer<'_>, Timestamp) -> Result<Observation, PollError>,
    /// Changes the background so that the same question can be put in another form after an error. False: there
    /// is no other form.
    pub adapt: fn(&Endpoint, &PollError, &mut Background) -> bool,
    /// The supplement that would make an observation clearer and is due.
    pub wanted: fn(&Background, &Observation, Timestamp) -> Option<Supplement>,
    pub supplement_request: fn(&Watch, &Endpoint, Supplement) -> Asked,
    /// Adds what the answer to a supplement tells to the background.
    pub learn: fn(&Watch, &Endpoint, Supplement, Answer<'_>, &mut Background) -> Result<(), PollError>,
    /// What to ask for the clusters of an account: endpoint, project, and the page counted from 1.
    pub list_request: fn(&Endpoint, &str, u32) -> Asked,
    pub decode_list: fn(Answer<'_>, u32) -> Result<Listing, PollError>,
    pub check: Option<CheckCalls>,
    pub holder: Option<HolderCalls>,
}

/// Whether something could start now.
pub(super) struct CheckCalls {
    pub request: fn(&Watch, &Endpoint, &Check) -> Asked,
    pub decode: fn(&Endpoint, Answer<'_>) -> Result<Precheck, PollError>,
    /// What a failed call says: the reason why something cannot start may have the shape of one.
    pub refusal: fn(&Endpoint, PollError) -> Result<Precheck, PollError>,
}

/// Whose a credential is, at an identity endpoint.
pub(super) struct HolderCalls {
    pub request: fn(&Endpoint) -> Request,
    pub decode: fn(&Endpoint, Answer<'_>) -> Result<Holder, PollError>,
}

impl Adapter {
    /// An adapter that tells progress and lists clusters, and nothing more.
    pub const fn of(
        request: fn(&Watch, &Endpoint, &Background) -> Asked,
        decode: fn(&Watch, &Endpoint, &Background, Answer<'_>, Timestamp) -> Result<Observation, PollError>,
        list_request: fn(&Endpoint, &str, u32) -> Asked,
        decode_list: fn(Answer<'_>, u32) -> Result<Listing, PollError>,
    ) -> Self {
        Adapter {
            request,
            decode,
            adapt: |_, _, _| false,
            wanted: |_, _, _| None,
            supplement_request: |_, _, _| Err(not_offered()),
            learn: |_, _, _, answer, _| Err(answer.malformed("body")),
            list_request,
            decode_list,
            check: None,
            holder: None,
        }
    }
}

/// The error for a question that a service has no call for.
pub(super) fn not_offered() -> PollError {
    PollError::field(ErrorKind::BadWatch, "operation")
}
