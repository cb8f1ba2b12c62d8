use actix_web::HttpResponse;
use crate::web::errors::Error;
pub(super) async fn show() -> Result<HttpResponse, Error> { Err(Error::NotHere) }
