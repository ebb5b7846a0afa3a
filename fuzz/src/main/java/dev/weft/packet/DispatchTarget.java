package dev.weft.packet;

import dev.weft.Message;
import dev.weft.Socket;
import dev.weft.WeftException;
import dev.weft.bytes.Bytes;
import dev.weft.dispatch.DispatcherProvider;
import dev.weft.dispatch.EndpointDispatcher;
import dev.weft.dispatch.Instances;
import dev.weft.fuzz.Expect;
import dev.weft.fuzz.Recipe;
import dev.weft.json.BadValueException;
import dev.weft.json.JsonMapper;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Events to a dispatcher that the processor wrote. The first byte is how many attachments come, the second one chooses the
 * handler, the rest is the JSON of its arguments. What a handler got, sent again, gives the same.
 */
public final class DispatchTarget {
    private static final JsonMapper JSON = JsonMapper.standard();
    private static final String[] EVENTS = {"simple", "nested", "shape", "shapes", "bound", "many", "lists", "bytes"};
    private static final EndpointDispatcher DISPATCHER = dispatcher();
    private static final Socket SOCKET = (Socket) Proxy.newProxyInstance(
            DispatchTarget.class.getClassLoader(), new Class<?>[] {Socket.class}, (self, method, arguments) -> {
                throw new AssertionError("these handlers use no socket but " + method + " was called");
            });

    private DispatchTarget() {}

    private static EndpointDispatcher dispatcher() {
        return (EndpointDispatcher) ServiceLoader.load(DispatcherProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.handler() == FuzzedEndpoint.class)
                .findFirst()
                .orElseThrow()
                .create(new NoInstances());
    }

    private static final class NoInstances implements Instances {
        @Override
        public <T> T get(Class<T> type) {
            throw new WeftException("nothing is provided");
        }

        @Override
        public <T> T get(Class<T> type, String name) {
            throw new WeftException("nothing is provided");
        }

        @Override
        public <T> T shared(Class<T> type, Supplier<T> constructor) {
            return constructor.get();
        }
    }

    /** Takes an input. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Recipe recipe = new Recipe(input);
        int attachments = recipe.below(4);
        String event = recipe.of(EVENTS);
        List<Bytes> binary = new ArrayList<>();
        for (int i = 0; i < attachments; i++) {
            binary.add(Bytes.utf8("attachment " + i));
        }
        Bytes answer = dispatch(event, recipe.rest(), binary);
        if (answer != null && !event.equals("many") && !event.equals("lists") && !event.equals("bytes")) {
            byte[] arguments = answer.slice(1, answer.size() - 1).toByteArray();
            Expect.same("sent again", answer, dispatch(event, arguments, binary));
        }
    }

    /** Returns the JSON of what the handler answers and leaves its attachments in {@code binary}; null if it was not called. */
    private static @Nullable Bytes dispatch(String name, byte[] arguments, List<Bytes> binary) throws Exception {
        Packet.Event packet = decoded(name, arguments, binary);
        if (packet == null) {
            return null;
        }
        TakenEvent event = new TakenEvent(packet);
        try {
            Expect.that(DISPATCHER.dispatch(SOCKET, event), "the event has a handler");
        } catch (BadValueException e) {
            Expect.that(e.path().startsWith("$"), "a failure says where: " + e.path());
            return null;
        }
        Packet.Ack ack = Packet.Ack.of(JSON, "/", 0, event.replies().toArray());
        binary.clear();
        binary.addAll(ack.attachments());
        return ack.json();
    }

    private static Packet.@Nullable Event decoded(String name, byte[] arguments, List<Bytes> binary) {
        String head = (binary.isEmpty() ? "2" : "5" + binary.size() + "-") + "0[\"" + name + "\"";
        byte[] start = (arguments.length == 0 ? head : head + ",").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] text = java.util.Arrays.copyOf(start, start.length + arguments.length + 1);
        System.arraycopy(arguments, 0, text, start.length, arguments.length);
        text[text.length - 1] = ']';
        PacketDecoder decoder = new PacketDecoder(JSON, PacketDecoder.Limits.defaults());
        try {
            Packet packet = decoder.text(Bytes.wrap(text));
            for (Bytes attachment : binary) {
                Message message = new Message.Binary(attachment);
                packet = decoder.binary(message.bytes());
            }
            return (Packet.Event) packet;
        } catch (PacketException e) {
            return null;
        }
    }
}
