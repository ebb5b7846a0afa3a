package dev.weft.engine;

import dev.weft.CloseCode;
import dev.weft.DisconnectReason;
import dev.weft.Message;
import dev.weft.net.Failures;
import dev.weft.net.Outbox;
import dev.weft.net.PeerFault;
import dev.weft.net.TcpConnection;
import dev.weft.ws.Framed;
import dev.weft.ws.ServerWebSocket;

/** Reads the packets of one session from its WebSocket, on one virtual thread after the other. */
final class WebSocketTransport implements Transport {
    private final EngineSession session;
    private final ServerWebSocket webSocket;
    private final TcpConnection connection;
    private final Failures failures;

    WebSocketTransport(EngineSession session, ServerWebSocket webSocket, Failures failures) {
        this.session = session;
        this.webSocket = webSocket;
        this.failures = failures;
        connection = webSocket.connection();
    }

    @Override
    public String name() {
        return "websocket";
    }

    @Override
    public Outbox<Framed> outbox() {
        return webSocket.outbox();
    }

    /** Reads until the connection ends, or until a handler that waits has let another thread read on. */
    void run() {
        // At once, even while a handler keeps the reader busy.
        webSocket.onEnd(() -> session.close(reason()));
        try {
            Message message;
            while (connection.isReader() && (message = webSocket.receive()) != null) {
                session.received(EngineCodec.decode(message));
            }
        } catch (EngineException e) {
            failures.peer(PeerFault.BAD_MESSAGE, String.valueOf(e.getMessage()));
            session.close(DisconnectReason.PARSE_ERROR);
            webSocket.awaitClosed();
        } catch (Throwable t) {
            failures.unexpected("a WebSocket transport", t);
        } finally {
            if (connection.isReader()) {
                session.close(reason());
            }
        }
    }

    private DisconnectReason reason() {
        if (webSocket.sentTooMuch()) {
            return DisconnectReason.RATE_LIMIT;
        }
        if (webSocket.violated()) {
            return CloseCode.TOO_BIG.equals(webSocket.closeCode())
                    ? DisconnectReason.PAYLOAD_TOO_LARGE
                    : DisconnectReason.TRANSPORT_ERROR;
        }
        DisconnectReason killed = connection.killedBecause();
        return killed == null ? DisconnectReason.TRANSPORT_CLOSE : killed;
    }

    @Override
    public boolean holdsUnread() {
        return webSocket.holdsUnread();
    }

    @Override
    public boolean heldBack() {
        return webSocket.heldBack();
    }

    @Override
    public boolean readsOnThisThread() {
        return connection.isReader();
    }

    @Override
    public void handOnReading() {
        if (connection.isReader()) {
            Thread successor = Thread.ofVirtual().name("weft-successor").unstarted(this::runAsSuccessor);
            connection.handReadingTo(successor);
            successor.start();
        }
    }

    private void runAsSuccessor() {
        try {
            run();
        } catch (Throwable t) {
            failures.unexpected("a successor reader", t);
        } finally {
            connection.release();
        }
    }

    @Override
    public boolean hasUnfetched() {
        return false;
    }

    @Override
    public void finish() {
        webSocket.close();
    }

    @Override
    public void goAway() {
        webSocket.close(CloseCode.GOING_AWAY, DisconnectReason.SERVER_SHUTTING_DOWN.text());
    }

    @Override
    public void abort(DisconnectReason reason) {
        if (webSocket.closeCode() != null) {
            return; // it has ended by itself, and may still be answering the peer's close frame
        }
        switch (reason) {
            case PARSE_ERROR -> webSocket.abort(CloseCode.PROTOCOL_ERROR, "");
            case PAYLOAD_TOO_LARGE -> webSocket.abort(CloseCode.TOO_BIG, "");
            case TRANSPORT_CLOSE, FORCED_CLOSE, FORCED_SERVER_CLOSE -> webSocket.abort(CloseCode.NORMAL, "");
            default -> connection.kill(reason);
        }
    }
}
