//! Every documented shape and code of a complaint, and what must hold for any answer.

mod alibaba;
mod any_answer;
mod huawei;
mod ncp;

use super::success;
use crate::error::{ErrorKind, PollError};
use crate::http::{Exchange, Header};
use crate::model::{Provider, Timestamp};

/// `Mon, 24 Mar 2025 08:09:41 GMT`. The middle of every exchange is half a second later, as a date in whole
/// seconds is taken to be, so the offset of a date is exact.
const NOW: i64 = 1_742_803_781_000;

const ALL: [Provider; 3] = [Provider::Ncp, Provider::Huawei, Provider::Alibaba];

fn exchange(status: u16, body: &str, headers: &[(&str, &str)]) -> Exchange {
    Exchange {
        status,
        headers: headers.iter().map(|(name, value)| Header::new(name, *value)).collect(),
        body: body.to_owned(),
        sent_at: Timestamp::from_millis(NOW + 450),
        received_at: Timestamp::from_millis(NOW + 550),
    }
}

fn failure(provider: Provider, exchange: &Exchange) -> Option<PollError> {
    success(provider, exchange).err()
}

fn failed(provider: Provider, status: u16, body: &str) -> PollError {
    failure(provider, &exchange(status, body, &[])).unwrap_or_else(|| panic!("{status} {body} is no failure"))
}

/// The kind, code and message of a failure.
fn told(error: &PollError) -> (ErrorKind, Option<&str>, Option<&str>) {
    (error.kind, error.code.as_deref(), error.message.as_deref())
}
