package dev.weft.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which offers of permessage-deflate are agreed to, and how (RFC 7692, section 7.1). */
class DeflateAgreementTest {
    private static final String NAME = "permessage-deflate";

    private static String answer(boolean takeover, String... fields) {
        DeflateAgreement agreement = DeflateAgreement.negotiate(List.of(fields), takeover);
        return agreement == null ? "declined" : agreement.answer();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        permessage-deflate                                                         | ''
        permessage-deflate; client_max_window_bits                                 | ''
        permessage-deflate; client_max_window_bits=8                               | ''
        permessage-deflate; client_max_window_bits=15                              | ''
        permessage-deflate; client_no_context_takeover                             | ''
        permessage-deflate; server_no_context_takeover                             | ''
        permessage-deflate; server_max_window_bits=8                               | ; server_max_window_bits=8
        permessage-deflate; server_max_window_bits=9                               | ; server_max_window_bits=9
        permessage-deflate; server_max_window_bits=15                              | ; server_max_window_bits=15
        permessage-deflate; server_max_window_bits="10"                            | ; server_max_window_bits=10
        permessage-deflate; server_max_window_bits="1\\0"                          | ; server_max_window_bits=10
        permessage-deflate;server_max_window_bits=12;client_max_window_bits        | ; server_max_window_bits=12
        ' ,, permessage-deflate ;\tserver_max_window_bits = 11 ; server_no_context_takeover ,' | ; server_max_window_bits=11
        """)
    void agreesAndNeverKeepsAContext(String field, String answered) {
        String expected = NAME + "; server_no_context_takeover; client_no_context_takeover" + answered;
        assertThat(answer(false, field.replace("\\t", "\t"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_max_window_bits=7",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; server_max_window_bits=1000",
                "permessage-deflate; server_max_window_bits=99999999999999999999",
                "permessage-deflate; server_max_window_bits=-9",
                "permessage-deflate; server_max_window_bits=+9",
                "permessage-deflate; server_max_window_bits=08",
                "permessage-deflate; server_max_window_bits=8.0",
                "permessage-deflate; server_max_window_bits=ten",
                "permessage-deflate; server_max_window_bits=",
                "permessage-deflate; server_max_window_bits=\"\"",
                "permessage-deflate; server_max_window_bits=\" 10\"",
                "permessage-deflate; server_max_window_bits=\"10",
                "permessage-deflate; server_max_window_bits=10; server_max_window_bits=10",
                "permessage-deflate; server_max_window_bits=10; server_max_window_bits=9",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits=16",
                "permessage-deflate; client_max_window_bits=\"\"",
                "permessage-deflate; client_max_window_bits; client_max_window_bits",
                "permessage-deflate; client_max_window_bits; client_max_window_bits=10",
                "permessage-deflate; server_no_context_takeover=true",
                "permessage-deflate; server_no_context_takeover=\"\"",
                "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
                "permessage-deflate; client_no_context_takeover=10",
                "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; unknown",
                "permessage-deflate; unknown=1",
                "permessage-deflate; server_max_window_bits=10; unknown",
                "permessage-deflate;",
                "permessage-deflate; ;",
                "permessage-deflate; =10",
                "permessage-deflate server_max_window_bits=10",
                "permessage-deflate=10",
                "Permessage-Deflate2",
                "x-webkit-deflate-frame",
                "\"permessage-deflate\"",
                ";permessage-deflate",
                "",
                ",,,",
                "\"",
            })
    void declinesWithoutFailing(String field) {
        assertThat(answer(true, field)).isEqualTo("declined");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        permessage-deflate; unknown, permessage-deflate; server_max_window_bits=9, permessage-deflate | 9
        permessage-bzip2, permessage-deflate; server_max_window_bits=10                               | 10
        foo; a="x, permessage-deflate; server_max_window_bits=8", permessage-deflate; server_max_window_bits=11 | 11
        foo; a="\\"", permessage-deflate; server_max_window_bits=12                                   | 12
        foo bar="," baz, permessage-deflate; server_max_window_bits=13                                | 13
        """)
    void takesTheFirstAcceptableOffer(String field, int bits) {
        DeflateAgreement agreement = DeflateAgreement.negotiate(List.of(field), false);
        assertThat(agreement)
                .isNotNull()
                .extracting(DeflateAgreement::serverWindowBits)
                .isEqualTo(bits);
    }

    @Test
    void offersOfSeveralFieldsCountInTheirOrder() {
        assertThat(answer(
                        false,
                        "foo, permessage-deflate; server_max_window_bits=99",
                        "permessage-deflate; server_max_window_bits=14",
                        "permessage-deflate"))
                .endsWith("; server_max_window_bits=14");
    }

    @Test
    void clientsMayKeepTheirContextOnlyIfTheServerLetsThem() {
        assertThat(answer(true, NAME)).isEqualTo(NAME + "; server_no_context_takeover");
        assertThat(answer(true, NAME + "; client_no_context_takeover"))
                .isEqualTo(NAME + "; server_no_context_takeover; client_no_context_takeover");
        assertThat(answer(false, NAME)).contains("client_no_context_takeover");
    }

    @Test
    void theClientsHintLimitsTheWindowThatIsKeptForIt() {
        DeflateAgreement agreement = DeflateAgreement.negotiate(List.of(NAME + "; client_max_window_bits=9"), true);
        assertThat(agreement).isEqualTo(new DeflateAgreement(15, false, true, 9));
    }

    /** Quadratic reading of a megabyte would take minutes; header limits keep real ones 60 times shorter. */
    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\"", "a;", "a,", "a=\"", "\\\"", " ", "a;b=\"c\",", "permessage-deflate; x,"})
    void readsInLinearTime(String unit) {
        char[] field = new char[1 << 20];
        for (int i = 0; i < field.length; i++) {
            field[i] = unit.charAt(i % unit.length());
        }
        Assertions.assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThat(answer(true, new String(field), NAME)).startsWith(NAME));
    }
}
