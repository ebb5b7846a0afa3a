package dev.weft.ws;

/**
 * What precedes the payload of a client's frame (RFC 6455, section 5.2).
 *
 * @param fin whether the frame ends its message
 * @param compressed whether it begins a compressed message
 * @param opcode what the frame is
 * @param length the declared number of payload bytes, not negative
 * @param mask the masking key, its first byte in the highest eight bits
 */
record FrameHeader(boolean fin, boolean compressed, Opcode opcode, long length, int mask) {}
