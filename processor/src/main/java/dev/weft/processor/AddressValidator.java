package dev.weft.processor;

import dev.weft.processor.EndpointModel.Kind;
import dev.weft.processor.EndpointModel.Subprotocol;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds what can never match in the address and the subprotocols of a handler class. */
final class AddressValidator {
    private static final Pattern UNREACHABLE =
            Pattern.compile("[,?#\\s\\p{Cntrl}\\p{Z}]+", Pattern.UNICODE_CHARACTER_CLASS);

    /** RFC 9110, section 5.6.2. */
    private static final Pattern NO_TOKEN = Pattern.compile("[^!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private final EndpointModel model;
    private final List<Problem> problems = new ArrayList<>();

    AddressValidator(EndpointModel model) {
        this.model = model;
    }

    List<Problem> validate() {
        checkAddress();
        model.subprotocols().forEach(this::checkSubprotocol);
        return List.copyOf(problems);
    }

    /** Checks for one mistake after the other: the remedy of one may be that of the next. */
    private void checkAddress() {
        String address = model.address().text();
        String what = (model.kind() == Kind.NAMESPACE ? "namespace" : "path") + " \"" + shown(address) + "\"";
        if (address.contains("{") || address.contains("}")) {
            address(what + " has braces, but patterns are not supported yet; write an address without them");
        } else if (UNREACHABLE.matcher(address).find()) {
            address(what + " must have no comma, question mark, hash, space or control character, which end it on the"
                    + " wire; did you mean \"" + rooted(replace(UNREACHABLE, address)) + "\"?");
        } else if (model.kind() == Kind.WEB_SOCKET && address.contains("%")) {
            address(what + " must have no percent sign, since paths are compared decoded; write the character that it"
                    + " stands for");
        } else if (!address.startsWith("/")) {
            address(what + " must start with \"/\"; did you mean \"" + rooted(address) + "\"?");
        }
    }

    private void checkSubprotocol(Subprotocol subprotocol) {
        String name = subprotocol.name();
        if (name.isEmpty()) {
            error(subprotocol.place(), "a subprotocol needs a name; write one, or leave it out");
        } else if (NO_TOKEN.matcher(name).find()) {
            error(
                    subprotocol.place(),
                    "subprotocol \"%s\" is no token, so no client can ask for it; did you mean \"%s\"?"
                            .formatted(shown(name), replace(NO_TOKEN, name)));
        }
    }

    private static String rooted(String address) {
        return address.startsWith("/") ? address : "/" + address;
    }

    private static String replace(Pattern pattern, String text) {
        return pattern.matcher(text.strip()).replaceAll("-");
    }

    /** Returns {@code text} on one line. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(c -> shown.append(Character.isISOControl(c) ? "\\u%04x".formatted(c) : (char) c + ""));
        return shown.toString();
    }

    private void address(String message) {
        error(model.address().place(), message);
    }

    private void error(Place place, String message) {
        problems.add(Problem.error(106, place, message));
    }
}
