package com.acme.bad;

import dev.weft.*;
import dev.weft.annotation.*;
import java.util.*;

class Strays {
    @OnMessage("x")
    @MaxSize(10)
    void lost(Map<String, List<Integer>> counts) {}

    @MaxSize(10)
    void small() {}
}

@Authorize(Nobody.class)
class Unguarded {}

class Nobody implements Authorizer<Nobody> {
    public Nobody authorize(Handshake handshake) {
        return this;
    }
}

@WebSocketEndpoint("/raw")
@Authorize(Nobody.class)
class Raw {
    @OnMessage
    void text(String text) {}
}

@Endpoint
class Greeting {
    @OnConnect
    @MaxSize(10)
    void hello() {}

    @OnMessage("nothing")
    @MaxSize(0)
    void nothing() {}
}

interface Face {
    @OnMessage("face")
    void face();
}
