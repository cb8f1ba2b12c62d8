//! Over real sockets, in the words of Postfix.

use std::net::SocketAddr;
use std::sync::Mutex;

use proptest::prelude::*;
use tokio::task::JoinHandle;

use super::*;
use crate::smtp::{DataAnswer, Delivery};

const LONG_ENOUGH: Duration = Duration::from_secs(20);

#[derive(Default)]
struct Book(Mutex<Vec<String>>);

impl Intake for Book {
    async fn rcpt(&self, address: &str) -> RcptAnswer {
        self.0.lock().unwrap().push(address.to_owned());
        match address.split('@').next() {
            Some("known") => RcptAnswer::Known,
            Some("later") => RcptAnswer::TryLater,
            _ => RcptAnswer::Unknown,
        }
    }

    async fn data(&self, _delivery: Delivery) -> DataAnswer {
        DataAnswer::Refused
    }
}

struct Server {
    address: SocketAddr,
    book: Arc<Book>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

async fn server(settings: PolicySettings) -> Server {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let book = Arc::new(Book::default());
    let (stop, stopped) = watch::channel(false);
    let task = tokio::spawn(serve(listener, Arc::clone(&book), settings, stopped));
    Server { address, book, stop, task }
}

impl Server {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }
}

/// As Postfix 3.7 asks at RCPT.
fn request(sender: &str, recipient: &str) -> String {
    format!(
        "request=smtpd_access_policy\nprotocol_state=RCPT\nprotocol_name=ESMTP\nclient_address=192.0.2.7\n\
         client_name=out.example\nhelo_name=out.example\nsender={sender}\nrecipient={recipient}\nrecipient_count=0\n\
         queue_id=\ninstance=1a2b.66.0\nsize=0\nccert_subject=CN=a=b\nstress=\n\n"
    )
}

async fn hears(stream: &mut TcpStream, expected: &str) {
    let mut heard = vec![0; expected.len()];
    timeout(LONG_ENOUGH, stream.read_exact(&mut heard)).await.unwrap().unwrap();
    assert_eq!(String::from_utf8(heard).unwrap(), expected);
}

async fn hears_nothing_to_the_end(stream: &mut TcpStream) {
    let mut rest = Vec::new();
    // A reset is an end too: what we sent was not read to the end.
    let _ = timeout(LONG_ENOUGH, stream.read_to_end(&mut rest)).await.unwrap();
    assert!(rest.is_empty(), "{}", String::from_utf8_lossy(&rest));
}

const UNAVAILABLE: &str = "action=550 5.1.1 Address unavailable\n\n";
const LATER: &str = "action=451 4.3.0 Please try later\n\n";

#[tokio::test]
async fn the_recipient_alone_decides_and_one_connection_asks_many_times() {
    let server = server(PolicySettings::default()).await;
    let mut postfix = server.connect().await;
    let asked = [
        ("jo@jo.example", "known@n.example", "action=DUNNO\n\n"),
        ("", "known@n.example", "action=DUNNO\n\n"),
        ("jo@jo.example", "unknown@n.example", UNAVAILABLE),
        ("known@n.example", "unknown@n.example", UNAVAILABLE),
        ("jo@jo.example", "later@n.example", LATER),
        // A stage that is about no recipient.
        ("jo@jo.example", "", "action=DUNNO\n\n"),
    ];
    for (sender, recipient, answer) in asked {
        postfix.write_all(request(sender, recipient).as_bytes()).await.unwrap();
        hears(&mut postfix, answer).await;
    }
    let whole = request("a@a.example", "known@n.example") + &request("a@a.example", "unknown@n.example");
    for byte in whole.as_bytes().chunks(7) {
        postfix.write_all(byte).await.unwrap();
    }
    hears(&mut postfix, &format!("action=DUNNO\n\n{UNAVAILABLE}")).await;
    assert_eq!(server.book.0.lock().unwrap().len(), 7);
}

