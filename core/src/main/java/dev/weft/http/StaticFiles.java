package dev.weft.http;

import dev.weft.Headers;
import dev.weft.HttpRequest;
import dev.weft.HttpResponse;
import dev.weft.bytes.Bytes;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Serves the files of a folder, or of a folder on the class path, below a URL path. Safe for use by many threads.
 *
 * <p>Nothing outside the root can be named: a path is split into segments, and {@code .}, {@code ..}, hidden names,
 * backslashes and colons are refused before any file system sees them; in a folder the real path, symbolic links
 * resolved, must lie within the root too.
 *
 * <p>Meant for the handful of files of an application, not for downloads: a file is read into memory, and one of more than
 * 16 MiB is answered with 500 and a line in the log. One range is served, several are not. Files inside a jar are kept in a cache of at
 * most 16 MiB; others are read anew for each request, so a changed file is seen at once; readers of the same bytes share them.
 */
public final class StaticFiles {
    private static final System.Logger LOG = System.getLogger(StaticFiles.class.getName());
    private static final String CLASS_PATH = "classpath:";
    /**
     * What every file is sent with unless told otherwise: its type is what it says, other sites do not frame it, and they
     * learn of a link no more than the origin.
     */
    public static final Headers SECURITY = Headers.of(
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "SAMEORIGIN",
            "Referrer-Policy",
            "strict-origin-when-cross-origin");

    private static final String METHODS = "GET, HEAD, OPTIONS";
    private static final int ETAG_BYTES = 16;
    private static final int LOADED_AT_ONCE = 4;

    private final String urlPath;
    private final FileSource source;
    private final Headers fields;
    private final FileCache cache = new FileCache();

    /** So few at a time, since each takes a file into memory before it finds out that others have it already. */
    private final Semaphore loading = new Semaphore(LOADED_AT_ONCE);

    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * Serves {@code root} below {@code urlPath}.
     *
     * @param urlPath for example {@code /} or {@code /assets}; compared with the decoded path of requests
     * @param root a folder, or {@code classpath:/} and the name of one on the class path; never the whole class path
     * @throws IllegalArgumentException if {@code urlPath} does not start with a slash, or there is no such folder on disk
     */
    public StaticFiles(String urlPath, String root) {
        this(urlPath, root, SECURITY);
    }

    /** Serves {@code root} below {@code urlPath}; all answers carry {@code fields} too. */
    public StaticFiles(String urlPath, String root, Headers fields) {
        if (!urlPath.startsWith("/")) {
            throw new IllegalArgumentException("expected a path that starts with a slash but was \"" + urlPath + "\"");
        }
        this.urlPath = urlPath.endsWith("/") ? urlPath.substring(0, urlPath.length() - 1) : urlPath;
        this.fields = fields;
        this.source = root.startsWith(CLASS_PATH)
                ? classPath(root.substring(CLASS_PATH.length()))
                : FileSource.Folder.open(root);
    }

    private static FileSource classPath(String folder) {
        FilePath path = FilePath.parse(folder.startsWith("/") ? folder.substring(1) : folder);
        if (path == null || path.segments().isEmpty()) {
            throw new IllegalArgumentException(
                    "expected a folder on the class path, for example classpath:/public, but was \"" + folder + "\"");
        }
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? ClassLoader.getSystemClassLoader() : context;
        String prefix = String.join("/", path.segments()) + "/";
        if (loader.getResource(prefix) == null && loader.getResource(prefix + "index.html") == null) {
            // Not an error: a jar may lack entries for its directories.
            LOG.log(Level.WARNING, "Found no folder {0} on the class path; static files may be missing.", prefix);
        }
        return new FileSource.ClassPath(loader, prefix);
    }

    /**
     * Answers {@code request} if there is a file for it; blocks while it is read. A directory is answered with its
     * {@code index.html}. HEAD is answered as GET is: the body is left out when it is written.
     *
     * @return the file or the range of it that is asked for, 304 if the client has it, 416 for a range behind its end, a redirect to the path with a slash for a directory, 405 for methods
     *     other than GET, HEAD and OPTIONS; null if there is no such file
     */
    public @Nullable HttpResponse get(HttpRequest request) {
        HttpResponse found = find(request);
        return found == null ? null : withFields(found);
    }

    private HttpResponse withFields(HttpResponse response) {
        Headers.Builder all = Headers.builder();
        response.headers().asMap().forEach((name, values) -> values.forEach(value -> all.add(name, value)));
        fields.asMap().forEach((name, values) -> values.forEach(value -> all.add(name, value)));
        return new HttpResponse(response.status(), all.build(), response.body());
    }

