package com.acme.bad;

import dev.weft.*;
import dev.weft.annotation.*;
import java.util.*;

import java.io.IOException;

@Endpoint("/failures")
class Failures {
    @OnError
    void first(IOException e) {}

    @OnError
    Problem second(IOException e) {
        return new Problem("IO", "no");
    }

    @OnError
    void nothing(Socket socket) {}

    @OnError
    void both(IllegalStateException a, IllegalArgumentException b) {}

    @OnError
    void full(Full e) {}

    private static class Full extends Exception {
        private static final long serialVersionUID = 1L;
    }

    @OnError
    String text(RuntimeException e) {
        return "";
    }
}
