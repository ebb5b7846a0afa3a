package dev.weft.conformance.client;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.json.JSONArray;
import org.json.JSONObject;

/** Values of the official Java client as plain maps and lists, which have an equality. */
final class PlainJson {
    private PlainJson() {}

    static List<Object> list(Object... values) {
        List<Object> plain = new ArrayList<>();
        for (Object value : values) {
            plain.add(of(value));
        }
        return plain;
    }

    private static Object of(Object value) {
        return switch (value) {
            case JSONObject object -> map(object);
            case JSONArray array -> array(array);
            case null -> null;
            default -> value == JSONObject.NULL ? null : value;
        };
    }

    private static Map<String, Object> map(JSONObject object) {
        Map<String, Object> plain = new LinkedHashMap<>();
        for (Iterator<?> names = object.keys(); names.hasNext(); ) {
            String name = (String) names.next();
            plain.put(name, of(object.opt(name)));
        }
        return plain;
    }

    private static List<Object> array(JSONArray array) {
        List<Object> plain = new ArrayList<>();
        for (int i = 0; i < array.length(); i++) {
            plain.add(of(array.opt(i)));
        }
        return plain;
    }
}
