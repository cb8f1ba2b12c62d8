//! `/readyz`: booleans and one age, for a monitor. Whether the process answers at all is `/healthz`.

use actix_web::HttpResponse;
use actix_web::web::{self, Data, ServiceConfig};
use serde_json::json;

use crate::ground::Ground;
use crate::outbox::{self, transport::Health, transport::Refusal};

pub fn routes(app: &mut ServiceConfig) {
    app.service(web::resource("/readyz").route(crate::web::get().to(readyz)));
}

/// 200 when everything works, 503 when something needs the operator.
async fn readyz(ground: Data<Ground>, health: Data<Health>) -> HttpResponse {
    let now = ground.now();
    let oldest = ground.run(|ground| ground.store.read(outbox::oldest_made_at)).await;
    let database = oldest.is_ok();
    let oldest_seconds = oldest.ok().flatten().map(|made_at| now.since(made_at).num_seconds());
    let trouble = health.trouble();
    let body = json!({
        "ready": database && trouble.is_none(),
        "database": database,
        "smarthost_answers": trouble != Some(Refusal::Unreachable),
        "smarthost_lets_us_in": trouble != Some(Refusal::Credentials),
        "smarthost_takes_mail": trouble.is_none(),
        "oldest_mail_waiting_seconds": oldest_seconds,
    });
    if database && trouble.is_none() {
        HttpResponse::Ok().json(body)
    } else {
        HttpResponse::ServiceUnavailable().json(body)
    }
}
