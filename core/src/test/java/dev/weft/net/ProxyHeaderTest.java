package dev.weft.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String V4 = "c0000207 c0000201 d431 01bb";
    private static final String V6 = "20010db8000000000000000000000007 20010db8000000000000000000000001 d431 01bb";
    private static final int ROUNDS = 50_000;

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    /** Returns the client after checking that what follows the header is still there. */
    private static @Nullable InetSocketAddress read(byte[] header) throws IOException {
        byte[] sent = Arrays.copyOf(header, header.length + 3);
        System.arraycopy("GET".getBytes(StandardCharsets.US_ASCII), 0, sent, header.length, 3);
        InputStream in = new ByteArrayInputStream(sent);
        InetSocketAddress client = ProxyHeader.read(in);
        assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo("GET");
        return client;
    }

    private static byte[] version2(String head, String addresses, int tlvs) {
        byte[] payload = Arrays.copyOf(hex(addresses), hex(addresses).length + tlvs);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(hex(SIGNATURE + head));
        out.write(payload.length >> 8);
        out.write(payload.length);
        out.writeBytes(payload);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 65_523})
    void version2TellsAClientOverIpv4WhateverFollowsItsAddress(int tlvs) throws IOException {
        assertThat(read(version2("2111", V4, tlvs))).isEqualTo(new InetSocketAddress("192.0.2.7", 54_321));
    }

    @Test
    void version2TellsAClientOverIpv6() throws IOException {
        assertThat(read(version2("2121", V6, 20))).isEqualTo(new InetSocketAddress("2001:db8::7", 54_321));
    }

    @ParameterizedTest
    @CsvSource({"2000, ''", "2011, " + V4, "2100, ''", "2100, 010203"})
    void version2OfAProxyThatSpeaksForItselfTellsNobody(String head, String payload) throws IOException {
        assertThat(read(version2(head, payload, 0))).isNull();
    }

    @Test
    void version2OverAUnixSocketTellsNobody() throws IOException {
        assertThat(read(version2("2131", "", 216))).isNull();
        assertThatThrownBy(() -> read(version2("2131", "", 215))).isInstanceOf(MalformedProxyHeaderException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1111, " + V4, // version 1 in the form of version 2
        "2211, " + V4, // an unknown command
        "2112, " + V4, // UDP
        "2141, " + V4, // an unknown family
        "2111, c0000207 c0000201 d431 01", // cut short
        "2121, " + V4,
    })
    void cutsVersion2ThatBreaksARule(String head, String payload) {
        assertThatThrownBy(() -> read(version2(head, payload, 0))).isInstanceOf(MalformedProxyHeaderException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROXY TCP4 192.0.2.7 192.0.2.1 54321 443|192.0.2.7|54321",
                "PROXY TCP6 2001:db8::7 2001:db8::1 1 65535|2001:db8::7|1",
            })
    void version1TellsTheClient(String line, String host, int port) throws IOException {
        assertThat(read((line + "\r\n").getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(new InetSocketAddress(host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY UNKNOWN", "PROXY UNKNOWN ffff:f 1 x 65535 65535"})
    void version1OfAnUnknownClientTellsNobody(String line) throws IOException {
        assertThat(read((line + "\r\n").getBytes(StandardCharsets.US_ASCII))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY\r\n",
                "PROXY \r\n",
                "PROXYTCP4 192.0.2.7 192.0.2.1 1 2\r\n",
                "POST / HTTP/1.1\r\n",
                "PROXY TCP4  192.0.2.7 192.0.2.1 1 2\r\n",
                "PROXY TCP4 192.0.2.7 192.0.2.1 1\r\n",
                "PROXY TCP4 192.0.2.7 192.0.2.1 1 2 3\r\n",
                "PROXY TCP4 192.0.2.7 192.0.2.1 1 65536\r\n",
                "PROXY TCP4 192.0.2.7 192.0.2.1 01 2\r\n",
                "PROXY TCP4 192.0.2.7 192.0.2.1 -1 2\r\n",
                "PROXY TCP4 ::1 ::1 1 2\r\n",
                "PROXY TCP6 192.0.2.7 192.0.2.1 1 2\r\n",
                "PROXY TCP4 localhost localhost 1 2\r\n",
                "PROXY UDP4 192.0.2.7 192.0.2.1 1 2\r\n",
                "PROXY UNKNOWN"
                    + " aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "\r\n\r\nGET / HTTP/1.1\r\n\r\n",
            })
    void cutsWhatIsNoHeader(String bytes) {
        assertThatThrownBy(() -> read(bytes.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(MalformedProxyHeaderException.class);
    }

    @Test
    void everyPrefixOfAHeaderEndsTooEarly() {
        for (byte[] header : new byte[][] {
            version2("2111", V4, 9),
            version2("2000", "", 9),
            "PROXY TCP4 192.0.2.7 192.0.2.1 1 2\r\n".getBytes(StandardCharsets.US_ASCII)
        }) {
            for (int size = 0; size < header.length; size++) {
                InputStream in = new ByteArrayInputStream(header, 0, size);
                assertThatThrownBy(() -> ProxyHeader.read(in)).isInstanceOf(EOFException.class);
            }
        }
    }

    /** Whatever comes, reading ends with a client, nobody or an IOException, after a bounded number of bytes. */
    @Test
    void endsOrderlyWhateverComes() {
        Random random = new Random(11);
        byte[][] seeds = {
            version2("2111", V4, 30),
            version2("2121", V6, 0),
            "PROXY TCP6 2001:db8::7 2001:db8::1 1 65535\r\n".getBytes(StandardCharsets.US_ASCII)
        };
        int understood = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = seeds[random.nextInt(seeds.length)].clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                ProxyHeader.read(new ByteArrayInputStream(bytes));
                understood++;
            } catch (IOException e) {
                // refused
            }
        }
        assertThat(understood).isBetween(1, ROUNDS - 1);
    }
}
