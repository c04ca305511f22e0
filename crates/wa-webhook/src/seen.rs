//! Deliveries that are known already.
