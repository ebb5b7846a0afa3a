package com.acme.bad;

import dev.weft.*;
import dev.weft.annotation.*;
import java.util.*;

@Endpoint("lobby")
class Lobby {}

@Endpoint("")
class Nothing {}

@Endpoint("/a,b")
class Comma {}

@WebSocketEndpoint("echo")
class Echo {}

@WebSocketEndpoint("/echo?x")
class Query {}

@WebSocketEndpoint("/same")
class First {}

@WebSocketEndpoint("/same")
class Second {}

@Endpoint("/both")
@WebSocketEndpoint("/both")
class Both {}

@Endpoint("/lobby/{id}")
class Pattern {}

@Endpoint("/a\nb")
class NewLine {}

@Endpoint("/a\u0000b\u00a0c")
class Control {}

@Endpoint("/100%")
class Percent {}

@WebSocketEndpoint("/100%25")
class EncodedPath {}

@WebSocketEndpoint("/feed/{id}")
class PathPattern {}

@WebSocketEndpoint(
        value = "/protocols",
        subprotocols = {"chat.v1", "chat v2", "größe", ""})
class Subprotocols {}

@WebSocketEndpoint(value = "/protocol", subprotocols = "a,b")
class OneSubprotocol {}
