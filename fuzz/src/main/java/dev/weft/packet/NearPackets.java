package dev.weft.packet;

import dev.weft.Message;
import dev.weft.fuzz.Recipe;
import java.util.ArrayList;
import java.util.List;

/** Packets as a client sends them, but for what the recipe spoils. */
public final class NearPackets {
    private static final String[] NAMES = {
        "\"a\"", "\"record\"", "\"connect\"", "\"disconnect\"", "1", "\"\\u0061\"", "null", "{}", "\"\""
    };
    private static final String[] NAMESPACES = {"", "/,", "/n,", "/n?q=1,", "/\u0001,", "/a/b,", "/n"};
    private static final String[] VALUES = {
        "0",
        "-1",
        "1e400",
        "\"x\"",
        "null",
        "true",
        "[]",
        "{}",
        "1.5",
        "\"\\ud800\"",
        "{\"a\":[1,2]}",
        "{\"_placeholder\":true}",
        "{\"_placeholder\":true,\"num\":-1}",
        "{\"_placeholder\":true,\"num\":99999999999}",
        "{\"_placeholder\":true,\"num\":\"0\"}",
        "{\"_placeholder\":true,\"num\":0,\"x\":1}",
        "{\"_placeholder\":false,\"num\":0}",
        "{\"num\":0,\"_placeholder\":true}"
    };

    private NearPackets() {}

    /** Returns the messages of a conversation. */
    public static List<Message> make(Recipe recipe) {
        List<Message> messages = new ArrayList<>();
        do {
            int binary = recipe.chance(2) ? recipe.below(6) : -1;
            messages.add(Message.text(text(recipe, binary)));
            int sent = recipe.chance(12) ? recipe.below(6) : binary;
            for (int i = 0; i < sent; i++) {
                messages.add(Message.binary(recipe.bytes(60)));
            }
        } while (recipe.more() && messages.size() < 40);
        return messages;
    }

    private static String text(Recipe recipe, int binary) {
        String namespace = recipe.chance(3) ? recipe.of(NAMESPACES) : "";
        String id = recipe.chance(2) ? recipe.of("0", "7", "9007199254740991", "9007199254740992", "00", "-1") : "";
        String type = binary < 0 ? recipe.of("2", "2", "3", "0", "1", "4", "7", "") : recipe.of("5", "6", "2", "0");
        String count =
                recipe.chance(12) ? recipe.of("4294967297-", "-", "99-", "-1-", "1") : binary < 0 ? "" : binary + "-";
        return type + count + namespace + id + payload(recipe, type, binary);
    }

    private static String payload(Recipe recipe, String type, int binary) {
        if (recipe.chance(12)) {
            return recipe.text(40);
        }
        if (type.equals("0") || type.equals("1")) {
            return recipe.of("", "{}", "{\"token\":\"x\"}", "[]");
        }
        List<String> elements = new ArrayList<>();
        if (!type.equals("3") && !type.equals("6")) {
            elements.add(recipe.chance(3) ? recipe.of(NAMES) : "\"a\"");
        }
        for (int i = 0; i < binary; i++) {
            int number = recipe.chance(12) ? recipe.below(8) : i;
            String placeholder = "{\"_placeholder\":true,\"num\":" + number + "}";
            elements.add(recipe.chance(3) ? "{\"deep\":[" + placeholder + "]}" : placeholder);
        }
        for (int more = recipe.below(4); more > 0; more--) {
            elements.add(recipe.of(VALUES));
        }
        return "[" + String.join(recipe.chance(8) ? " , " : ",", elements) + "]";
    }
}
