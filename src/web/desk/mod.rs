//! Pages below `/desk`.

use actix_web::web::ServiceConfig;

pub fn routes(_app: &mut ServiceConfig) {}
