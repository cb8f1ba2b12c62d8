//! The desk's numbers as a file for a spreadsheet.

use std::fmt::Write;

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};

use super::at_desk;
use crate::desk::{self, Band, HowMany, Numbers, Within};
use crate::ground::Ground;
use crate::matching::DayPart;
use crate::web::errors::Error;
use crate::web::page::Page;

pub(super) const PATH: &str = "/desk/numbers.csv";

/// What, for which week or hands, how many.
pub async fn download(page: Page, request: HttpRequest, ground: web::Data<Ground>) -> Result<HttpResponse, Error> {
    if let Err(door) = at_desk(&page, &request).await? {
        return Ok(door);
    }
    let numbers = ground.run(desk::numbers).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"numbers.csv\""))
        .body(csv_of(&numbers)))
}

/// Words of the policy's lists and of ours, so that no field begins as a formula does.
pub(super) fn csv_of(numbers: &Numbers) -> String {
    let mut file = String::from("what,of,value\r\n");
    let mut row = |what: &str, of: &str, people: &str| {
        // Writing into a String does not fail.
        let _ = write!(file, "{what},\"{}\",{people}\r\n", of.replace('"', "\"\""));
    };
    if let Some(waiting) = numbers.waiting {
        row("waiting", "today", band_word(waiting));
    }
    for (name, within) in [("half heard back within", numbers.half), ("9 in 10 heard back within", numbers.nine_in_ten)]
    {
        match within {
            Some(Within::Hours(hours)) => row(name, "hours", &hours.to_string()),
            Some(Within::Later) => row(name, "hours", "more than a week"),
            None => {}
        }
    }
    for (week, people) in &numbers.matched {
        let date = week.start().utc().format("%Y-%m-%d").to_string();
        match people {
            HowMany::Number(people) => row("found a sponsor", &date, &people.to_string()),
            HowMany::FewerThanFive => row("found a sponsor", &date, band_word(Band::Few)),
        }
    }
    for (language, parts) in &numbers.room {
        for (part, band) in parts {
            row("hands with room", &format!("{language}, {}", part.word()), band_word(*band));
        }
    }
    for gap in &numbers.missing {
        let of = format!("{}, {}", gap.language, gap.part.map_or("any time", DayPart::word));
        row("waiting where nobody is free", &of, band_word(gap.waiting));
    }
    file
}

fn band_word(band: Band) -> &'static str {
    match band {
        Band::Few => "fewer than 5",
        Band::Five => "5 or more",
        Band::Ten => "10 or more",
        Band::Twenty => "20 or more",
        Band::Fifty => "50 or more",
    }
}
