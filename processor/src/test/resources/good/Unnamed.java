import dev.weft.annotation.Endpoint;
import dev.weft.annotation.OnMessage;

@Endpoint("/unnamed")
class Unnamed {
    @OnMessage("ping")
    String ping(Ping ping) {
        return ping.text();
    }

    record Ping(String text) {}
}
