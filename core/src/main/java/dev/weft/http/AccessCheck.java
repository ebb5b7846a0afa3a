package dev.weft.http;

import dev.weft.HttpRequest;
import dev.weft.HttpResponse;
import dev.weft.Refused;
import dev.weft.RequestCheck;
import dev.weft.net.NetRuntime;
import dev.weft.net.PeerFault;
import dev.weft.net.TimeLimit;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks the application whether a request may open a session; whatever goes wrong there refuses it. Thread-safe. */
public final class AccessCheck {
    private static final String NAME = "allowRequest";

    private final RequestCheck check;
    private final Duration limit;
    private final NetRuntime runtime;

    /** Creates a check; {@code limit} is how long the application may take. */
    public AccessCheck(RequestCheck check, Duration limit, NetRuntime runtime) {
        this.check = check;
        this.limit = limit;
        this.runtime = runtime;
    }

    /**
     * Why a request is refused.
     *
     * @param status 403 if the application refuses it, 500 if it failed, 503 if it took too long
     * @param message what the client may know
     */
    public record Denial(int status, String message) {
        /** Returns the answer in plain text; it ends the connection. */
        public HttpResponse plain() {
            return HttpResponse.text(status, message)
                    .with("Connection", "close")
                    .with("Cache-Control", "no-store")
                    .with("X-Content-Type-Options", "nosniff");
        }
    }

    /** Returns why {@code request} is refused, or null if it is not; blocks while the application decides. */
    public @Nullable Denial denial(HttpRequest request) {
        try {
            runtime.handlers().run(NAME, () -> TimeLimit.call(runtime.carriers(), limit, () -> ask(request)));
            return null;
        } catch (Refused refused) {
            String message = String.valueOf(refused.getMessage());
            runtime.failures().peer(PeerFault.NOT_ALLOWED, message);
            return new Denial(403, message);
        } catch (TimeoutException late) {
            runtime.failures().handler(NAME, late);
            return new Denial(503, "The server did not decide in time.");
        } catch (Throwable t) {
            runtime.failures().handler(NAME, t);
            return new Denial(500, "The server failed.");
        }
    }

    private @Nullable Object ask(HttpRequest request) throws Exception {
        check.check(request);
        return null;
    }
}
