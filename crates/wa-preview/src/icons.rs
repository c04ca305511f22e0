//! Icons, drawn with lines. They say nothing that does not stand beside them as a text.

use maud::{Markup, html};

fn icon(class: &str, path: &str) -> Markup {
    html! {
        svg class={ "wa-icon " (class) } viewBox="0 0 24 24" aria-hidden="true" focusable="false" {
            path d=(path) {}
        }
    }
}

pub(crate) fn picture() -> Markup {
    icon("wa-large", "M3 5h18v14H3zM3 16l5-5 5 5 3-3 5 5M16 9.5a1.5 1.5 0 1 0-.01 0")
}

pub(crate) fn film() -> Markup {
    icon("wa-large", "M12 3a9 9 0 1 0 .01 0M10 8.5v7l6-3.5z")
}

pub(crate) fn sound() -> Markup {
    icon("wa-round", "M8 5.5v13l11-6.5z")
}

pub(crate) fn voice() -> Markup {
    icon(
        "wa-round",
        "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3M6 11a6 6 0 0 0 12 0M12 17v4M9 21h6",
    )
}

pub(crate) fn file() -> Markup {
    icon("wa-round", "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6")
}

pub(crate) fn decal() -> Markup {
    icon(
        "wa-large",
        "M5 3h14a2 2 0 0 1 2 2v9l-7 7H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2M21 14h-5a2 2 0 0 0-2 2v5M9 9h.01M15 9h.01M8.5 13.5c2 1.8 5 1.8 7 0",
    )
}

pub(crate) fn person() -> Markup {
    icon("wa-round", "M12 4a4 4 0 1 0 .01 0M4 21c0-4 3.5-7 8-7s8 3 8 7")
}

pub(crate) fn product() -> Markup {
    icon("wa-round", "M5 8h14l1 13H4zM9 8V6a3 3 0 0 1 6 0v2")
}

/// A map that shows no place in particular.
pub(crate) fn map() -> Markup {
    html! {
        svg class="wa-map" viewBox="0 0 280 120" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false" {
            path class="wa-street" d="M-5 30 90 45 285 10M40-5l25 130M150-5l-20 130M-5 95l150-20 140 30M220-5l25 130" {}
            path class="wa-pin" d="M140 86c-12-16-18-24-18-32a18 18 0 0 1 36 0c0 8-6 16-18 32M140 47a7 7 0 1 0 .01 0" {}
        }
    }
}

/// The waves of a sound that nobody has heard.
pub(crate) fn waves() -> Markup {
    html! {
        svg class="wa-waves" viewBox="0 0 140 24" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            path d="M4 10v4M12 7v10M20 9v6M28 4v16M36 8v8M44 10v4M52 6v12M60 3v18M68 8v8M76 10v4M84 7v10M92 5v14M100 9v6M108 11v2M116 8v8M124 10v4M132 11v2" {}
        }
    }
}
