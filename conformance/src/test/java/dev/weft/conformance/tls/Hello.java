package dev.weft.conformance.tls;

import dev.weft.faults.RawTls;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.net.ssl.SSLEngine;

/** First messages of TLS clients, as bytes. */
final class Hello {
    private static final int RECORD = 32 * 1024;
    private static final String SUITES_OF_TLS_11 = "c013c014002f0035";

    private Hello() {}

    /** Returns the record with a ClientHello that offers TLS 1.2 and 1.3. */
    static byte[] current() throws IOException {
        SSLEngine engine = RawTls.trusting().createSSLEngine("localhost", 443);
        engine.setUseClientMode(true);
        ByteBuffer record = ByteBuffer.allocate(RECORD);
        engine.wrap(ByteBuffer.allocate(0), record);
        return Arrays.copyOf(record.array(), record.position());
    }

    /** Returns the record with a ClientHello of TLS 1.1 (RFC 4346, section 7.4.1.2). */
    static byte[] tls11() throws IOException {
        byte[] random = new byte[32];
        new Random(11).nextBytes(random);
        byte[] suites = HexFormat.of().parseHex(SUITES_OF_TLS_11);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeShort(0x0302);
        out.write(random);
        out.writeByte(0); // no session
        out.writeShort(suites.length);
        out.write(suites);
        out.writeShort(0x0100); // no compression
        byte[] hello = body.toByteArray();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        DataOutputStream record = new DataOutputStream(all);
        record.writeByte(22);
        record.writeShort(0x0301);
        record.writeShort(hello.length + 4);
        record.writeByte(1);
        record.writeByte(0);
        record.writeShort(hello.length);
        record.write(hello);
        return all.toByteArray();
    }
}
