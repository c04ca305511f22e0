//! Files that come with messages, as a download takes them.

/// The file that a type is: its id, and its address, hash and type, if they are known.
macro_rules! file {
    ($type:ident $id:ident $url:ident $sha256:ident $kind:ident) => {
        impl ::wa_message_core::AsMediaRef for $type<'_> {
            fn as_media_ref(&self) -> ::wa_message_core::MediaRef<'_> {
                ::wa_message_core::MediaRef::new(&self.$id)
                    .with_url(self.$url.as_deref())
                    .with_sha256(self.$sha256.as_deref())
                    .with_mime_type(self.$kind.as_deref())
            }
        }
    };
}
pub(crate) use file;
