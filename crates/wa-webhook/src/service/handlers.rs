//! Handlers, and which of them an event goes to.

use std::{borrow::Cow, fmt, future::Future};

use super::{BoxError, BoxFuture, stream::Source};
use crate::{Event, Key, What, generated::events::ByKind, own::Own as _, types};

/// A handler of one kind of event.
pub(crate) type Handle<T> = Box<dyn Fn(T, About) -> Handling + Send + Sync>;

/// A handler of any event.
type HandleEvent = Box<dyn Fn(Event<'static>) -> Handling + Send + Sync>;

/// A handler at work.
pub(crate) type Handling = BoxFuture<'static, Result<(), BoxError>>;

/// Functions that handle events, each of one kind.
///
/// The [builder](super::WebhookBuilder) of a service has the same methods. Handlers by themselves are for
/// [one of several numbers](super::WebhookBuilder::number).
#[derive(Default)]
pub struct Handlers {
    pub(crate) by_kind: ByKind,
    change: Option<Handle<types::Change<'static>>>,
    other: Option<HandleEvent>,
    event: Option<All>,
}

/// Who gets all events.
enum All {
    Handler(HandleEvent),
    Stream(Source),
}

/// What is known of an event beside what happened.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct About {
    /// The id of the WhatsApp Business account.
    pub account: Cow<'static, str>,
    /// The time of the sending, counted in seconds since 1970. It comes with the fields of the account alone.
    pub time: Option<i64>,
    /// The business phone number that it is about.
    pub number: Option<types::Metadata<'static>>,
    /// The person that it is about, as far as the business may know them.
    pub contact: Option<types::WebhookContact<'static>>,
    /// What was said before, when another agent handed the conversation over.
    pub conversation: Option<types::ConversationContext<'static>>,
    /// What is equal when the same event comes again. It is there if something [keeps](super::WebhookBuilder::seen) events from
    /// being handled twice.
    pub key: Option<Key>,
}

impl About {
    /// Returns the id of the business phone number.
    #[must_use]
    pub fn phone_number_id(&self) -> Option<&str> {
        self.number.as_ref()?.phone_number_id.as_deref()
    }
}

/// What a handler may give back: nothing, or a `Result` whose error means that the event has to come again.
#[diagnostic::on_unimplemented(
    message = "a handler of events gives `()` or a `Result<(), E>`",
    label = "expected `()` or a `Result<(), E>` with an error that can be boxed"
)]
pub trait Handled {
    /// Returns the error, if there is one.
    ///
    /// # Errors
    ///
    /// When the event was not handled.
    fn handled(self) -> Result<(), Box<dyn std::error::Error + Send + Sync>>;
}

impl Handled for () {
    fn handled(self) -> Result<(), BoxError> {
        Ok(())
    }
}

impl<E: Into<BoxError>> Handled for Result<(), E> {
    fn handled(self) -> Result<(), BoxError> {
        self.map_err(Into::into)
    }
}

