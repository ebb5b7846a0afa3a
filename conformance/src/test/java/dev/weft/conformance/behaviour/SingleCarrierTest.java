package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.faults.LeakLedger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The second run of all tests, on one scheduler thread, is worth something only if there is just one, everywhere. */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class SingleCarrierTest {
    private static final String ONE = "-D" + CarrierProbe.PARALLELISM + "=1";

    @Test
    void thisJvmHasNoMoreCarriersThanItWasTold() throws InterruptedException {
        int told = Integer.getInteger(
                CarrierProbe.PARALLELISM, Runtime.getRuntime().availableProcessors());
        Duration limit = told == 1 ? Duration.ofMillis(500) : Duration.ofSeconds(20);
        assertThat(CarrierProbe.meet(limit)).isEqualTo(told > 1);
    }

    @Test
    void everyJvmThatATestStartsIsToldTheSame() throws Exception {
        String told = System.getProperty(CarrierProbe.PARALLELISM);
        String answer = probe(Map.of());
        assertThat(answer).startsWith(told + " ");
        if ("1".equals(told)) {
            assertThat(answer).isEqualTo("1 false");
        }
    }

    @Test
    void theConventionForStartedJvmsLeavesThemOneCarrier() throws Exception {
        assertThat(probe(Map.of("JDK_JAVA_OPTIONS", ONE))).isEqualTo("1 false");
    }

    @Test
    void theProbeSeesASecondCarrier() throws Exception {
        assertThat(probe(Map.of("JDK_JAVA_OPTIONS", ONE.replace("=1", "=2")))).isEqualTo("2 true");
    }

    /** Starts a JVM as tests do, with this one's environment and {@code more}. */
    private static String probe(Map<String, String> more) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CarrierProbe.class.getName());
        builder.environment().putAll(more);
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output.strip();
    }
}
