package dev.weft.socket;

/** What identifies the older value that a newer one replaces: namespaces share the queue of a client, but not their keys. */
record LatestKey(String namespace, String key) {}
