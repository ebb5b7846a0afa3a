package dev.weft.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weft.Socket;
import dev.weft.bytes.Bytes;
import dev.weft.dispatch.EndpointDispatcher;
import dev.weft.json.BadValueException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What generated code makes of payloads, type by type. */
class DecodingTest {
    private static EndpointDispatcher dispatcher;
    private static final Socket SOCKET = Fakes.of(Socket.class, Map.of());

    @BeforeAll
    static void compile() {
        dispatcher =
                GeneratedClasses.of(Compilations.source("good", "EveryType")).endpoint("com.acme.types.EveryType");
    }

    private static String decode(String event, String json, Bytes... attachments) throws Exception {
        TestEvent arrived = new TestEvent(event, json, attachments);
        assertThat(dispatcher.dispatch(SOCKET, arrived)).isTrue();
        assertThat(arrived.replies).hasSize(1);
        return String.valueOf(arrived.replies.getFirst());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "primitives | [true,1,2,3,4,0.5,1e9,\"x\"] | true 1 2 3 4 0.5 1.0E9 x",
                "primitives | [true,1,2,3,4,0.5,1e9,\"x\",9,[]] | true 1 2 3 4 0.5 1.0E9 x",
                "boxes | [false,-128,-32768,-1,-9,1,2,\"y\"] | false -128 -32768 -1 -9 1.0 2.0 y",
                "texts | [\"a\",\"RED\",\"2026-01-31T12:00:00Z\",\"00000000-0000-0001-0000-000000000002\"]"
                        + " | a RED 2026-01-31T12:00:00Z 00000000-0000-0001-0000-000000000002",
                "trees | [{\"a\":[1]},\"x\",[1,null,\"b\"],{\"k\":null}] | {\"a\":[1]} x [1, null, b] {k=null}",
                "collections |"
                    + " [[{\"x\":1,\"y\":2}],[\"GREEN\",\"RED\",\"GREEN\"],{\"b\":1,\"a\":2},[[{\"x\":0,\"y\":0}],[]]]"
                    + " | [Point[x=1, y=2]] [GREEN, RED] {b=1, a=2} [[Point[x=0, y=0]], []]",
                "nullable | [null,[null,{\"x\":1,\"y\":2}]] | null [null, Point[x=1, y=2]] null",
                "nullable | [\"a\",[],null] | a [] null",
                "nullable | [\"a\",[],5] | a [] 5",
                "scalars | [{\"a\":true,\"b\":1,\"c\":2,\"d\":3,\"e\":4,\"f\":5,\"g\":6,\"h\":\"z\",\"i\":[{}]}]"
                        + " | Scalars[a=true, b=1, c=2, d=3, e=4, f=5.0, g=6.0, h=z]",
                "tree | [{\"children\":[{\"value\":\"b\",\"children\":[]}],\"value\":\"a\"}]"
                        + " | Node[value=a, children=[Node[value=b, children=[]]]]",
                "shape | [{\"radius\":2,\"type\":\"circle\"}] | Circle[radius=2.0]",
                "shape | [{\"type\":\"square\",\"side\":3}] | Square[side=3.0]",
                "empty | [{\"whatever\":1}] | Empty[]",
                "seat | [{\"row\":1,\"refusal\":\"r\",\"next\":[]}] | Seat[row=1, refusal=r, next=[]]",
                "range | [{\"from\":1,\"to\":2}] | Range[from=1, to=2]",
                "databind | [1.50,{\"name\":\"n\"},{\"RED\":[1,2]}] | 1.50 n {RED=[1, 2]}",
                "optionals | [] | Optional.empty Optional.empty Optional.empty",
                "optionals | [{\"x\":1,\"y\":2},[\"a\"],{\"name\":\"n\"}] | Optional[Point[x=1, y=2]] Optional[[a]]"
                        + " Optional[n]",
                "optionals | [null,null,null] | Optional.empty Optional.empty Optional.empty",
                "clash | [{\"in\":\"i\",\"member\":1,\"name\":\"n\",\"hasMember\":true},\"e\"]"
                        + " | Clash[in=i, member=1, name=n, hasMember=true] e",
            })
    void readsEveryType(String event, String json, String expected) throws Exception {
        assertThat(decode(event, json)).isEqualTo(expected);
    }

    @Test
    void readsBinary() throws Exception {
        String json =
                "[{\"_placeholder\":true,\"num\":2},{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]";
        assertThat(decode("binary", json, Bytes.hex("01"), Bytes.hex("0102"), Bytes.hex("010203")))
                .isEqualTo("3 1 2");
    }

    @Test
    void readsARecordOfEverythingInAnyOrder() throws Exception {
        String json = """
            [{"boxed":1,"color":"RED","bytes":{"_placeholder":true,"num":0},"tree":[1],"price":1.5,
            "extra":{"a":null},"names":["n"],"point":{"x":1,"y":2},"note":null,"text":"t"}]\
            """;
        assertThat(decode("record", json, Bytes.hex("ff")))
                .isEqualTo("Everything[text=t, note=null, point=Optional[Point[x=1, y=2]], names=[n], extra={a=null},"
                        + " price=1.5, tree=[1], bytes=Bytes[1, ff], color=RED, boxed=1]");
    }

    @Test
    void absentOptionalMembersAreEmptyOrNull() throws Exception {
        String json = """
            [{"boxed":1,"color":"RED","bytes":{"_placeholder":true,"num":0},"tree":[1],"price":1.5,
            "extra":{},"names":[],"text":"t"}]\
            """;
        assertThat(decode("record", json, Bytes.hex("ff"))).contains("note=null, point=Optional.empty,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "primitives | [true,1] | $[2] | required",
                "primitives | [null,1,2,3,4,0.5,1e9,\"x\"] | $[0] | expected a boolean but was null",
                "primitives | [true,128,2,3,4,0.5,1e9,\"x\"] | $[1] | expected a whole number from -128 to 127 but was"
                        + " 128",
                "boxes | [false,1,2,null,4,5,6,\"x\"] | $[3] | expected a number but was null",
                "texts | [null,\"RED\",\"2026-01-31T12:00:00Z\",\"00000000-0000-0001-0000-000000000002\"] | $[0] |"
                        + " expected a string but was null",
                "texts | [\"a\",\"BLUE\",\"2026-01-31T12:00:00Z\",\"00000000-0000-0001-0000-000000000002\"] | $[1] |"
                        + " expected one of RED, GREEN",
                "texts | [\"a\",\"RED\"] | $[2] | required",
                "trees | [null,1,[],{}] | $[0] | required",
                "trees | [1,null,[],{}] | $[1] | required",
                "collections | [[{\"x\":1,\"y\":2},{\"x\":1}],[],{},[]] | $[0][1].y | required",
                "collections | [[null],[],{},[]] | $[0][0] | expected an object but was null",
                "collections | [[],[],{\"a\":null},[]] | $[2].a | expected a number but was null",
                "collections | [null,[],{},[]] | $[0] | expected an array but was null",
                "nullable | [] | $[0] | required",
                "record | [{}] | $[0].text | required",
                "record | [{\"text\":null}] | $[0].text | expected a string but was null",
                "scalars | [{\"a\":true}] | $[0].b | required",
                "scalars | [7] | $[0] | expected an object but was a number",
                "tree | [{\"value\":\"a\",\"children\":[{\"value\":\"b\"}]}] | $[0].children[0].children | required",
                "shape | [{\"radius\":1}] | $[0].type | required",
                "shape | [{\"type\":\"circle\"}] | $[0].radius | required",
                "shape | [{\"type\":\"line\"}] | $[0] | type must be one of: circle, square",
                "shape | [null] | $[0] | expected an object but was null",
                "empty | [[]] | $[0] | expected an object but was an array",
                "seat | [{\"row\":0,\"refusal\":\"\",\"next\":[]}] | $[0] | row must be above 0",
                "seat | [{\"row\":1,\"refusal\":\"\",\"next\":[{\"row\":0,\"refusal\":\"\",\"next\":[]}]}]"
                        + " | $[0].next[0] | row must be above 0",
                "seat | [{\"row\":13,\"refusal\":\"\",\"next\":[]}] | $[0] | not a valid value",
                "bound seat | [{\"row\":0,\"refusal\":\"\",\"next\":[]}] | $[0] | row must be above 0",
                "bound seat | [{\"row\":1,\"refusal\":\"\",\"next\":[{\"row\":0,\"refusal\":\"\",\"next\":[]}]}]"
                        + " | $[0].next[0] | row must be above 0",
                "bound seat | [{\"row\":13,\"refusal\":\"\",\"next\":[]}] | $[0] | not a valid value",
                "range | [{\"from\":3,\"to\":2}] | $[0] | from must not be above to",
                "databind | [null,{},{}] | $[0] | expected a value but was null",
                "databind | [1,{},{\"BLUE\":[]}] | $[2] | expected one of RED, GREEN",
                "optionals | [{\"x\":1},[]] | $[0].y | required",
            })
    void refusesWhatDoesNotFitWithItsPath(String event, String json, String path, String rule) {
        assertThatExceptionOfType(BadValueException.class)
                .isThrownBy(() -> decode(event, json))
                .satisfies(e -> assertThat(e.path()).isEqualTo(path))
                .satisfies(e -> assertThat(e.rule()).isEqualTo(rule));
    }
}
