package dev.weft.server;

import dev.weft.bytes.Bytes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM file (RFC 7468).
 *
 * @param label what it says it is, for example {@code CERTIFICATE}
 * @param content what its base64 stands for
 */
record Pem(String label, Bytes content) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    /** In the old form of encrypted keys, fields precede the content (RFC 1421, section 4.6). */
    private static final Pattern FIELDS = Pattern.compile("(?m)^[A-Za-z0-9-]+:.*$");

    private static final String ENCRYPTED = "ENCRYPTED ";

    /**
     * Returns all blocks; other text between them is skipped (section 2). Blocks that old tools have encrypted get a label that starts
     * with {@code ENCRYPTED}.
     *
     * @throws IllegalArgumentException if the content of a block is not base64
     */
    static List<Pem> blocks(String text) {
        List<Pem> blocks = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(text); block.find(); ) {
            String label = block.group(1);
            String body = block.group(2);
            boolean fields = body.contains(":");
            String content = fields ? FIELDS.matcher(body).replaceAll("") : body;
            blocks.add(new Pem(
                    fields ? ENCRYPTED + label : label,
                    Bytes.wrap(Base64.getDecoder().decode(content.replaceAll("\\s", "")))));
        }
        return blocks;
    }

    /** Returns whether the content needs a password. */
    boolean encrypted() {
        return label.startsWith(ENCRYPTED);
    }
}
