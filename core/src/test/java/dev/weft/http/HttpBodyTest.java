package dev.weft.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpBodyTest {
    private static final String CHUNKED = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    @Test
    void joinsChunksInAnySegmentationAndLeavesTheNextRequest() throws Exception {
        String wire = CHUNKED + "5\r\nhello\r\n01;a=b;c=\"d\"\r\n,\r\nA ;x\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n"
                + "GET /next HTTP/1.1\r\nHost: a\r\n\r\n";
        for (int most = 1; most <= wire.length(); most++) {
            HttpReader reader = Wire.reader(Wire.segments(Wire.latin1(wire), new Random(most), most), Wire.LIMITS);
            RequestHead head = reader.readHead();
            assertThat(head.contentLength()).isEqualTo(RequestHead.CHUNKED);
            assertThat(reader.readBody(head, 16, Wire.UNASKED).utf8()).isEqualTo("hello,0123456789");
            assertThat(reader.readHead().request().path()).isEqualTo("/next");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "g\r\n",
                "-1\r\n",
                "+1\r\n",
                "0x1\r\n",
                " 1\r\n",
                "1 \r\n",
                "1 a\r\n",
                "1\na",
                "1\ra",
                "1;\n",
                "1\r\nab\r\n",
                "1\r\na\n0\r\n\r\n",
                "1\r\na0\r\n\r\n",
                "1\r\na\r0\r\n",
                "00000000000000001\r\n",
                "1;\0\r\n",
                "\u00b2\r\n",
                "0\r\nA : b\r\n\r\n",
                "0\r\n x\r\n\r\n",
                "0\r\nA: b\n\r\n",
            })
    void refusesMalformedChunks(String body) throws IOException {
        assertThat(Wire.refusal(CHUNKED + body)).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "3e8, 0",
        "3e9, 413",
        "7fffffff, 413",
        "80000000, 413",
        "ffffffff, 413",
        "100000001, 413",
        "8000000000000001, 413",
        "ffffffffffffffff, 413",
        "00000000000003e8, 0",
    })
    void refusesAChunkByItsDeclaredSize(String size, int status) throws IOException {
        assertThat(Wire.refusal(CHUNKED + size + "\r\n" + "x".repeat(1000) + "\r\n0\r\n\r\n"))
                .isEqualTo(status);
    }

    @Test
    void refusesTheChunkThatTakesTheSumOverTheLimit() throws IOException {
        assertThat(Wire.refusal(CHUNKED + "1f4\r\n" + "x".repeat(500) + "\r\n1f5\r\n"))
                .isEqualTo(413);
    }

    @Test
    void limitsExtensionsOfOneChunkAndOfAll() throws IOException {
        assertThat(Wire.refusal(CHUNKED + "1;" + "x".repeat(300))).isEqualTo(400);
        assertThat(Wire.refusal(CHUNKED + ("1;" + "x".repeat(200) + "\r\na\r\n").repeat(21)))
                .isEqualTo(400);
        assertThat(Wire.refusal(CHUNKED + ("1;" + "x".repeat(200) + "\r\na\r\n").repeat(20) + "0\r\n\r\n"))
                .isZero();
    }

    @Test
    void limitsTrailersAsHeaderFields() throws IOException {
        assertThat(Wire.refusal(CHUNKED + "0\r\n" + "A: b\r\n".repeat(101))).isEqualTo(431);
        assertThat(Wire.refusal(CHUNKED + "0\r\nA: " + "b".repeat(17_000))).isEqualTo(431);
        assertThat(Wire.refusal(CHUNKED + "0\r\nContent-Length: 7\r\nHost: x\r\n\r\n"))
                .isZero();
    }

    @Test
    void invitesTheBodyOfAnExpectingRequestOnce() throws Exception {
        AtomicInteger invitations = new AtomicInteger();
        HttpReader reader =
                Wire.reader("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi");
        RequestHead head = reader.readHead();
        assertThat(head.expectsContinue()).isTrue();
        assertThat(reader.readBody(head, 2, invitations::incrementAndGet).utf8())
                .isEqualTo("hi");
        assertThat(invitations).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi",
                "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi",
            })
    void doesNotInviteOtherBodies(String wire) throws Exception {
        HttpReader reader = Wire.reader(wire);
        reader.readBody(reader.readHead(), 10, Wire.UNASKED);
    }

    @Test
    void refusesATooLargeBodyWithoutInvitingIt() throws Exception {
        HttpReader reader =
                Wire.reader("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        RequestHead head = reader.readHead();
        assertThatThrownBy(() -> reader.readBody(head, 2, Wire.UNASKED))
                .isInstanceOfSatisfying(
                        BadRequestException.class, e -> assertThat(e.status()).isEqualTo(413));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 2000000000\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\nabc"})
    void allocatesForWhatArrivedNotForWhatWasDeclared(String rest) throws Exception {
        HttpReader reader = Wire.reader("POST / HTTP/1.1\r\nHost: a\r\n" + rest);
        RequestHead head = reader.readHead();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> reader.readBody(head, Integer.MAX_VALUE, Wire.UNASKED))
                .isInstanceOf(EOFException.class);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4_000_000);
    }

    @Test
    void readsAMillionOneByteChunksWithoutCopyingTheBodyForEach() throws Exception {
        HttpReader reader = Wire.reader(CHUNKED + "1\r\nx\r\n".repeat(1_000_000) + "0\r\n\r\n");
        RequestHead head = reader.readHead();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(reader.readBody(head, 1_000_000, Wire.UNASKED).size()).isEqualTo(1_000_000);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(200_000_000);
    }
}
