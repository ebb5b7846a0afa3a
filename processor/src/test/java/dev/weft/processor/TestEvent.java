package dev.weft.processor;

import dev.weft.Ack;
import dev.weft.Arguments;
import dev.weft.Event;
import dev.weft.Problem;
import dev.weft.bytes.Bytes;
import dev.weft.json.JsonMapper;
import dev.weft.json.ValueReader;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** An event as it comes from the wire; writes its replies down. */
final class TestEvent implements Event, Arguments {
    final List<@Nullable Object> replies = new ArrayList<>();
    private final String name;
    private final String json;
    private final List<Bytes> attachments;
    private boolean replied;

    TestEvent(String name, String json, Bytes... attachments) {
        this.name = name;
        this.json = json;
        this.attachments = List.of(attachments);
        JsonMapper.standard().check(Bytes.utf8(json), attachments.length);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Arguments arguments() {
        return this;
    }

    @Override
    public ValueReader reader() {
        ValueReader reader = JsonMapper.standard().reader(Bytes.utf8(json), attachments);
        reader.beginArray();
        return reader;
    }

    @Override
    public int size() {
        return json.length() + attachments.stream().mapToInt(Bytes::size).sum();
    }

    @Override
    public boolean wantsAck() {
        return true;
    }

    @Override
    public void reply(@Nullable Object... values) {
        replied = true;
        replies.addAll(Arrays.asList(values));
    }

    @Override
    public void replyWhen(CompletionStage<?> stage) {
        stage.whenComplete((value, failure) -> {
            if (!replied) { // as the server does
                replies.add("when " + (failure == null ? value : failure.getCause()));
            }
        });
    }

    @Override
    public void fail(Problem problem) {
        throw new AssertionError("generated code throws, it does not fail events: " + problem);
    }

    @Override
    public <T> Ack<T> ack() {
        return new Ack<>() {
            @Override
            public void send(@Nullable T value) {
                replies.add("ack " + value);
            }

            @Override
            public void fail(Problem problem) {
                replies.add(problem);
            }

            @Override
            public boolean wanted() {
                return true;
            }
        };
    }

    @Override
    public <T> T get(int index, Class<T> type) {
        throw new AssertionError("generated code reads front to back");
    }

    @Override
    public Object get(int index, Type type) {
        throw new AssertionError("generated code reads front to back");
    }

    @Override
    public @Nullable Object get(int index) {
        throw new AssertionError("generated code reads front to back");
    }

    @Override
    public List<@Nullable Object> toList() {
        throw new AssertionError("generated code reads front to back");
    }
}
