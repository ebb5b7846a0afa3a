package dev.weft.engine;

import dev.weft.Message;
import dev.weft.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Several packets in one HTTP body: text as it is, binary as {@code b} and Base64, 0x1e between. Pure. */
final class PollingPayload {
    private static final byte SEPARATOR = 0x1e;

    private PollingPayload() {}

    static Bytes encode(List<OutPacket> packets) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (OutPacket packet : packets) {
            for (Message part : packet.parts()) {
                if (body.size() > 0) {
                    body.write(SEPARATOR);
                }
                body.writeBytes(
                        switch (part) {
                            case Message.Text text -> text.utf8().toByteArray();
                            case Message.Binary binary ->
                                ("b" + binary.bytes().base64()).getBytes(StandardCharsets.ISO_8859_1);
                        });
            }
        }
        return Bytes.wrap(body.toByteArray());
    }

    static List<EnginePacket> decode(Bytes body) throws EngineException {
        List<EnginePacket> packets = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= body.size(); i++) {
            if (i == body.size() || body.at(i) == SEPARATOR) {
                packets.add(decodeRecord(body.slice(start, i)));
                start = i + 1;
            }
        }
        return packets;
    }

    private static EnginePacket decodeRecord(Bytes encoded) throws EngineException {
        if (encoded.isEmpty() || encoded.at(0) != 'b') {
            return EngineCodec.decodeText(encoded);
        }
        try {
            return new EnginePacket.Binary(Bytes.wrap(Base64.getDecoder().decode(withoutLineBreaks(encoded.slice(1)))));
        } catch (IllegalArgumentException e) {
            throw new EngineException("expected Base64 after 'b'");
        }
    }

    /** The official Java client breaks its Base64 into lines of 76 characters. */
    private static byte[] withoutLineBreaks(Bytes base64) {
        byte[] kept = new byte[base64.size()];
        int length = 0;
        for (int i = 0; i < kept.length; i++) {
            byte c = base64.at(i);
            if (c != '\n' && c != '\r') {
                kept[length++] = c;
            }
        }
        return length == kept.length ? kept : Arrays.copyOf(kept, length);
    }
}
