"""One file a version, in order; a version that was released is never changed."""
