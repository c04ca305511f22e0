//! Webhooks as a service for an HTTP server.