#[tokio::test]
async fn what_is_no_request_is_not_answered() {
    let server = server(PolicySettings::default()).await;
    let line = "a".repeat(LONGEST_LINE);
    for bad in [
        "\n".to_owned(),
        "\n\n".to_owned(),
        "GET / HTTP/1.1\r\n\r\n\n\n".to_owned(),
        "recipient=known@n.example\n\n".to_owned(),
        "request=junk\nrecipient=known@n.example\n\n".to_owned(),
        "request=smtpd_access_policy\nno value\n\n".to_owned(),
        "request=smtpd_access_policy\nrecipient=known@n.example\nrecipient=unknown@n.example\n\n".to_owned(),
        format!("request=smtpd_access_policy\nsender={line}\n\n"),
        format!("request=smtpd_access_policy\n{}\n", "a=b\n".repeat(MOST_ATTRIBUTES)),
        format!("request=smtpd_access_policy\nsender={}", line.repeat(10)),
    ] {
        let mut peer = server.connect().await;
        peer.write_all(bad.as_bytes()).await.unwrap();
        hears_nothing_to_the_end(&mut peer).await;
    }
    assert!(server.book.0.lock().unwrap().is_empty(), "nobody was looked up");
}

#[tokio::test]
async fn an_idle_and_a_slow_peer_are_closed() {
    let server = server(PolicySettings { patience: Duration::from_millis(200), ..PolicySettings::default() }).await;
    let mut idle = server.connect().await;
    hears_nothing_to_the_end(&mut idle).await;
    let mut slow = server.connect().await;
    let drips = async {
        while slow.write_all(b"a=b\n").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(LONG_ENOUGH, drips).await.unwrap();
}

#[tokio::test]
async fn there_is_room_for_so_many_and_a_stop_ends_them_all() {
    let server = server(PolicySettings { connections: 1, ..PolicySettings::default() }).await;
    let mut first = server.connect().await;
    first.write_all(request("", "known@n.example").as_bytes()).await.unwrap();
    hears(&mut first, "action=DUNNO\n\n").await;
    hears_nothing_to_the_end(&mut server.connect().await).await;
    server.stop.send_replace(true);
    hears_nothing_to_the_end(&mut first).await;
    timeout(LONG_ENOUGH, server.task).await.unwrap().unwrap();
}

/// Bytes that mean something here, and bytes that mean nothing.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        Just(b"\n".to_vec()),
        Just(b"=".to_vec()),
        Just(b"request=smtpd_access_policy\n".to_vec()),
        Just(b"recipient=".to_vec()),
        prop::collection::vec(any::<u8>(), 0..40),
    ]
}

proptest! {
    #[test]
    fn any_bytes_end_in_a_request_in_an_end_or_in_waiting(pieces in prop::collection::vec(piece(), 0..60)) {
        let mut input = pieces.concat();
        let at_most = input.len();
        let mut count = 0;
        while let Some(Next::Recipient(_)) = take_request(&mut input) {
            count += 1;
        }
        prop_assert!(count <= at_most && input.len() <= at_most);
    }

    #[test]
    fn a_request_reads_the_same_however_it_is_cut(
        lines in prop::collection::vec("[a-z_]{1,8}=[ -~]{0,20}\n", 0..6),
        local_part in "[a-z0-9.+-]{1,20}",
        cut in 0_usize..200,
    ) {
        let address = format!("{local_part}@n.example");
        let mut others = lines;
        others.retain(|line| !line.starts_with("recipient="));
        let others = others.concat();
        let whole = format!("request=smtpd_access_policy\n{others}recipient={address}\n\n");
        let cut = cut.min(whole.len() - 1);
        let mut input = whole.as_bytes()[..cut].to_vec();
        prop_assert!(take_request(&mut input).is_none());
        input.extend_from_slice(&whole.as_bytes()[cut..]);
        input.extend_from_slice(b"request=");
        prop_assert!(take_request(&mut input) == Some(Next::Recipient(Some(address))));
        prop_assert_eq!(input, b"request=");
    }
}
