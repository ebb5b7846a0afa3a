package com.acme.bad;

import dev.weft.*;
import dev.weft.annotation.*;
import java.util.*;

@Endpoint("lobby/{id}")
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
