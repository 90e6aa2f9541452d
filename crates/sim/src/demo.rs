//! The demo's own addresses: the fleet for the page, and controls for whoever tries the page out.

use crate::clouds::Clouds;
use crate::fault::Fault;
use crate::fleet::{ACCOUNTS, CLUSTERS};
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use rollwatch_core::model::Span;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// `/demo/fleet.json`, `/demo/clock`, `/demo/fault` and `/demo/requests`. The controls take JSON with its
/// content type, which no other site's page can send without being asked first.
pub fn demo_router(clouds: Arc<Clouds>) -> Router {
    Router::new()
        .route("/demo/fleet.json", get(fleet))
        .route("/demo/clock", post(clock))
        .route("/demo/fault", post(fault))
        .route("/demo/requests", get(requests))
        .with_state(clouds)
}

type Said = Result<Json<Value>, (StatusCode, Json<Value>)>;

fn refuse(status: StatusCode, sentence: &str) -> Said {
    Err((status, Json(json!({ "error": sentence }))))
}

fn shown(clouds: &Clouds) -> Value {
    json!({ "now_ms": clouds.clock().now().as_millis(), "speed": clouds.clock().speed() })
}

async fn fleet(State(clouds): State<Arc<Clouds>>) -> impl IntoResponse {
    let accounts = ACCOUNTS.iter().map(|account| {
        json!({
            "name": account.name, "provider": account.provider.id(),
            "access_key_id": account.access_key_id, "secret": account.secret,
        })
    });
    let watches = CLUSTERS.iter().map(|cluster| {
        let watch = cluster.watch();
        json!({
            "service": watch.service.id(), "operation": watch.operation.id(), "site": watch.site.id(),
            "region": watch.region, "project": watch.project, "cluster": watch.cluster, "account": watch.account,
        })
    });
    let document = json!({
        "clock": shown(&clouds),
        "accounts": accounts.collect::<Vec<Value>>(),
        "watches": watches.collect::<Vec<Value>>(),
    });
    // A stored copy would set the page's clock back.
    ([(CACHE_CONTROL, "no-store")], Json(document))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockWish {
    advance_ms: Option<i64>,
    speed: Option<f64>,
}

/// The fastest that the clock may go: an hour per second.
const TOP_SPEED: f64 = 3600.0;
/// The furthest that the clock may be put forward at once: a year.
const TOP_ADVANCE: i64 = 366 * 24 * 3600 * 1000;

async fn clock(State(clouds): State<Arc<Clouds>>, Json(wish): Json<ClockWish>) -> Said {
    if wish.speed.is_some_and(|speed| !(0.0..=TOP_SPEED).contains(&speed)) {
        return refuse(StatusCode::BAD_REQUEST, "Give a speed from 0 to 3600.");
    }
    if wish.advance_ms.is_some_and(|millis| !(0..=TOP_ADVANCE).contains(&millis)) {
        return refuse(
            StatusCode::BAD_REQUEST,
            "Give advance_ms from 0 to a year; the clock only goes forward.",
        );
    }
    if let Some(speed) = wish.speed {
        clouds.clock().set_speed(speed);
    }
    clouds.clock().advance(Span::millis(wish.advance_ms.unwrap_or(0)));
    Ok(Json(shown(&clouds)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FaultWish {
    cluster: String,
    kind: String,
}

async fn fault(State(clouds): State<Arc<Clouds>>, Json(wish): Json<FaultWish>) -> Said {
    let fault = Fault::from_id(&wish.kind);
    if fault.is_none() && wish.kind != "none" {
        let known = Fault::ALL.map(Fault::id).join(", ");
        return refuse(StatusCode::BAD_REQUEST, &format!("Give one of these kinds: {known}, none."));
    }
    if !clouds.set_fault(&wish.cluster, fault) {
        return refuse(StatusCode::NOT_FOUND, "Give the id of a cluster of /demo/fleet.json.");
    }
    Ok(Json(json!({ "cluster": wish.cluster, "kind": wish.kind })))
}

async fn requests(State(clouds): State<Arc<Clouds>>) -> Json<Vec<Value>> {
    let line = |line: crate::clouds::Logged| {
        json!({
            "at_ms": line.at.as_millis(), "method": line.method.as_str(), "host": line.host,
            "path": line.path, "status": line.status,
        })
    };
    Json(clouds.requests().into_iter().map(line).collect())
}