    private @Nullable HttpResponse find(HttpRequest request) {
        FilePath path = locate(request.path());
        if (path == null) {
            return null;
        }
        String name = path.file();
        if (exists(name)) {
            return path.directory() && !request.path().endsWith("/") ? redirect(request) : answer(name, request);
        }
        return !path.directory() && exists(path.index()) ? redirect(request) : null;
    }

    private boolean exists(String name) {
        return cache.find(name) != null || source.exists(name);
    }

    private @Nullable HttpResponse answer(String name, HttpRequest request) {
        return switch (request.method()) {
            case "GET", "HEAD" -> serve(name, request);
            case "OPTIONS" -> HttpResponse.of(204).with("Allow", METHODS);
            default ->
                HttpResponse.text(405, "Only GET and HEAD are served here.").with("Allow", METHODS);
        };
    }

    private @Nullable FilePath locate(String path) {
        if (path.equals(urlPath)) {
            return FilePath.parse("");
        }
        return path.startsWith(urlPath + "/") ? FilePath.parse(path.substring(urlPath.length() + 1)) : null;
    }

    /** The target cannot start with two slashes, which would name another host: empty segments are refused before. */
    private static HttpResponse redirect(HttpRequest request) {
        String target = request.target();
        int question = target.indexOf('?');
        String location =
                question < 0 ? target + "/" : target.substring(0, question) + "/" + target.substring(question);
        return HttpResponse.of(301).with("Location", location).with("Cache-Control", "no-cache");
    }

    private @Nullable HttpResponse serve(String name, HttpRequest request) {
        try {
            FileCache.Entry file = load(name);
            return file == null ? null : respond(name, file, request);
        } catch (FileSource.FileTooLargeException e) {
            warn("Static file {0} is larger than {1} bytes and is not served; serve it from elsewhere.", name);
            return HttpResponse.text(500, "This file is too large to be served.");
        } catch (IOException e) {
            warn("Static file {0} cannot be read.", name);
            return HttpResponse.text(500, "This file cannot be read.");
        }
    }

    /** Warns once: how often a file is asked for is up to the peers. */
    private void warn(String message, String name) {
        if (warned.compareAndSet(false, true)) {
            LOG.log(Level.WARNING, message, name, FileSource.LARGEST_FILE);
        }
    }

    private FileCache.@Nullable Entry load(String name) throws IOException {
        FileCache.Entry known = cache.find(name);
        if (known != null) {
            return known;
        }
        loading.acquireUninterruptibly();
        try {
            Bytes content = source.read(name);
            if (content == null) {
                return null;
            }
            FileCache.Entry loaded = cache.shared(new FileCache.Entry(content, etag(content)));
            if (!source.mayChange(name)) {
                cache.keep(name, loaded);
            }
            return loaded;
        } finally {
            loading.release();
        }
    }

    private static HttpResponse respond(String name, FileCache.Entry file, HttpRequest request) {
        Headers.Builder fields = Headers.builder().add("ETag", file.etag()).add("Cache-Control", "no-cache");
        if (matches(request, file.etag())) {
            return new HttpResponse(304, fields.build(), Bytes.EMPTY);
        }
        fields.add("Content-Type", ContentTypes.of(name)).add("Accept-Ranges", "bytes");
        int length = file.content().size();
        ByteRange range = range(request, file);
        if (range == null) {
            return new HttpResponse(200, fields.build(), file.content());
        }
        fields.add("Content-Range", range.of(length));
        return range.isEmpty()
                ? new HttpResponse(416, fields.build(), Bytes.EMPTY)
                : new HttpResponse(206, fields.build(), file.content().slice(range.from(), range.to()));
    }

    /** A range of another version of the file than the client has would not fit (RFC 9110, section 13.1.5). */
    private static @Nullable ByteRange range(HttpRequest request, FileCache.Entry file) {
        String field = request.header("Range");
        if (field == null || !request.method().equals("GET")) {
            return null;
        }
        String version = request.header("If-Range");
        boolean fits = version == null || version.equals(file.etag());
        return fits ? ByteRange.parse(field, file.content().size()) : null;
    }

    /** The weak comparison of RFC 9110, section 13.1.2. */
    private static boolean matches(HttpRequest request, String etag) {
        return request.headers().hasToken("If-None-Match", etag)
                || request.headers().hasToken("If-None-Match", "W/" + etag)
                || request.headers().hasToken("If-None-Match", "*");
    }

    private static String etag(Bytes content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content.asByteBuffer());
            return '"' + HexFormat.of().formatHex(digest.digest(), 0, ETAG_BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
