import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Brings the stock Socket.IO client to the page: {@code npm ci} unless it is up to date, then a copy. A single-file program,
 * since it runs before anything is compiled. Arguments: the folder of package.json, the folder to copy to.
 */
final class SocketIoClient {
    private static final String DIST = "node_modules/socket.io-client/dist/socket.io.min.js";

    private SocketIoClient() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path module = Path.of(args[0]);
        Path vendor = Path.of(args[1]);
        if (!upToDate(module)) {
            install(module);
        }
        Path copy = vendor.resolve("socket.io.min.js");
        if (!Files.exists(copy) || Files.mismatch(module.resolve(DIST), copy) >= 0) {
            Files.createDirectories(vendor);
            Files.copy(module.resolve(DIST), copy, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** npm writes its hidden lock file last. */
    private static boolean upToDate(Path module) throws IOException {
        Path installed = module.resolve("node_modules/.package-lock.json");
        Path wanted = module.resolve("package-lock.json");
        return Files.exists(module.resolve(DIST))
                && Files.exists(installed)
                && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) >= 0;
    }

    private static void install(Path module) throws IOException, InterruptedException {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        Path log = Files.createTempFile("npm", ".log");
        try {
            Process npm = new ProcessBuilder(
                            List.of(windows ? "npm.cmd" : "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"))
                    .directory(module.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (npm.waitFor() != 0) {
                fail("npm ci failed in " + module + ":\n" + Files.readString(log));
            }
        } catch (IOException e) {
            fail("Node.js and npm are needed to fetch the stock socket.io-client, but npm could not be started;"
                    + " install them and run Maven again.");
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private static void fail(String message) {
        System.err.println(message);
        System.exit(1);
    }
}
