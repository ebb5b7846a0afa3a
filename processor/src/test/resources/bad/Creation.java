package com.acme.bad;

import dev.weft.*;
import dev.weft.annotation.*;
import java.util.*;

import jakarta.inject.Inject;
import java.io.IOException;

@Endpoint("/abs")
abstract class Abs {}

@Endpoint("/face")
interface Face {}

@Endpoint("/constants")
enum Constants {}

@Endpoint("/generic")
class Generic<T> {}

@Endpoint("/two")
class Two {
    Two() {}

    Two(String text) {}
}

@Endpoint("/both")
class Both {
    @Inject
    Both() {}

    @Inject
    Both(String text) {}
}

@Endpoint("/hidden")
class Hidden {
    private Hidden() {}
}

@Endpoint("/throwing")
class Throwing {
    Throwing() throws IOException {}
}

@Endpoint("/list")
class Lists {
    Lists(List<String> names) {}
}

@Endpoint("/outer")
class Outer {
    @Endpoint("/inner")
    class Inner {}

    @Endpoint("/private")
    private static class Private {}
}

@Endpoint("/hen")
class Hen {
    Hen(Egg egg) {}
}

@Endpoint("/egg")
class Egg {
    Egg(Hen hen) {}
}
