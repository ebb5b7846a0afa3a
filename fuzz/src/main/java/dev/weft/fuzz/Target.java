package dev.weft.fuzz;

import dev.weft.engine.EnginePacketsTarget;
import dev.weft.http.AddressesTarget;
import dev.weft.http.ForwardingTarget;
import dev.weft.http.RequestsTarget;
import dev.weft.json.JsonTarget;
import dev.weft.net.ProxyHeaderTarget;
import dev.weft.packet.DispatchTarget;
import dev.weft.packet.PacketsTarget;
import dev.weft.server.ServerTarget;
import dev.weft.ws.FramesTarget;
import dev.weft.ws.HandshakeTarget;
import dev.weft.ws.InflateTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Everything that is fuzzed. A target's corpus and dictionary carry its name. */
public enum Target {
    /** HTTP heads and bodies. */
    REQUESTS(RequestsTarget.class, 2048, 600),
    /** URLs, authorities, origins and paths of files. */
    ADDRESSES(AddressesTarget.class, 512, 2000),
    /** The opening handshake of a WebSocket. */
    HANDSHAKE(HandshakeTarget.class, 1024, 1000),
    /** WebSocket frames and messages. */
    FRAMES(FramesTarget.class, 1024, 1500),
    /** Compressed messages, and offers to compress. */
    INFLATE(InflateTarget.class, 1024, 1000),
    /** What proxies say of their clients before HTTP. */
    PROXY_HEADER(ProxyHeaderTarget.class, 512, 1500),
    /** What proxies say of their clients in header fields. */
    FORWARDING(ForwardingTarget.class, 512, 1500),
    /** Engine.IO packets and polling payloads. */
    ENGINE_PACKETS(EnginePacketsTarget.class, 512, 2000),
    /** Socket.IO packets with attachments. */
    PACKETS(PacketsTarget.class, 1024, 1000),
    /** JSON, and values read from it. */
    JSON(JsonTarget.class, 1024, 1000),
    /** Generated dispatchers. */
    DISPATCH(DispatchTarget.class, 1024, 1000),
    /** A whole server over real connections. */
    SERVER(ServerTarget.class, 1024, 80);

    private final Class<?> code;
    private final int maxLength;
    private final int runs;

    Target(Class<?> code, int maxLength, int runs) {
        this.code = code;
        this.maxLength = maxLength;
        this.runs = runs;
    }

    /** Returns the target that {@code name} names in any case, with or without underscores. */
    public static Target named(String name) {
        return Stream.of(values())
                .filter(target -> target.label().equalsIgnoreCase(name.replace("_", "")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of "
                        + Stream.of(values()).map(Target::label).toList() + " as fuzz.target but was " + name));
    }

    /** Returns the name as files have it, for example {@code EnginePackets}. */
    public String label() {
        StringBuilder label = new StringBuilder();
        for (String word : name().split("_", -1)) {
            label.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return label.toString();
    }

    /** Returns the class whose {@code fuzzerTestOneInput} takes inputs. */
    Class<?> code() {
        return code;
    }

    /** Returns the most bytes of an input. */
    int maxLength() {
        return maxLength;
    }

    /** Returns how many inputs a short run tries. */
    int runs() {
        return runs;
    }

    /** Returns the folder of inputs that are kept in the repository. */
    Path corpus() {
        return Path.of("corpus", label());
    }

    /** Returns the folder that long runs add to. */
    Path work() {
        return Path.of("target", "corpus", label());
    }

    /** Returns the folder of what a short run finds; each one starts with an empty one. */
    Path quick() {
        return Path.of("target", "quick", label());
    }

    /** Returns the folder where inputs go that make the target fail. */
    Path findings() {
        return Path.of("target", "findings", label());
    }

    /** Returns the words that inputs are made of, if there is such a file. */
    Stream<Path> dictionary() {
        return Stream.of(Path.of("dictionaries", label() + ".dict")).filter(Files::exists);
    }
}
