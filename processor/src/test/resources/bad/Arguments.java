package com.acme.bad;

import dev.weft.*;
import dev.weft.annotation.*;
import java.util.*;

import dev.weft.annotation.Json;
import java.util.concurrent.CompletableFuture;

@Endpoint("/arguments")
class Arguments {
    @OnMessage("keys")
    void keys(Socket socket, Map<Move, String> keys) {}

    @OnMessage("raw")
    void raw(String first, List second) {}

    @OnMessage("array")
    void array(int[] numbers) {}

    @OnMessage("date")
    void date(Optional<List<Date>> dates) {}

    @OnMessage("box")
    void box(Box<String> box) {}

    @OnMessage("hidden")
    void hidden(Hidden hidden) {}

    @OnMessage("shape")
    void shape(Shape shape) {}

    @OnMessage("twin")
    void twin(Twin twin) {}

    @OnMessage("door")
    void door(Door door) {}

    @OnMessage("move")
    void move(Move move) {}

    @OnMessage("again")
    void again(List<Move> moves) {}

    @OnMessage("c")
    void c(Optional<String> first, int second) {}

    @OnMessage("ack")
    String ack(Ack<String> ack) {
        return "";
    }

    @OnMessage("acks")
    void acks(Ack<String> one, Ack<String> two) {}

    @OnMessage("tagged")
    void tagged(Tagged tagged) {}

    @OnMessage("again tagged")
    void againTagged(List<Tagged> tagged, Shape shape) {}

    @OnMessage("wildcards")
    void wildcards(List<? extends Box<?>> boxes, Map<String, ?> any, Optional<? super Move> move) {}

    @OnMessage("framework")
    void framework(dev.weft.Arguments arguments, Namespace namespace, HttpRequest request, Problem problem) {}

    @OnMessage("inner")
    void inner(Closed.Inner.Open open) {}

    @OnMessage("fine")
    CompletableFuture<String> fine(@Json Map<Move, Date> everything) {
        return new CompletableFuture<>();
    }

    sealed interface Tagged permits One, Other {}

    record One(int value, String type) implements Tagged {}

    record Other(String kind) implements Tagged {}

    private static class Closed {
        private static class Inner {
            record Open() {}
        }
    }

    private record Hidden() {}

    record Box<T>(T value) {}

    record Move(int seq, Calendar when, Thread thread) {}

    sealed interface Shape permits Circle, Line {}

    record Circle() implements Shape {}

    static final class Line implements Shape {}

    sealed interface Twin permits A.Point, B.Point {}

    sealed interface Door permits Key {}

    private record Key() implements Door {}

    static class A {
        record Point() implements Twin {}
    }

    static class B {
        record Point() implements Twin {}
    }
}

@Endpoint("/elsewhere")
class SameMistakes {
    @OnMessage("shape")
    void shape(Arguments.Shape shape) {}

    @OnMessage("tagged")
    void tagged(Arguments.Tagged tagged) {}
}
