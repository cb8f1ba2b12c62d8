//! Pages below `/mine`.

pub mod hand;

use actix_web::web::ServiceConfig;

pub fn routes(app: &mut ServiceConfig) {
    hand::routes(app);
}
