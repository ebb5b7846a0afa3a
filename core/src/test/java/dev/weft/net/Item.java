package dev.weft.net;

/** A numbered item of one sender. */
record Item(int sender, int number, int size) implements Outgoing {}
