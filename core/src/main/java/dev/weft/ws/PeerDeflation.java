package dev.weft.ws;

/**
 * What one WebSocket with permessage-deflate compresses with.
 *
 * @param shared what all WebSockets of the server share
 * @param agreement what its peer has agreed to
 */
public record PeerDeflation(Deflation shared, DeflateAgreement agreement) {
    MessageInflater inflater(int maxMessage) {
        return shared.inflater(maxMessage, agreement);
    }

    int windowBits() {
        return agreement.serverWindowBits();
    }
}
