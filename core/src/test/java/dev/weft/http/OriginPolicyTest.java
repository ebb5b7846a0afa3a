package dev.weft.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.HttpRequest;
import dev.weft.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {
    private static final OriginPolicy LISTED = new OriginPolicy(
            List.of("https://Game.example", "http://localhost:5173", "https://b.example:443", "capacitor://localhost"),
            origin -> origin.endsWith(".friends.example"));

    private static HttpRequest from(String origin, String host) {
        return Wire.request("GET", "/", "Host", host, "Origin", origin);
    }

    @ParameterizedTest
    @CsvSource({
        "http://weft.test, weft.test, true",
        "http://weft.test, weft.test:80, true",
        "http://weft.test:80, weft.test, true",
        "https://weft.test, weft.test, true",
        "https://weft.test, weft.test:443, true",
        "https://weft.test:8443, weft.test:8443, true",
        "HTTP://WEFT.test, weft.TEST, true",
        "http://[::1]:8080, [::1]:8080, true",
        "https://weft.test, weft.test:80, false",
        "http://weft.test, weft.test:443, false",
        "http://weft.test:8080, weft.test, false",
        "http://weft.test, weft.test:8080, false",
        "http://evil.test, weft.test, false",
        "http://weft.test.evil.test, weft.test, false",
        "http://evilweft.test, weft.test, false",
        "http://weft.test@evil.test, weft.test, false",
        "http://evil.test/weft.test, weft.test, false",
        "http://weft.test/, weft.test, false",
        "chrome-extension://weft.test, weft.test, false",
        "weft.test, weft.test, false",
        "://weft.test, weft.test, false",
        "http://, weft.test, false",
        "null, weft.test, false",
        "null, null, false",
        "*, weft.test, false",
        "'http://weft.test http://weft.test', weft.test, false",
        "'', weft.test, false",
    })
    void theDefaultAdmitsTheServersOwnPagesOnly(String origin, String host, boolean allowed) {
        assertThat(OriginPolicy.SAME_ORIGIN.allows(from(origin, host))).isEqualTo(allowed);
    }

    @Test
    void requestsWithoutAnOriginDoNotComeFromPages() {
        assertThat(OriginPolicy.SAME_ORIGIN.allows(Wire.request("GET", "/", "Host", "a")))
                .isTrue();
    }

    @Test
    void severalOriginFieldsAreRefused() {
        HttpRequest request = Wire.request("GET", "/", "Host", "a", "Origin", "http://a", "Origin", "http://a");
        assertThat(OriginPolicy.SAME_ORIGIN.allows(request)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://game.example, true",
        "https://GAME.example:443, true",
        "http://localhost:5173, true",
        "https://b.example, true",
        "capacitor://localhost, true",
        "https://x.friends.example, true",
        "http://weft.test, true",
        "http://game.example, false",
        "https://game.example:444, false",
        "http://localhost, false",
        "https://game.example.evil.test, false",
        "https://evil.test?.friends.example, false",
        "https://evil.test/.friends.example, false",
        "'https://evil.test .friends.example', false",
        "null, false",
    })
    void admitsListedOriginsAndThoseOfThePredicate(String origin, boolean allowed) {
        assertThat(LISTED.allows(from(origin, "weft.test"))).isEqualTo(allowed);
    }

    @Test
    void theNullOriginIsAdmittedOnlyByName() {
        OriginPolicy policy = new OriginPolicy(List.of("null"), origin -> false);
        assertThat(policy.allows(from("null", "weft.test"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "https://*.example",
                "example.org",
                "https://a.example/",
                "https://a.example/x",
                "https://",
                "",
                "https://a b"
            })
    void refusesToBeBuiltWithWhatIsNoOrigin(String origin) {
        assertThatThrownBy(() -> new OriginPolicy(List.of(origin), o -> false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https://example.org");
    }

    @ParameterizedTest
    @CsvSource({"https://a, true", "null, true", "'', false", "'a b', false", "é, false", "'a\u0007', false"})
    void wellFormedOriginsAreVisibleAscii(String origin, boolean wellFormed) {
        assertThat(OriginPolicy.wellFormed(origin)).isEqualTo(wellFormed);
    }

    @Test
    void namesTheAdmittedForeignOriginAndNeverAWildcard() {
        HttpResponse response = LISTED.cors(from("https://game.example", "weft.test"), HttpResponse.text(404, "no"));
        assertThat(response.headers().asMap())
                .containsEntry("access-control-allow-origin", List.of("https://game.example"))
                .containsEntry("access-control-allow-credentials", List.of("true"))
                .containsEntry("vary", List.of("Origin"));
        assertThat(response.status()).isEqualTo(404);
    }

    @Test
    void addsNothingForOwnRefusedAndMissingOrigins() {
        HttpResponse response = HttpResponse.of(200);
        assertThat(LISTED.cors(from("http://weft.test", "weft.test"), response)).isSameAs(response);
        assertThat(LISTED.cors(from("http://evil.test", "weft.test"), response)).isSameAs(response);
        assertThat(LISTED.cors(Wire.request("GET", "/", "Host", "weft.test"), response))
                .isSameAs(response);
    }

    @Test
    void keepsWhatTheApplicationSaidAndAddsNothingTwice() {
        HttpRequest request = from("https://game.example", "weft.test");
        HttpResponse once = LISTED.cors(request, HttpResponse.of(200));
        assertThat(LISTED.cors(request, once)).isSameAs(once);
    }

    private static HttpRequest preflight(String origin, String askedFields) {
        return Wire.request(
                "OPTIONS",
                "/",
                "Host",
                "weft.test",
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                askedFields);
    }

    @Test
    void allowsWhatAPreflightAsksFor() {
        HttpRequest request = preflight("https://game.example", "content-type, x-token");
        HttpResponse response = LISTED.preflight(request);
        assertThat(OriginPolicy.isPreflight(request)).isTrue();
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.headers().first("Access-Control-Allow-Origin")).isEqualTo("https://game.example");
        assertThat(response.headers().first("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(response.headers().first("Access-Control-Allow-Methods"))
                .isEqualTo("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        assertThat(response.headers().first("Access-Control-Allow-Headers")).isEqualTo("content-type, x-token");
        assertThat(response.headers().first("Access-Control-Max-Age")).isEqualTo("600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a,,b", "a;b", "<x>", "a,"})
    void doesNotRepeatAskedFieldsThatAreNoTokens(String asked) {
        assertThat(LISTED.preflight(preflight("https://game.example", asked))
                        .headers()
                        .asMap())
                .doesNotContainKey("access-control-allow-headers");
    }

    @Test
    void refusesPreflightsOfForeignOrigins() {
        HttpResponse response = LISTED.preflight(preflight("http://evil.test", "x"));
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.headers().asMap().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }

    @Test
    void anOrdinaryOptionsRequestIsNoPreflight() {
        assertThat(OriginPolicy.isPreflight(Wire.request("OPTIONS", "/", "Origin", "http://a")))
                .isFalse();
    }
}
