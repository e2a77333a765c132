//! Products that send. They and the server share the machine, so they do as
//! little as can be done: a plain socket, a request put together from pieces.

use crate::{book::event, server::Server};
use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

/// How much is sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    /// How many senders wait for an answer at the same time.
    pub(crate) connections: u64,
    /// Events of a request.
    pub(crate) events: u64,
    /// Events a second of all senders; none for as many as are answered.
    pub(crate) rate: Option<u64>,
    pub(crate) seconds: u64,
}

/// What was sent and acknowledged.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) events: u64,
    /// Requests that were told to come again.
    pub(crate) busy: u64,
    pub(crate) elapsed: Duration,
}

impl Load {
    pub(crate) fn send(self, server: &Server) -> Sent {
        // Each run sends other events than the one before.
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let began = Instant::now();
        let (events, busy) = (AtomicU64::new(0), AtomicU64::new(0));
        thread::scope(|scope| {
            for sender in 0..self.connections {
                let (events, busy) = (&events, &busy);
                scope.spawn(move || {
                    let mut connection = Connection::to(server);
                    let between = self.rate.map(|rate| {
                        Duration::from_secs_f64((self.events * self.connections) as f64 / rate as f64)
                    });
                    let mut due =
                        began + between.unwrap_or_default().mul_f64(sender as f64 / self.connections as f64);
                    while began.elapsed() < Duration::from_secs(self.seconds) {
                        if let Some(between) = between {
                            thread::sleep(due.saturating_duration_since(Instant::now()));
                            due += between;
                        }
                        let first = NUMBER.fetch_add(self.events, Ordering::Relaxed);
                        connection.write(first, self.events);
                        loop {
                            match connection.send() {
                                200 => break,
                                429 => {
                                    busy.fetch_add(1, Ordering::Relaxed);
                                    thread::sleep(Duration::from_millis(100));
                                }
                                status => panic!("answered {status}"),
                            }
                        }
                        events.fetch_add(self.events, Ordering::Relaxed);
                    }
                });
            }
        });
        Sent { events: events.into_inner(), busy: busy.into_inner(), elapsed: began.elapsed() }
    }
}

/// One sender.
struct Connection {
    reader: BufReader<TcpStream>,
    head: String,
    body: String,
    request: Vec<u8>,
    line: String,
}

impl Connection {
    fn to(server: &Server) -> Self {
        let stream = TcpStream::connect(server.address()).expect("a connection");
        stream.set_nodelay(true).expect("no delay");
        let head = format!(
            "POST /v1/batch HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n",
            server.key()
        );
        Self {
            reader: BufReader::new(stream),
            head,
            body: String::new(),
            request: Vec::new(),
            line: String::new(),
        }
    }

    /// Puts a request together.
    fn write(&mut self, first: u64, events: u64) {
        self.body.clear();
        self.body.push_str(r#"{"batch":["#);
        for number in first..first + events {
            if number > first {
                self.body.push(',');
            }
            event(&mut self.body, number);
        }
        self.body.push_str("]}");
        self.request.clear();
        self.request.extend_from_slice(self.head.as_bytes());
        write!(self.request, "Content-Length: {}\r\n\r\n", self.body.len()).expect("memory");
        self.request.extend_from_slice(self.body.as_bytes());
    }

    /// Sends it, and answers the status.
    fn send(&mut self) -> u16 {
        self.reader.get_mut().write_all(&self.request).expect("sent");
        let (mut status, mut length) = (0, 0_u64);
        loop {
            self.line.clear();
            self.reader.read_line(&mut self.line).expect("an answer");
            let line = self.line.trim_end();
            if line.is_empty() {
                break;
            }
            if status == 0 {
                status = line.split(' ').nth(1).and_then(|it| it.parse().ok()).expect("a status");
            } else if let Some((name, value)) = line.split_once(": ")
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.parse().expect("a length");
            }
        }
        let mut body = self.reader.by_ref().take(length);
        std::io::copy(&mut body, &mut std::io::sink()).expect("a body");
        status
    }
}
