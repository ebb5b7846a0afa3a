package dev.weft.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.bytes.Bytes;
import dev.weft.json.BadValueException;
import dev.weft.json.JsonMapper;
import dev.weft.json.ValueReader;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PayloadArgumentsTest {
    private final JsonMapper mapper = JsonMapper.standard();

    record Point(int x, int y) {}

    @Test
    void countsArgumentsWithoutTheName() {
        PayloadArguments arguments = of("[\"move\",{\"x\":1,\"y\":2},null,[1]]", 1);
        assertThat(arguments.size()).isEqualTo(3);
        assertThat(arguments.size()).isEqualTo(3);
        assertThat(of("[\"move\"]", 1).size()).isZero();
        assertThat(of("[]", 0).size()).isZero();
        assertThat(of("[1]", 0).size()).isEqualTo(1);
    }

    @Test
    void decodesArgumentsInAnyOrder() {
        PayloadArguments arguments = of("[\"move\",{\"x\":1,\"y\":2},null,\"s\"]", 1);
        assertThat(arguments.get(2, String.class)).isEqualTo("s");
        assertThat(arguments.get(0, Point.class)).isEqualTo(new Point(1, 2));
        assertThat(arguments.get(0, (Type) Point.class)).isEqualTo(new Point(1, 2));
        assertThat(arguments.get(0)).isEqualTo(Map.of("x", 1, "y", 2));
        assertThat(arguments.get(1)).isNull();
        assertThat(arguments.get(3)).isNull();
        assertThat(arguments.get(-1)).isNull();
        assertThat(arguments.toList()).containsExactly(Map.of("x", 1, "y", 2), null, "s");
    }

    @Test
    void namesTheArgumentThatDoesNotFit() {
        PayloadArguments arguments = of("[\"move\",1,{\"x\":1,\"y\":\"2\"}]", 1);
        assertThatThrownBy(() -> arguments.get(2, String.class))
                .isInstanceOf(BadValueException.class)
                .hasMessage("$[2]: required");
        assertThatThrownBy(() -> arguments.get(1, Point.class))
                .hasMessageStartingWith("$[1].y: expected a whole number");
        assertThatThrownBy(() -> of("[true]", 0).get(0, String.class)).hasMessageStartingWith("$[0]: ");
        ValueReader in = arguments.reader();
        assertThatThrownBy(in::readString).hasMessage("$[0]: expected a string but was a number");
    }

    @Test
    void holdsASingleValue() {
        PayloadArguments auth = PayloadArguments.single(mapper, Bytes.utf8("{\"token\":\"t\"}"));
        assertThat(auth.size()).isEqualTo(1);
        assertThat(auth.get(0)).isEqualTo(Map.of("token", "t"));
        ValueReader in = auth.reader();
        assertThat(in.hasNext()).isTrue();
        in.beginObject();
        in.nextName();
        assertThat(in.bad("rule").path()).isEqualTo("$[0].token");
    }

    @Test
    void holdsNothing() {
        PayloadArguments none = PayloadArguments.empty(mapper);
        assertThat(none.size()).isZero();
        assertThat(none.toList()).isEmpty();
        assertThat(none.reader().hasNext()).isFalse();
    }

    @Test
    void handsOutBinaryThatCannotChangeIt() {
        Packet.Ack ack = Packet.Ack.of(mapper, "/", 1, new byte[] {1, 2});
        PayloadArguments arguments = ack.arguments(mapper);
        byte[] first = (byte[]) arguments.get(0);
        assertThat(first).containsExactly(1, 2);
        first[0] = 9;
        assertThat(arguments.get(0, byte[].class)).containsExactly(1, 2);
        assertThat(arguments.get(0, Bytes.class)).isEqualTo(Bytes.hex("0102"));
    }

    private PayloadArguments of(String json, int skipped) {
        mapper.check(Bytes.utf8(json), 0);
        return PayloadArguments.of(mapper, Bytes.utf8(json), List.of(), skipped);
    }
}
