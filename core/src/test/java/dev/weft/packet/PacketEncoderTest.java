package dev.weft.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Message;
import dev.weft.bytes.Bytes;
import dev.weft.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketEncoderTest {
    private final JsonMapper mapper = JsonMapper.standard();

    private static String wire(Packet packet) {
        List<Message> messages = PacketEncoder.encode(packet);
        assertThat(messages).hasSize(1);
        return ((Message.Text) messages.getFirst()).text();
    }

    @Test
    void writesTheExamplesOfTheProtocolDocument() {
        assertThat(wire(Packet.Connect.accepted(mapper, "/", "oSO0OpakMV_3jnilAAAA", null)))
                .isEqualTo("0{\"sid\":\"oSO0OpakMV_3jnilAAAA\"}");
        assertThat(wire(Packet.Connect.accepted(mapper, "/admin", "oSO0OpakMV_3jnilAAAA", "p")))
                .isEqualTo("0/admin,{\"sid\":\"oSO0OpakMV_3jnilAAAA\",\"pid\":\"p\"}");
        assertThat(wire(Packet.ConnectError.of(mapper, "/", "Not authorized", null)))
                .isEqualTo("4{\"message\":\"Not authorized\"}");
        assertThat(wire(Packet.ConnectError.of(mapper, "/x", "no", Map.of("code", 7))))
                .isEqualTo("4/x,{\"message\":\"no\",\"data\":{\"code\":7}}");
        assertThat(wire(new Packet.Connect("/", null))).isEqualTo("0");
        assertThat(wire(new Packet.Disconnect("/admin"))).isEqualTo("1/admin,");
        assertThat(wire(Packet.Event.of(mapper, "/", -1, "foo"))).isEqualTo("2[\"foo\"]");
        assertThat(wire(Packet.Event.of(mapper, "/admin", 13, "bar", 1, null))).isEqualTo("2/admin,13[\"bar\",1,null]");
        assertThat(wire(Packet.Ack.of(mapper, "/admin", 13, "bar"))).isEqualTo("3/admin,13[\"bar\"]");
        assertThat(wire(Packet.Ack.of(mapper, "/", 0))).isEqualTo("30[]");
    }

    @Test
    void writesBinaryPacketsIffThereAreAttachments() {
        Packet.Event event = Packet.Event.of(mapper, "/admin", 1, "baz", new byte[] {1, 2, 3});
        assertThat(PacketEncoder.encode(event))
                .containsExactly(
                        Message.text("51-/admin,1[\"baz\",{\"_placeholder\":true,\"num\":0}]"),
                        new Message.Binary(Bytes.hex("010203")));
        Packet.Ack ack = Packet.Ack.of(mapper, "/", 456, Map.of("a", List.of(Bytes.hex("01"), Bytes.EMPTY)));
        assertThat(PacketEncoder.encode(ack))
                .containsExactly(
                        Message.text(
                                "62-456[{\"a\":[{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]}]"),
                        new Message.Binary(Bytes.hex("01")),
                        new Message.Binary(Bytes.EMPTY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void refusesReservedEventNames(String name) {
        assertThatThrownBy(() -> Packet.Event.of(mapper, "/", -1, name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @Test
    void refusesBinaryInARefusal() {
        assertThatThrownBy(() -> Packet.ConnectError.of(mapper, "/", "no", new byte[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void changesOnlyTheIdForAnotherRecipient() {
        Packet.Event event = Packet.Event.of(mapper, "/", -1, "e", 1);
        assertThat(event.withAckId(5).json()).isSameAs(event.json());
        assertThat(wire(event.withAckId(5))).isEqualTo("25[\"e\",1]");
    }
}
