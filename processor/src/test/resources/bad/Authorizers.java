package com.acme.bad;

import dev.weft.*;
import dev.weft.annotation.*;
import java.util.*;

@Endpoint("/a")
@Authorize(String.class)
class NoAuthorizer {}

@Endpoint("/b")
@Authorize(Strings.class)
class StringPrincipal {}

class Strings implements Authorizer<String> {
    public String authorize(Handshake handshake) {
        return "";
    }
}

@Endpoint("/c")
@Authorize(Closed.class)
class ClosedAuthorizer {}

class Closed implements Authorizer<Player> {
    private Closed() {}

    public Player authorize(Handshake handshake) {
        return new Player("");
    }
}

@Endpoint("/d")
@Authorize(GameAuth.class)
class GameHandlers {
    @OnMessage("join")
    void join(User user) {}

    @OnMessage("leave")
    void leave(Person person) {}

    @OnConnect
    void hello(User user) {}

    @OnDisconnect
    void bye(int code) {}
}

class User {}

interface Person {}

record Player(String name) implements Person {}

class GameAuth implements Authorizer<Player> {
    public Player authorize(Handshake handshake) {
        return new Player("");
    }
}

@Endpoint("/e")
@Authorize(int.class)
class PrimitiveAuthorizer {}

@Endpoint("/f")
@Authorize(String[].class)
class ArrayAuthorizer {}

@Endpoint("/g")
@Authorize(Vault.Guard.class)
class Vault {
    @OnConnect
    void hello(Secret secret) {}

    @OnMessage("open")
    void open(Secret secret, Namespace namespace) {}

    private record Secret() {}

    static class Guard implements Authorizer<Secret> {
        public Secret authorize(Handshake handshake) {
            return new Secret();
        }
    }
}
