package com.acme.bad;

import dev.weft.*;
import dev.weft.annotation.*;

abstract class AbstractBase<T> {
    @OnMessage("x")
    abstract void x(T value);

    @OnMessage("kept")
    abstract void kept();
}

@Endpoint("/abstract")
class OfAbstract extends AbstractBase<String> {
    @Override
    void x(String value) {}

    @Override
    @OnMessage("other")
    void kept() {}
}

@Endpoint("/concrete")
class Concrete {
    @OnMessage("go")
    void go() {}

    @OnDisconnect
    void bye(Socket socket) {}
}

@Endpoint("/of-concrete")
class OfConcrete extends Concrete {
    @Override
    void go() {}

    @Override
    void bye(Socket socket) {}
}

@Endpoint("/of-of-concrete")
class Again extends OfConcrete {
    @Override
    @OnMessage("go")
    void go() {}
}
