package dev.weft.processor;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Gives every variable or method of one scope a name of its own. */
final class Names {
    private final Set<String> taken;

    /** Creates a scope in which {@code reserved} are taken. */
    Names(String... reserved) {
        taken = new HashSet<>(Arrays.asList(reserved));
    }

    /** Takes {@code wanted}, with a number behind it if it is taken already or a keyword, and returns it. */
    String take(String wanted) {
        String name = wanted;
        for (int i = 2; SourceVersion.isKeyword(name) || name.equals("yield") || !taken.add(name); i++) {
            name = wanted + i;
        }
        return name;
    }

    /** Returns {@code word} with its first letter in lower case. */
    static String lower(String word) {
        return Character.toLowerCase(word.charAt(0)) + word.substring(1);
    }

    /** Returns {@code word} with its first letter in upper case. */
    static String upper(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
