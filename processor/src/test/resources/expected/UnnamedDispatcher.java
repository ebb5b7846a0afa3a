import dev.weft.Event;
import dev.weft.Socket;
import dev.weft.dispatch.EndpointDispatcher;
import dev.weft.json.BadValueException;
import dev.weft.json.ValueReader;
import javax.annotation.processing.Generated;

/** Calls the methods of {@link Unnamed}. */
@Generated("dev.weft.processor.WeftProcessor")
final class UnnamedDispatcher implements EndpointDispatcher {
    private final Unnamed endpoint;

    UnnamedDispatcher(Unnamed endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String namespace() {
        return "/unnamed";
    }

    @Override
    public boolean dispatch(Socket socket, Event event) throws Exception {
        switch (event.name()) {
            case "ping" -> ping(socket, event);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void ping(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        Unnamed.Ping ping = readPing(argument(in, 0));
        event.reply(endpoint.ping(ping));
    }

    private static Unnamed.Ping readPing(ValueReader in) {
        String text = null;
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            switch (member) {
                case "text" -> text = in.readString();
                default -> in.skip();
            }
        }
        if (text == null) {
            throw in.missing("text");
        }
        return new Unnamed.Ping(text);
    }

    private static ValueReader argument(ValueReader in, int index) {
        if (!in.hasNext()) {
            throw new BadValueException("$[" + index + "]", "required");
        }
        return in;
    }
}
