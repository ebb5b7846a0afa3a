package com.acme.echo;

import dev.weft.Message;
import dev.weft.annotation.OnMessage;
import dev.weft.annotation.WebSocketEndpoint;
import java.nio.ByteBuffer;

@WebSocketEndpoint("/relay")
class Relay {
    @OnMessage
    ByteBuffer message(Message message) {
        return message.bytes().asByteBuffer();
    }
}
