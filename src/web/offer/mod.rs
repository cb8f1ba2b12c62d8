//! Pages below `/offer`.

use actix_web::web::ServiceConfig;

pub fn routes(_app: &mut ServiceConfig) {}
