//! Pages below `/mine`.

use actix_web::web::ServiceConfig;

pub fn routes(_app: &mut ServiceConfig) {}
