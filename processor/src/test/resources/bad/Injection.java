package com.acme.bad;

import dev.weft.*;
import dev.weft.annotation.*;
import jakarta.inject.*;

@Qualifier
@interface Fast {}

class Rooms {}

abstract class Shared {
    @Inject
    Rooms rooms;
}

@Endpoint("/fields")
class Fields extends Shared {
    @Inject
    Rooms r;

    @Inject
    void setRooms(Rooms rooms) {}
}

@Endpoint("/more-fields")
class MoreFields extends Shared {}

@Endpoint("/qualified")
@Authorize(Guard.class)
class Qualified {
    @Inject
    Qualified(@Fast Rooms rooms, @Named("slow") Rooms others) {}
}

class Guard implements Authorizer<Guard> {
    @Inject
    Rooms rooms;

    public Guard authorize(Handshake handshake) {
        return this;
    }
}

@Endpoint("/guarded")
class Guarded {
    Guarded(Guard guard) {}
}
