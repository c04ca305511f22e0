//! Everything that a program can see of a request: errors, spans, events and metrics.

use std::{
    error::Error as _,
    fmt::{self, Write as _},
    sync::{Arc, Mutex},
};

use metrics::{Counter, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit};
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};
use wa_message::Error;

/// Writes down all spans, events and metrics.
#[derive(Clone)]
pub(crate) struct Log(pub(crate) Arc<Mutex<String>>);

impl Log {
    fn write(&self, what: fmt::Arguments<'_>) {
        let _ = writeln!(self.0.lock().unwrap(), "{what}");
    }
}

/// Each field with its name, as text and as `Debug` shows it.
struct Fields<'l>(&'l Log);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.write(format_args!("{field}={value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.write(format_args!("{field}={value}"));
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.write(format_args!("span {}", span.metadata().name()));
        span.record(&mut Fields(self));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Fields(self));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.write(format_args!("event of {}", event.metadata().target()));
        event.record(&mut Fields(self));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl Recorder for Log {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        self.write(format_args!("counter {key:?}"));
        Counter::noop()
    }

    fn register_gauge(&self, key: &Key, _: &Metadata<'_>) -> Gauge {
        self.write(format_args!("gauge {key:?}"));
        Gauge::noop()
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        self.write(format_args!("histogram {key:?}"));
        Histogram::noop()
    }
}

/// An error with all its sources and all that it can be asked for.
pub(crate) fn everything_of(error: &Error) -> String {
    let mut shown = format!("{error} {error:#} {error:?} {error:#?} {:?}", error.fbtrace_id());
    let mut source = error.source();
    while let Some(error) = source {
        let _ = write!(shown, " {error} {error:#} {error:?} {error:#?}");
        source = error.source();
    }
    let body = match error {
        Error::InDoubt(error) => error.body(),
        Error::Unreadable(error) => Some(error.body()),
        _ => None,
    };
    let _ = write!(shown, " {body:?} {}", body.unwrap_or_default());
    if let Some(refusal) = error.api_error() {
        let body = refusal.body();
        let _ = write!(shown, " {refusal} {refusal:?} {body:?} {:?}", refusal.details());
        let _ = write!(shown, " {:?} {:?}", body.error_data, refusal.subcode());
    }
    shown
}
