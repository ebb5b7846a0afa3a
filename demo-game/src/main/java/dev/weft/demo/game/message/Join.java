package dev.weft.demo.game.message;

import dev.weft.Problem;
import java.util.regex.Pattern;

/**
 * A player asks for a seat.
 *
 * @param arena where: 1 to 20 lower-case letters, digits and hyphens; made if it does not exist
 * @param name how the player wants to be called: 1 to 16 characters
 */
public record Join(String arena, String name) {
    private static final Pattern ARENA = Pattern.compile("[a-z0-9-]{1,20}");
    private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,16}");

    /**
     * Returns this with spaces around the name taken away.
     *
     * @throws dev.weft.ProblemException if arena or name is not as it should be
     */
    public Join checked() {
        if (!ARENA.matcher(arena).matches()) {
            throw new Problem(
                            Problem.BAD_REQUEST, "An arena is called by 1 to 20 lower-case letters, digits or hyphens.")
                    .asException();
        }
        if (!NAME.matcher(name.strip()).matches()) {
            throw new Problem(Problem.BAD_REQUEST, "A name has 1 to 16 characters.").asException();
        }
        return new Join(arena, name.strip());
    }
}
