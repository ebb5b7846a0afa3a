package dev.weft.conformance.behaviour;

import dev.weft.Authorizer;
import dev.weft.Handshake;
import dev.weft.annotation.Authorize;
import dev.weft.annotation.Endpoint;
import dev.weft.annotation.OnMessage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Handlers that read values in every way that a generated dispatcher knows. */
@Endpoint("/json")
@Authorize(JsonHandlers.Gate.class)
class JsonHandlers {
    record Branch(@Nullable List<Branch> children, @Nullable String name) {}

    record Guest(int presented) {}

    /** Looks at all that the client presents. */
    static final class Gate implements Authorizer<Guest> {
        @Override
        public Guest authorize(Handshake handshake) {
            return new Guest(handshake.auth().size());
        }
    }

    @OnMessage("record")
    String record(Branch branch) {
        return String.valueOf(branch.name());
    }

    @OnMessage("map")
    int map(Map<String, Object> values) {
        return values.size();
    }

    @OnMessage("tree")
    int tree(JsonNode node) {
        return node.size();
    }
}
