//! The ids of the tables, in one place, because a row of one room names rows of the rooms below.

use crate::id_type;

id_type!(MemberId);
id_type!(
    /// An address being proven.
    JoinId
);
id_type!(RequestId);
id_type!(OfferId);
id_type!(SponsorshipId);
id_type!(OutboxId);
id_type!(ReportId);
