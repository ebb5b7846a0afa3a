package dev.weft.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamContext;

/** Where a value is, counted from the list of arguments: {@code $[0].players[3].name}. */
final class ValuePath {
    private static final int SHOWN_NAME = 64;

    private final StringBuilder text = new StringBuilder("$");
    private final int skipped;

    /**
     * Creates the path of the whole payload.
     *
     * @param skipped how many elements of the outermost array do not count
     */
    ValuePath(int skipped) {
        this.skipped = skipped;
    }

    /** Goes to where {@code context} stands. */
    ValuePath to(@Nullable TokenStreamContext context) {
        if (context == null || context.inRoot()) {
            return this;
        }
        to(context.getParent());
        if (context.inArray() && context.hasCurrentIndex()) {
            return index(context, context.getCurrentIndex());
        }
        return context.inObject() && context.hasCurrentName() ? member(context.currentName()) : this;
    }

    /** Goes to the element after the last one of {@code array}. */
    ValuePath after(TokenStreamContext array) {
        return to(array.getParent()).index(array, array.getCurrentIndex() + 1);
    }

    /** Goes down the path that data binding went. */
    ValuePath down(JacksonException failure) {
        for (JacksonException.Reference step : failure.getPath()) {
            if (step.getPropertyName() != null) {
                member(step.getPropertyName());
            } else {
                text.append('[').append(step.getIndex()).append(']');
            }
        }
        return this;
    }

    /** Goes to a member. */
    ValuePath member(String name) {
        String shown = name.length() > SHOWN_NAME ? name.substring(0, SHOWN_NAME) + "…" : name;
        if (!shown.isEmpty() && shown.chars().allMatch(Character::isJavaIdentifierPart)) {
            text.append('.').append(shown);
        } else {
            text.append("['").append(shown).append("']");
        }
        return this;
    }

    private ValuePath index(TokenStreamContext array, int index) {
        boolean outermost = array.getNestingDepth() == 1;
        text.append('[').append(outermost ? index - skipped : index).append(']');
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
