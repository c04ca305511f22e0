//! The service as a router of axum.

use axum::Router;

use super::WebhookService;

impl WebhookService {
    /// Makes a router of axum 0.8 with this service at a path, to be merged into that of a program.
    ///
    /// The limit of bodies that axum has does not count here: the service has [its own](super::WebhookBuilder::limit).
    ///
    /// ```
    /// # use wa_message::webhook::WebhookService;
    /// # fn example(webhooks: WebhookService) {
    /// let app: axum::Router = axum::Router::new().merge(webhooks.route("/webhook"));
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// When the path is none that axum takes: one that does not begin with `/`, for instance.
    pub fn route<S: Clone + Send + Sync + 'static>(self, path: &str) -> Router<S> {
        Router::new().route_service(path, self)
    }
}