impl Handlers {
    /// No handlers. What nobody handles is answered like what somebody did.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the handler of changes in the fields that have no events of their own: of the account, its templates and numbers,
    /// and so on.
    #[must_use]
    pub fn on_change<F, R>(mut self, handle: F) -> Self
    where
        F: Fn(types::Change<'static>, About) -> R + Send + Sync + 'static,
        R: Future<Output: Handled> + Send + 'static,
    {
        self.change = Some(boxed(handle));
        self
    }

    /// Sets the handler of all events that no other one handles: also of those that this version does not know, or cannot
    /// read.
    #[must_use]
    pub fn on_other<F, R>(mut self, handle: F) -> Self
    where
        F: Fn(Event<'static>) -> R + Send + Sync + 'static,
        R: Future<Output: Handled> + Send + 'static,
    {
        self.other = Some(Box::new(move |event| handling(handle(event))));
        self
    }

    /// Sets the handler of all events, in place of the others.
    #[must_use]
    pub fn on_event<F, R>(mut self, handle: F) -> Self
    where
        F: Fn(Event<'static>) -> R + Send + Sync + 'static,
        R: Future<Output: Handled> + Send + 'static,
    {
        self.event = Some(All::Handler(Box::new(move |event| handling(handle(event)))));
        self
    }

    /// Sends all events into a stream, in place of handlers.
    pub(super) fn stream_to(mut self, source: Source) -> Self {
        self.event = Some(All::Stream(source));
        self
    }

    /// The stream of all events, if they go into one.
    pub(super) fn stream(&self) -> Option<&Source> {
        match &self.event {
            Some(All::Stream(source)) => Some(source),
            _ => None,
        }
    }

    /// Whether somebody handles this.
    pub(super) fn handles(&self, what: &What<'_>) -> bool {
        let is_any = self.event.is_some() || self.other.is_some();
        is_any
            || match what {
                What::Change(_) => self.change.is_some(),
                what => self.by_kind.handles(what),
            }
    }

    /// Begins to handle an event, if somebody does. It does not go into a [stream](Self::stream) here. Only what its
    /// handler gets is copied, so not the JSON beside what was read of it.
    pub(super) fn handle(&self, event: Event<'_>, key: Option<Key>) -> Option<Handling> {
        if let Some(All::Handler(handle)) = &self.event {
            return Some(handle(event.into_owned()));
        }
        let is_change = matches!(event.what, What::Change(_)) && self.change.is_some();
        if !is_change && !self.by_kind.handles(&event.what) {
            return self.other.as_ref().map(|handle| handle(event.into_owned()));
        }
        let Event { account, time, number, contact, conversation, what, .. } = event;
        let about = About {
            account: account.own(),
            time,
            number: number.own(),
            contact: contact.own(),
            conversation: conversation.own(),
            key,
        };
        match (what.into_owned(), &self.change) {
            (What::Change(change), Some(handle)) => Some(handle(*change, about)),
            (what, _) => self.by_kind.handle(what, about),
        }
    }
}

/// A handler with its future in a box.
pub(crate) fn boxed<T, F, R>(handle: F) -> Handle<T>
where
    F: Fn(T, About) -> R + Send + Sync + 'static,
    R: Future<Output: Handled> + Send + 'static,
{
    Box::new(move |event, about| handling(handle(event, about)))
}

pub(super) fn handling<R>(future: R) -> Handling
where
    R: Future<Output: Handled> + Send + 'static,
{
    Box::pin(async { future.await.handled() })
}

impl fmt::Debug for Handlers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handlers").finish_non_exhaustive()
    }
}

/// The handlers of the kinds of events that the description has.
macro_rules! handlers {
    ($($(#[$doc:meta])* $event:ident $on:ident $type:ident $($life:lifetime)?;)*) => {
        #[derive(Default)]
        pub(crate) struct ByKind {
            $($on: Option<$crate::service::Handle<$crate::service::owned!($type $($life)?)>>,)*
        }

        impl ByKind {
            pub(crate) fn handles(&self, what: &What<'_>) -> bool {
                match what {
                    $(What::$event(_) => self.$on.is_some(),)*
                    _ => false,
                }
            }

            pub(crate) fn handle(
                &self,
                what: What<'static>,
                about: $crate::service::About,
            ) -> Option<$crate::service::Handling> {
                match what {
                    $(What::$event(event) => self.$on.as_ref().map(|handle| handle(event, about)),)*
                    _ => None,
                }
            }
        }

        impl $crate::service::Handlers {
            $(
                /// Sets the handler of one kind of event.
                ///
                $(#[$doc])*
                #[must_use]
                pub fn $on<F, R>(mut self, handle: F) -> Self
                where
                    F: Fn($crate::service::owned!($type $($life)?), $crate::service::About) -> R + Send + Sync + 'static,
                    R: Future<Output: $crate::service::Handled> + Send + 'static,
                {
                    self.by_kind.$on = Some($crate::service::boxed(handle));
                    self
                }
            )*
        }

        impl $crate::service::WebhookBuilder {
            $(
                /// Sets the handler of one kind of event.
                ///
                $(#[$doc])*
                pub fn $on<F, R>(self, handle: F) -> Self
                where
                    F: Fn($crate::service::owned!($type $($life)?), $crate::service::About) -> R + Send + Sync + 'static,
                    R: Future<Output: $crate::service::Handled> + Send + 'static,
                {
                    self.with(|handlers| handlers.$on(handle))
                }
            )*
        }
    };
}
pub(crate) use handlers;

/// A type that borrows from nothing.
macro_rules! owned {
    ($type:ident) => { $type };
    ($type:ident $life:lifetime) => { $type<'static> };
}
pub(crate) use owned;
