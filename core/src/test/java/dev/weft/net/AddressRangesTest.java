package dev.weft.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangesTest {
    private static final int ROUNDS = 20_000;

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/9, 10.127.0.1, true",
        "10.0.0.0/9, 10.128.0.0, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "192.0.2.7/32, 192.0.2.7, true",
        "192.0.2.6/31, 192.0.2.7, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 2001:db8::1, true",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, ::1, true",
        "127.0.0.0/8, ::ffff:127.0.0.1, true",
    })
    void containsTheAddressesOfARange(String range, String address, boolean contained) {
        InetAddress parsed = IpLiteral.parse(address);

        assertThat(parsed).isNotNull();
        assertThat(AddressRanges.of(List.of("198.51.100.1", range)).contains(parsed))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0/8", "::1/129", "localhost",
                "10.0.0.256", "010.0.0.1", "10.0.0.1 ", "[::1]", "fe80::1%eth0", "1:2", "::1::", "0x7f000001",
                        "10.0.0.0/٨"
            })
    void saysWhatIsNoRange(String text) {
        assertThatThrownBy(() -> AddressRanges.of(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as 10.0.0.0/8")
                .hasMessageContaining("\"" + text + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "dead.beef", "beef", "example.org", "1.2.3", "1.2.3.4.5", "٣.1.1.1", "1.2.3.4:80", "::٣"})
    void namesAreNeverLookedUp(String text) {
        assertThat(IpLiteral.parse(text)).isNull();
    }

    @Test
    void everyAddressIsReadBackAsTheJdkWritesIt() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            InetAddress address = InetAddress.getByAddress(bytes);

            assertThat(IpLiteral.parse(address.getHostAddress())).isEqualTo(address);
        }
    }
}
