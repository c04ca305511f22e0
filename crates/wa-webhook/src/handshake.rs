//! The handshake by which an address for webhooks is confirmed.
