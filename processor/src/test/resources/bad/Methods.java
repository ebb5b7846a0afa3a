package com.acme.bad;

import dev.weft.*;
import dev.weft.annotation.*;
import java.util.*;

@Endpoint("/methods")
class Methods {
    @OnMessage("d")
    private void d() {}

    @OnMessage("s")
    static void s() {}

    @OnMessage("b")
    <T> void b(T value) {}

    @OnMessage("k")
    synchronized void k() {}

    @OnConnect
    @OnMessage("two")
    void two() {}

    @OnMessage("why")
    @OnError
    void twoAgain(Exception e) {}

    @OnMessage("why")
    void why(DisconnectReason reason) {}

    @OnMessage("failure")
    void failure(Exception failure) {}

    @OnConnect
    String hello(Event event) {
        return "";
    }

    @OnDisconnect
    void bye(Ack<String> ack) {}

    @OnAny
    int any(Event event) {
        return 1;
    }
}

abstract class Closed<T> {
    @OnMessage("closed")
    private void closed(T value) {}

    @OnMessage("locked")
    synchronized void locked() {}
}

@Endpoint("/closed/text")
class ClosedText extends Closed<String> {}

@Endpoint("/closed/number")
class ClosedNumber extends Closed<Integer> {}
