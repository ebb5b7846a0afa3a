package com.acme.bad;

import dev.weft.*;
import dev.weft.annotation.*;
import java.util.*;

@Endpoint("/taken")
class Taken {}

class TakenDispatcher {}
