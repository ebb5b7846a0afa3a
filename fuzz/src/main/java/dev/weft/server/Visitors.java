package dev.weft.server;

import dev.weft.Message;
import dev.weft.bytes.Bytes;
import dev.weft.fuzz.Recipe;
import dev.weft.http.NearRequests;
import dev.weft.packet.NearPackets;
import dev.weft.ws.NearFrames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A few connections, and what a recipe lets them do. */
final class Visitors implements AutoCloseable {
    private static final Pattern SESSION = Pattern.compile("\"sid\":\"([^\"]+)\"");
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");
    private static final String[] PATHS = {
        "/socket.io/?EIO=4&transport=websocket",
        "/raw",
        "/engine/?EIO=4&transport=websocket",
        "/socket.io/?EIO=3&transport=websocket",
        "/socket.io/?EIO=4&transport=websocket&sid=",
        "/socket.io",
        "/nowhere",
        "/route",
        "/socket.io/?EIO=%ff&transport=websocket"
    };
    private static final String[] EXTRAS = {
        "",
        "",
        "Origin: https://example.org\r\n",
        "Origin: https://foreign.example\r\n",
        "Sec-WebSocket-Protocol: chat\r\n",
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n",
        "Content-Length: 5\r\n"
    };
    private static final String[] PACKETS = {
        "40", "41", "2probe", "5", "3", "1", "6", "2", "4", "", "7", "40/n,", "41/n,", "42[\"a\"]"
    };
    private static final String[] ADDRESSES = {
        "/route", "/files/", "/files/..%2fpom.xml", "/healthz", "*", "/raw", "/socket.io/?EIO=4"
    };

    private final int port;
    private final @Nullable Wire[] wires = new Wire[3];
    private String session = "none";

    Visitors(int port) {
        this.port = port;
    }

    void step(Recipe recipe) throws IOException {
        int choice = recipe.next();
        int slot = choice / 16 % wires.length;
        Wire wire = wires[slot];
        if (wire == null) {
            wire = new Wire(port);
            wires[slot] = wire;
        }
        switch (choice % 16) {
            case 0 -> wire.write(recipe.bytes(80));
            case 1 -> wire.write(NearRequests.make(new Recipe(recipe.bytes(200))));
            case 2 -> wire.write(request("GET", recipe.of(ADDRESSES), recipe.of(EXTRAS), new byte[0]));
            case 3 -> handshake(wire, recipe.chance(4) ? "/engine/" : "/socket.io/");
            case 4 -> wire.write(request("GET", poll(recipe), recipe.of(EXTRAS), new byte[0]));
            case 5 -> wire.write(request("POST", poll(recipe), recipe.of(EXTRAS), payload(recipe)));
            case 6, 7 -> wire.write(upgrade(path(recipe), recipe.of(EXTRAS)));
            case 8 -> wire.write(NearFrames.make(new Recipe(recipe.bytes(200))));
            case 9 -> wire.message(Message.text(recipe.of(PACKETS)));
            case 10, 11 -> packets(wire, recipe);
            case 12 -> wire.take();
            case 13 -> wire.halfClose();
            case 14 -> end(slot, recipe);
            default -> event(wire, recipe);
        }
    }

    private void end(int slot, Recipe recipe) throws IOException {
        Wire wire = wires[slot];
        wires[slot] = null;
        if (wire != null && recipe.chance(2)) {
            wire.reset();
        } else if (wire != null) {
            wire.close();
        }
    }

    private void packets(Wire wire, Recipe recipe) {
        for (Message message : NearPackets.make(new Recipe(recipe.bytes(100)))) {
            wire.message(message instanceof Message.Text text ? Message.text("4" + text.text()) : message);
        }
    }

    private static void event(Wire wire, Recipe recipe) {
        String name = recipe.of("simple", "nested", "shape", "shapes", "bound", "many", "lists", "bytes");
        String arguments = recipe.text(120);
        wire.message(Message.text("421[\"" + name + "\"" + (arguments.isEmpty() ? "" : "," + arguments) + "]"));
    }

    /** Opens a polling session, if the connection is still good for that. */
    private void handshake(Wire wire, String path) throws IOException {
        try (Wire own = new Wire(port)) {
            own.write(request("GET", path + "?EIO=4&transport=polling", "", new byte[0]));
            Matcher length = LENGTH.matcher(own.head());
            Matcher found = SESSION.matcher(length.find() ? own.text(Integer.parseInt(length.group(1))) : "");
            session = found.find() ? found.group(1) : session;
        }
        wire.write(request("POST", path + "?EIO=4&transport=polling&sid=" + session, "", new byte[] {'4', '0'}));
    }

    private String poll(Recipe recipe) {
        return recipe.of("/socket.io/", "/socket.io/", "/engine/") + "?EIO=4&transport=polling&sid="
                + (recipe.chance(8) ? "wrong" : session);
    }

    private String path(Recipe recipe) {
        String path = recipe.of(PATHS);
        return path.endsWith("sid=") ? path + session : path;
    }

    private static byte[] payload(Recipe recipe) {
        if (recipe.chance(4)) {
            return recipe.bytes(80);
        }
        List<String> packets = new ArrayList<>();
        for (Message message : NearPackets.make(new Recipe(recipe.bytes(60)))) {
            packets.add(
                    message instanceof Message.Text text
                            ? "4" + text.text()
                            : "b" + message.bytes().base64());
        }
        return Bytes.utf8(String.join("\u001e", packets)).toByteArray();
    }

    private static byte[] request(String method, String target, String extra, byte[] body) {
        String head = method + " " + target + " HTTP/1.1\r\nHost: a\r\n" + extra
                + (body.length == 0 ? "" : "Content-Length: " + body.length + "\r\n") + "\r\n";
        byte[] start = Bytes.utf8(head).toByteArray();
        byte[] all = java.util.Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }

    static String upgrade(String target, String extra) {
        return "GET " + target + " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" + extra + "\r\n";
    }

    @Override
    public void close() throws IOException {
        for (Wire wire : wires) {
            if (wire != null) {
                wire.close();
            }
        }
    }
}
