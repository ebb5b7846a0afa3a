package dev.weft.packet;

import dev.weft.Ack;
import dev.weft.Arguments;
import dev.weft.Event;
import dev.weft.Problem;
import dev.weft.json.JsonMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** An event from a decoded packet; notes what it is answered with. */
final class TakenEvent implements Event {
    private final Packet.Event packet;
    private final List<@Nullable Object> replies = new ArrayList<>();

    TakenEvent(Packet.Event packet) {
        this.packet = packet;
    }

    List<@Nullable Object> replies() {
        return replies;
    }

    @Override
    public String name() {
        return packet.name();
    }

    @Override
    public Arguments arguments() {
        return packet.arguments(JsonMapper.standard());
    }

    @Override
    public int size() {
        return packet.size();
    }

    @Override
    public boolean wantsAck() {
        return true;
    }

    @Override
    public void reply(@Nullable Object... values) {
        replies.addAll(Arrays.asList(values));
    }

    @Override
    public void replyWhen(CompletionStage<?> stage) {
        throw new AssertionError("these handlers answer at once");
    }

    @Override
    public void fail(Problem problem) {
        throw new AssertionError("generated code throws, it fails no events");
    }

    @Override
    public <T> Ack<T> ack() {
        throw new AssertionError("these handlers answer at once");
    }
}
