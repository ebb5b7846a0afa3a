package dev.weft.demo.game.world;

/**
 * A world painted by hand: {@code A} is cloth of shuttle 1, {@code a} its open thread, {@code B} and {@code b} those of
 * shuttle 2, {@code .} is bare. Bare rows follow below until the world is large enough.
 */
final class Scene {
    private static final int SMALLEST = 10;

    final World world;
    private final int height;

    Scene(int shuttles, String... rows) {
        world = new World(rows[0].length(), Math.max(SMALLEST, rows.length), 1);
        height = rows.length;
        for (int i = 0; i < shuttles; i++) {
            world.add();
        }
        for (int cell = 0; cell < world.cloth().size(); cell++) {
            paint(cell, '.');
        }
        world.shuttles().forEach(shuttle -> shuttle.area = 0);
        for (int y = 0; y < rows.length; y++) {
            for (int x = 0; x < rows[y].length(); x++) {
                paint(world.cloth().index(x, y), rows[y].charAt(x));
            }
        }
    }

    Shuttle place(int id, int x, int y, Direction dir) {
        Shuttle shuttle = shuttle(id);
        shuttle.flight = new Flight(x, y, dir);
        return shuttle;
    }

    Shuttle shuttle(int id) {
        Shuttle shuttle = world.shuttle(id);
        if (shuttle == null) {
            throw new AssertionError("no shuttle " + id);
        }
        return shuttle;
    }

    void steps(int count) {
        for (int i = 0; i < count; i++) {
            world.step();
        }
    }

    /** Returns the picture as it is now. */
    String[] rows() {
        Cloth cloth = world.cloth();
        String[] rows = new String[height];
        for (int y = 0; y < rows.length; y++) {
            StringBuilder row = new StringBuilder();
            for (int x = 0; x < cloth.width(); x++) {
                row.append(letter(cloth.index(x, y)));
            }
            rows[y] = row.toString();
        }
        return rows;
    }

    private char letter(int cell) {
        int thread = world.cloth().threadOwner(cell);
        int owner = world.cloth().owner(cell);
        return thread > 0 ? (char) ('a' + thread - 1) : owner > 0 ? (char) ('A' + owner - 1) : '.';
    }

    private void paint(int cell, char letter) {
        world.cloth().owners[cell] = 0;
        world.cloth().threads[cell] = 0;
        if (Character.isUpperCase(letter)) {
            int id = letter - 'A' + 1;
            world.cloth().owners[cell] = (byte) id;
            shuttle(id).area++;
        } else if (Character.isLowerCase(letter)) {
            int id = letter - 'a' + 1;
            world.cloth().threads[cell] = (byte) id;
            shuttle(id).thread.set(cell);
        }
    }
}
