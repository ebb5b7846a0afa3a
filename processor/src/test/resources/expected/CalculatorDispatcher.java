package com.acme.echo;

import dev.weft.CloseCode;
import dev.weft.Message;
import dev.weft.WebSocket;
import dev.weft.bytes.Bytes;
import dev.weft.dispatch.WebSocketDispatcher;
import dev.weft.json.JsonMapper;
import dev.weft.json.ValueReader;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.processing.Generated;

/** Calls the methods of {@link Calculator}. */
@Generated("dev.weft.processor.WeftProcessor")
final class CalculatorDispatcher implements WebSocketDispatcher {
    private final Calculator endpoint;

    CalculatorDispatcher(Calculator endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String path() {
        return "/calculator";
    }

    @Override
    public void message(WebSocket webSocket, Message message) throws Exception {
        switch (message) {
            case Message.Text text -> add(webSocket, text);
            case Message.Binary binary -> webSocket.close(CloseCode.UNSUPPORTED_DATA, "expected text");
        }
    }

    @Override
    public boolean failed(WebSocket webSocket, Throwable failure) throws Exception {
        switch (failure) {
            case Throwable cause -> endpoint.failed(cause);
        }
        return true;
    }

    private void add(WebSocket webSocket, Message.Text text) throws Exception {
        ValueReader in = reader(text);
        Calculator.Terms terms = readTerms(in);
        webSocket.send(json(endpoint.add(terms)));
    }

    private static Calculator.Terms readTerms(ValueReader in) {
        int a = 0;
        boolean hasA = false;
        int b = 0;
        boolean hasB = false;
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            switch (member) {
                case "a" -> {
                    a = in.readInt();
                    hasA = true;
                }
                case "b" -> {
                    b = in.readInt();
                    hasB = true;
                }
                default -> in.skip();
            }
        }
        if (!hasA) {
            throw in.missing("a");
        }
        if (!hasB) {
            throw in.missing("b");
        }
        return new Calculator.Terms(a, b);
    }

    private static ValueReader reader(Message.Text text) {
        JsonMapper mapper = JsonMapper.standard();
        mapper.check(text.utf8(), 0);
        return mapper.reader(text.utf8(), List.of());
    }

    private static Message json(Object value) {
        List<Bytes> attachments = new ArrayList<>();
        Bytes json = JsonMapper.standard().write(value, attachments);
        if (!attachments.isEmpty()) {
            throw new IllegalArgumentException("JSON text cannot hold binary; return byte[] instead");
        }
        return new Message.Text(json);
    }
}
