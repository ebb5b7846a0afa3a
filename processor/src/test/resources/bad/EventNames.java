package com.acme.bad;

import dev.weft.*;
import dev.weft.annotation.*;
import java.util.*;

@Endpoint("/bad")
class EventNames {
    @OnMessage
    void nameless(Socket socket) {}

    @OnMessage("connect")
    void connect(Socket socket) {}

    @OnMessage("connect_error")
    void connectError(Socket socket) {}

    @OnMessage("disconnect")
    void disconnect(Socket socket) {}

    @OnMessage("disconnecting")
    void disconnecting(Socket socket) {}

    @OnMessage("newListener")
    void newListener(Socket socket) {}

    @OnMessage("removeListener")
    void removeListener(Socket socket) {}

    @OnMessage("go")
    void b(Object value) {}

    @OnMessage("go")
    void c(String value) {}
}

@Endpoint("/bad")
class OtherEvents {
    @OnMessage("go")
    void d() {}

    @OnMessage("gone")
    void f() {}
}

@Endpoint("/fine")
class SameNameElsewhere {
    @OnMessage("go")
    void e() {}
}
