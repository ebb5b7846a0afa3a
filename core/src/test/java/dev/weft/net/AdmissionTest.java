package dev.weft.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.net.Admission.Decision;
import dev.weft.net.Admission.Permit;
import dev.weft.net.Admission.Refusal;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final int MANY = 20_000;

    private final AtomicLong now = new AtomicLong(1);

    private Admission admission(int connections, int perAddress, int perSecond, String... exempt) {
        AddressRanges ranges = AddressRanges.of(List.of(exempt));
        return new Admission(new Admission.Limits(connections, perAddress, perSecond, ranges), now::get);
    }

    private void pass(long millis) {
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static InetAddress address(String text) {
        InetAddress address = IpLiteral.parse(text);
        if (address == null) {
            throw new AssertionError(text);
        }
        return address;
    }

    private static List<Permit> permits(Admission admission, String address, int count) {
        List<Permit> permits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Decision decision = admission.connection(address(address));
            assertThat(decision).isInstanceOf(Permit.class);
            permits.add((Permit) decision);
        }
        return permits;
    }

    @Test
    void refusesOneConnectionMoreThanThereMayBe() {
        Admission admission = admission(3, 100, 0);
        List<Permit> permits = permits(admission, "192.0.2.1", 3);

        assertThat(admission.connection(address("192.0.2.2"))).isEqualTo(Refusal.FULL);
        assertThat(admission.refused()).isEqualTo(1);

        permits.getFirst().close();
        assertThat(admission.connection(address("192.0.2.2"))).isInstanceOf(Permit.class);
    }

    @Test
    void refusesOneConnectionMoreThanAnAddressMayHave() {
        Admission admission = admission(100, 2, 0);
        List<Permit> permits = permits(admission, "192.0.2.1", 2);

        assertThat(admission.connection(address("192.0.2.1"))).isEqualTo(Refusal.ADDRESS_FULL);
        assertThat(admission.client(address("192.0.2.1"))).isEqualTo(Refusal.ADDRESS_FULL);
        assertThat(admission.connection(address("192.0.2.2"))).isInstanceOf(Permit.class);
        assertThat(admission.connections()).as("refused ones hold no place").isEqualTo(3);

        permits.getFirst().close();
        permits.getFirst().close(); // gives back once
        permits(admission, "192.0.2.1", 1);
        assertThat(admission.connection(address("192.0.2.1"))).isEqualTo(Refusal.ADDRESS_FULL);
    }

    @Test
    void refusesConnectionsOfAnAddressThatComeTooFast() {
        Admission admission = admission(1_000, 1_000, 10);
        permits(admission, "192.0.2.1", 20).forEach(Permit::close);

        assertThat(admission.connection(address("192.0.2.1"))).isEqualTo(Refusal.TOO_FAST);
        permits(admission, "192.0.2.2", 1);

        pass(300);
        permits(admission, "192.0.2.1", 3);
        assertThat(admission.connection(address("192.0.2.1"))).isEqualTo(Refusal.TOO_FAST);
    }

    @Test
    void countsAnIpv6NetworkAsOneAddress() {
        Admission admission = admission(100, 2, 0);
        permits(admission, "2001:db8:0:1::1", 1);
        permits(admission, "2001:db8:0:1:ffff:ffff:ffff:ffff", 1);

        assertThat(admission.connection(address("2001:db8:0:1::2"))).isEqualTo(Refusal.ADDRESS_FULL);
        assertThat(admission.connection(address("2001:db8:0:2::1"))).isInstanceOf(Permit.class);
    }

    @Test
    void exemptAddressesCountOnlyAmongAll() {
        Admission admission = admission(5, 1, 1, "127.0.0.0/8", "::1");
        permits(admission, "127.0.0.1", 4);
        permits(admission, "::1", 1);

        assertThat(admission.addresses()).isZero();
        assertThat(admission.connection(address("127.0.0.1"))).isEqualTo(Refusal.FULL);
    }

    @Test
    void forgetsAnAddressWhenItsPlacesAreBackAndItsRateHasRecovered() {
        Admission admission = admission(100, 100, 10);
        permits(admission, "192.0.2.1", 10).forEach(Permit::close);
        admission.sweep();
        assertThat(admission.addresses()).as("its rate has not recovered").isEqualTo(1);

        pass(2_000);
        admission.sweep();
        assertThat(admission.addresses()).isZero();

        Permit permit = permits(admission, "192.0.2.1", 1).getFirst();
        pass(2_000);
        admission.sweep();
        assertThat(admission.addresses()).as("it holds a place").isEqualTo(1);
        permit.close();
        assertThat(admission.addresses()).isZero();
    }

    @Test
    void remembersABoundedNumberOfAddressesAndLimitsTheRestTogether() {
        Admission admission = admission(1, MANY, 1);
        for (int i = 0; i < MANY; i++) {
            admission.client(address("10.1." + (i >> 8) + "." + (i & 0xFF)));
        }

        assertThat(admission.addresses()).isLessThanOrEqualTo(1_024 + 1);
        assertThat(admission.client(address("10.2.0.1"))).isEqualTo(Refusal.TOO_FAST);
        assertThat(admission.client(address("10.1.0.1")))
                .as("known ones keep their own")
                .isInstanceOf(Permit.class);

        pass(2_000);
        admission.sweep();
        assertThat(admission.client(address("10.2.0.1"))).isInstanceOf(Permit.class);
    }

    @Test
    void isFullAgainAfterManyThreadsTookAndGaveBack() throws Exception {
        int threads = 8;
        Admission admission = admission(threads * 2, 5, 0);
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (int t = 0; t < threads; t++) {
                executor.execute(() -> {
                    for (int i = 0; i < MANY; i++) {
                        int last = ThreadLocalRandom.current().nextInt(3);
                        if (admission.connection(address("192.0.2." + last)) instanceof Permit permit) {
                            permit.close();
                        }
                    }
                });
            }
            executor.shutdown();
            assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(admission.connections()).isZero();
        assertThat(admission.addresses()).isZero();
        permits(admission, "192.0.2.1", 5);
    }
}
