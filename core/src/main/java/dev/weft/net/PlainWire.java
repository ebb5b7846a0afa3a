package dev.weft.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** Bytes as they are. */
final class PlainWire implements Wire {
    private final Socket tcp;
    private final InputStream input;
    private final OutputStream output;

    PlainWire(Socket tcp, OutputStream output) throws IOException {
        this.tcp = tcp;
        this.output = output;
        input = tcp.getInputStream();
    }

    @Override
    public boolean open() {
        return true;
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public void endOutput() throws IOException {
        tcp.shutdownOutput();
    }

    @Override
    public boolean secure() {
        return false;
    }
}
