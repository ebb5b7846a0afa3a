package dev.weft.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.weft.Message;
import dev.weft.bytes.Bytes;
import dev.weft.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketDecoderTest {
    private final JsonMapper mapper = JsonMapper.standard();
    private final PacketDecoder decoder = new PacketDecoder(mapper, PacketDecoder.Limits.defaults());

    private @Nullable Packet text(String text) {
        return decoder.text(Bytes.utf8(text));
    }

    private static Packet.Event event(String namespace, long ackId, String name, String json) {
        return new Packet.Event(namespace, ackId, name, Bytes.utf8(json), List.of());
    }

    private static Packet.Ack ack(String namespace, long id, String json) {
        return new Packet.Ack(namespace, id, Bytes.utf8(json), List.of());
    }

    static Stream<Arguments> wellFormed() {
        return Stream.of(
                // The examples of the protocol document.
                arguments("0", new Packet.Connect("/", null)),
                arguments("0{\"token\":\"123\"}", new Packet.Connect("/", Bytes.utf8("{\"token\":\"123\"}"))),
                arguments("0/admin,", new Packet.Connect("/admin", null)),
                arguments(
                        "0/admin,{\"token\":\"123\"}", new Packet.Connect("/admin", Bytes.utf8("{\"token\":\"123\"}"))),
                arguments("1", new Packet.Disconnect("/")),
                arguments("1/admin,", new Packet.Disconnect("/admin")),
                arguments("2[\"foo\"]", event("/", -1, "foo", "[\"foo\"]")),
                arguments("2/admin,[\"bar\"]", event("/admin", -1, "bar", "[\"bar\"]")),
                arguments("212[\"foo\"]", event("/", 12, "foo", "[\"foo\"]")),
                arguments("2/admin,13[\"bar\"]", event("/admin", 13, "bar", "[\"bar\"]")),
                arguments("312[\"bar\"]", ack("/", 12, "[\"bar\"]")),
                arguments("3/admin,13[\"bar\"]", ack("/admin", 13, "[\"bar\"]")),
                // What else a client may send.
                arguments("0/admin", new Packet.Connect("/admin", null)),
                arguments("0/,{}", new Packet.Connect("/", Bytes.utf8("{}"))),
                arguments("0/admin?token=1&x=2,{}", new Packet.Connect("/admin", Bytes.utf8("{}"))),
                arguments("0/?a,", new Packet.Connect("/", null)),
                arguments("0/é,", new Packet.Connect("/é", null)),
                arguments("20[\"\"]", event("/", 0, "", "[\"\"]")),
                arguments("2[1,2]", event("/", -1, "1", "[1,2]")),
                arguments("2[-1.5e3]", event("/", -1, "-1.5e3", "[-1.5e3]")),
                arguments("2 [ \"a\" , 1 ] ", event("/", -1, "a", " [ \"a\" , 1 ] ")),
                arguments("2[\"a\\u0062\\\"\"]", event("/", -1, "ab\"", "[\"a\\u0062\\\"\"]")),
                arguments("2[\"é😀\"]", event("/", -1, "é😀", "[\"é😀\"]")),
                arguments("29007199254740991[\"a\"]", event("/", 9007199254740991L, "a", "[\"a\"]")),
                arguments("30[]", ack("/", 0, "[]")),
                arguments("50-[\"a\"]", event("/", -1, "a", "[\"a\"]")),
                arguments(
                        "2[\"a\",{\"_placeholder\":true,\"num\":7}]",
                        event("/", -1, "a", "[\"a\",{\"_placeholder\":true,\"num\":7}]")));
    }

    @ParameterizedTest
    @MethodSource("wellFormed")
    void readsWhatTheProtocolAllows(String wire, Packet packet) {
        assertThat(text(wire)).isEqualTo(packet);
        assertThat(decoder.awaitsAttachments()).isFalse();
    }

    @Test
    void readsBinaryEventsAndAcknowledgements() {
        assertThat(text("51-[\"baz\",{\"_placeholder\":true,\"num\":0}]")).isNull();
        assertThat(decoder.awaitsAttachments()).isTrue();
        assertThat(decoder.binary(Bytes.hex("010203")))
                .isEqualTo(new Packet.Event(
                        "/",
                        -1,
                        "baz",
                        Bytes.utf8("[\"baz\",{\"_placeholder\":true,\"num\":0}]"),
                        List.of(Bytes.hex("010203"))));
        assertThat(decoder.awaitsAttachments()).isFalse();

        String two = "[{\"_placeholder\":true,\"num\":1},{\"num\":0,\"_placeholder\":true}]";
        assertThat(text("62-/admin,456" + two)).isNull();
        assertThat(decoder.binary(Bytes.hex("0a"))).isNull();
        Packet.Ack ack = (Packet.Ack) decoder.binary(Bytes.hex("0b"));
        assertThat(ack)
                .isEqualTo(new Packet.Ack("/admin", 456, Bytes.utf8(two), List.of(Bytes.hex("0a"), Bytes.hex("0b"))));
        assertThat(ack.arguments(mapper).get(0, Bytes.class)).isEqualTo(Bytes.hex("0b"));
        assertThat(ack.size()).isEqualTo(two.length() + 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Types.
                "",
                "7",
                "9[\"a\"]",
                "a",
                " 2[\"a\"]",
                "-1",
                "{}",
                "é",
                // Number of attachments: CVE-2026-33151 and around.
                "5999999999-[\"x\"]",
                "511-[\"x\"]",
                "599999999999999999999-[\"x\"]",
                "5-[\"x\"]",
                "5[\"x\"]",
                "5-1-[\"x\"]",
                "51[\"x\"]",
                "51",
                "5",
                "51.0-[\"x\"]",
                "5+1-[\"x\"]",
                "21-[\"x\"]",
                "61-[]",
                "51-",
                "01-{}",
                "31-[]",
                // Placeholders: CVE-2022-2421.
                "51-[\"x\"]",
                "51-[\"x\",{\"_placeholder\":true,\"num\":1}]",
                "51-[\"x\",{\"_placeholder\":true,\"num\":-1}]",
                "51-[\"x\",{\"_placeholder\":true,\"num\":\"0\"}]",
                "51-[\"x\",{\"_placeholder\":true,\"num\":\"splice\"}]",
                "51-[\"x\",{\"_placeholder\":true,\"num\":0.0}]",
                "51-[\"x\",{\"_placeholder\":true,\"num\":1e0}]",
                "51-[\"x\",{\"_placeholder\":true}]",
                "51-[\"x\",{\"_placeholder\":false,\"num\":0}]",
                "51-[\"x\",{\"_placeholder\":true,\"num\":0,\"more\":1}]",
                "51-[\"x\",{\"_placeholder\":true,\"num\":0,\"num\":0}]",
                "51-[\"x\",{\"_placeholder\":true,\"num\":99999999999}]",
                "51-[\"x\",{\"_placeholder\":true,\"num\":null}]",
                "52-[\"x\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":0}]",
                "52-[\"x\",{\"_placeholder\":true,\"num\":0}]",
                "51-[{\"_placeholder\":true,\"num\":0}]",
                // Event names: CVE-2023-32695 and reserved ones.
                "2[]",
                "2[ ]",
                "2[null]",
                "2[true]",
                "2[{}]",
                "2[[\"a\"]]",
                "2[{\"toString\":\"foo\"}]",
                "2[\"connect\"]",
                "2[\"connect_error\"]",
                "2[\"disconnect\",\"io server disconnect\"]",
                "2[\"disconnecting\"]",
                "2[\"newListener\"]",
                "2[\"removeListener\"]",
                "2[\"disconn\\u0065ct\"]",
                "51-[\"connect\",{\"_placeholder\":true,\"num\":0}]",
                // Payloads.
                "2",
                "2{}",
                "2\"a\"",
                "2null",
                "2[\"a\"",
                "2[\"a\"]]",
                "2[\"a\"][]",
                "2[\"a\",]",
                "2[\"a\"]x",
                "2[a]",
                "2['a']",
                "2/admin,",
                "2\ufeff[\"a\"]",
                "2[\"a\",NaN]",
                "2[\"a\",01]",
                "2[\"a\",.5]",
                "2[\"a\",1.]",
                "2[\"a\",+1]",
                "2[\"a\",\"\t\"]",
                "2[\"a\",\"\\x\"]",
                "2[\"a\",\"\\u12g4\"]",
                "0[]",
                "0\"a\"",
                "0null",
                "01",
                "0{",
                "0{}{}",
                "0/admin,[]",
                "0/admin,null",
                "0{},",
                "012{}",
                "1{}",
                "1[]",
                "112",
                "1/admin,{}",
                "1 ",
                "3[]",
                "3",
                "31",
                "31{}",
                "3-1[]",
                "3/admin,[]",
                "3[1]",
                "3+1[]",
                "31.5[]",
                "4{\"message\":\"x\"}",
                "4",
                "4/admin,{}",
                // Acknowledgement ids.
                "29007199254740992[\"a\"]",
                "299999999999999999999999[\"a\"]",
                "2-1[\"a\"]",
                "2+1[\"a\"]",
                "2 1[\"a\"]",
                "21e1[\"a\"]",
                // Namespaces.
                "0admin,",
                "2admin,[\"a\"]",
                "0,",
                "0,{}",
                "0/a\tb,",
                "0/a\n,",
                "2/admin[\"a\"]",
                "0/admin{}x,{"
            })
    void refusesWhatTheProtocolDoesNotAllow(String wire) {
        assertThatThrownBy(() -> text(wire))
                .isInstanceOf(PacketException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(160));
        assertThat(decoder.awaitsAttachments()).isFalse();
    }

    @Test
    void refusesTextWhileAttachmentsAreOutstanding() {
        text("51-[\"a\",{\"_placeholder\":true,\"num\":0}]");
        assertThatThrownBy(() -> text("2[\"b\"]"))
                .isInstanceOf(PacketException.class)
                .hasMessageContaining("1 more");
    }

    @Test
    void refusesBinaryThatNoPacketAnnounced() {
        assertThatThrownBy(() -> decoder.binary(Bytes.hex("00"))).isInstanceOf(PacketException.class);
        text("51-[\"a\",{\"_placeholder\":true,\"num\":0}]");
        decoder.binary(Bytes.hex("00"));
        assertThatThrownBy(() -> decoder.binary(Bytes.hex("00"))).isInstanceOf(PacketException.class);
    }

    @Test
    void limitsTheBytesOfAPacketWithAllItsAttachments() {
        var small = new PacketDecoder(mapper, new PacketDecoder.Limits(3, 100, 20, 10));
        String json = "[\"a\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]";
        small.text(Bytes.utf8("52-" + json));
        int left = 100 - 3 - json.length();
        small.binary(Bytes.wrap(new byte[left - 1]));
        assertThat(small.binary(Bytes.wrap(new byte[1]))).isNotNull();
        small.text(Bytes.utf8("52-" + json));
        small.binary(Bytes.wrap(new byte[left - 1]));
        assertThatThrownBy(() -> small.binary(Bytes.wrap(new byte[2])))
                .isInstanceOf(PacketException.class)
                .hasMessageContaining("100 bytes");
        var other = new PacketDecoder(mapper, new PacketDecoder.Limits(3, 10, 20, 10));
        assertThat(other.text(Bytes.utf8("2[\"abcde\"]"))).isNotNull();
        assertThatThrownBy(() -> other.text(Bytes.utf8("2[\"abcdef\"]"))).isInstanceOf(PacketException.class);
    }

    @ParameterizedTest
    @CsvSource({"255, true", "256, false"})
    void limitsNamespaces(int letters, boolean allowed) {
        String wire = "0/" + "n".repeat(letters) + ",";
        if (allowed) {
            assertThat(text(wire)).isNotNull();
        } else {
            assertThatThrownBy(() -> text(wire)).isInstanceOf(PacketException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"256, true", "257, false"})
    void limitsEventNames(int letters, boolean allowed) {
        String wire = "2[\"" + "n".repeat(letters) + "\"]";
        if (allowed) {
            assertThat(text(wire)).isNotNull();
        } else {
            assertThatThrownBy(() -> text(wire)).isInstanceOf(PacketException.class);
        }
        assertThatThrownBy(() -> text("2[" + "1".repeat(257) + "]")).isInstanceOf(PacketException.class);
    }

    @Test
    void takesAsManyAttachmentsAsAllowed() {
        Object[] ten = new Object[10];
        Arrays.setAll(ten, i -> new byte[] {(byte) i});
        List<Message> wire = PacketEncoder.encode(Packet.Event.of(mapper, "/", -1, "ten", ten));
        assertThat(wire).hasSize(11);
        assertThat(decode(wire)).isInstanceOf(Packet.Event.class);
    }

    @Test
    void refusesInvalidUtf8() {
        for (String bytes : List.of("c0af", "eda080", "f4908080", "80", "c3", "e282", "ff", "f5808080", "e08080")) {
            byte[] wire = ("2[\"a\",\"" + "....\"]").getBytes(StandardCharsets.UTF_8);
            Bytes.hex(bytes).copyTo(wire, 7);
            assertThatThrownBy(() -> decoder.text(Bytes.wrap(wire)))
                    .isInstanceOf(PacketException.class)
                    .hasMessageContaining("UTF-8");
        }
    }

    private @Nullable Packet decode(List<Message> messages) {
        Packet packet = null;
        for (Message message : messages) {
            assertThat(packet).isNull();
            packet = switch (message) {
                case Message.Text text -> decoder.text(text.utf8());
                case Message.Binary binary -> decoder.binary(binary.bytes());
            };
        }
        return packet;
    }

    @Test
    void roundTripsRandomEventsAndAcknowledgements() {
        Random random = new Random(42);
        for (int i = 0; i < 2000; i++) {
            Object[] values = new Object[random.nextInt(4)];
            int[] binary = {8};
            Arrays.setAll(values, n -> value(random, 0, binary));
            String namespace = random.nextBoolean() ? "/" : "/n" + random.nextInt(99);
            Packet.Event event =
                    Packet.Event.of(mapper, namespace, random.nextInt(9) - 1, "e" + random.nextInt(), values);
            Packet.Event back = (Packet.Event) decode(PacketEncoder.encode(event));
            assertThat(back).isEqualTo(event);
            assertThat(back.arguments(mapper).size()).isEqualTo(values.length);
            Object[] read = back.arguments(mapper).toList().toArray();
            assertThat(Packet.Event.of(mapper, namespace, event.ackId(), event.name(), read))
                    .isEqualTo(event);

            Packet.Ack ack = Packet.Ack.of(mapper, namespace, Math.abs((long) random.nextInt()), values);
            assertThat(decode(PacketEncoder.encode(ack))).isEqualTo(ack);
            read = ack.arguments(mapper).toList().toArray();
            assertThat(Packet.Ack.of(mapper, namespace, ack.id(), read)).isEqualTo(ack);
        }
    }

    private static @Nullable Object value(Random random, int depth, int[] binary) {
        return switch (random.nextInt(depth < 4 ? 10 : 7)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextLong();
            case 4 -> random.nextDouble() * Math.pow(10, random.nextInt(600) - 300);
            case 5 -> string(random);
            case 6 -> bytes(random, binary);
            case 7, 8 -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(name(random), value(random, depth + 1, binary));
                }
                yield map;
            }
            default -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(random, depth + 1, binary));
                }
                yield list;
            }
        };
    }

    private static Object bytes(Random random, int[] left) {
        if (left[0]-- <= 0) {
            return "no more";
        }
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Names hold whole characters only. */
    private static String name(Random random) {
        return new String(string(random).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static String string(Random random) {
        char[] chars = new char[random.nextInt(12)];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : random.nextInt(128));
        }
        return new String(chars);
    }
}
