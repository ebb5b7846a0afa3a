package dev.weft.engine;

import dev.weft.Message;
import dev.weft.bytes.Bytes;

/** One WebSocket message or polling record to one packet (Engine.IO v4, "Packet encoding"). Pure. */
final class EngineCodec {
    private EngineCodec() {}

    static EnginePacket decode(Message message) throws EngineException {
        return switch (message) {
            case Message.Binary binary -> new EnginePacket.Binary(binary.bytes());
            case Message.Text text -> decodeText(text.utf8());
        };
    }

    static EnginePacket decodeText(Bytes text) throws EngineException {
        if (text.isEmpty()) {
            throw new EngineException("expected a packet type but the packet is empty");
        }
        Bytes payload = text.slice(1);
        return switch (text.at(0)) {
            case '1' -> new EnginePacket.Close();
            case '2' -> new EnginePacket.Ping(payload);
            case '3' -> new EnginePacket.Pong();
            case '4' -> new EnginePacket.Text(payload);
            case '5' -> new EnginePacket.Upgrade();
            case '6' -> new EnginePacket.Noop();
            default -> throw new EngineException("expected a packet type from 1 to 6 but was byte " + text.at(0));
        };
    }
}
