package dev.weft.conformance.proxy;

import dev.weft.conformance.client.Clients;
import dev.weft.conformance.client.Prerequisite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A proxy with one of its documented configurations. */
enum Kind {
    NGINX("nginx", "-v", "nginx.conf") {
        @Override
        Configuration change(Configuration shown, Ports ports) {
            return shown.with("listen 80;", "listen 127.0.0.1:" + ports.plain() + ";")
                    .with("listen 443 ssl;", "listen 127.0.0.1:" + ports.tls() + " ssl;")
                    .with("127.0.0.1:8080", "127.0.0.1:" + ports.server())
                    .with("/etc/ssl/example.org/fullchain.pem", Certificate.SHARED.chain())
                    .with("/etc/ssl/example.org/privkey.pem", Certificate.SHARED.key());
        }

        // The site of the documentation within a main file that keeps everything in the folder.
        @Override
        List<String> command(Path folder, Configuration site) throws IOException {
            Files.writeString(folder.resolve("weft.conf"), site.text());
            Path main = folder.resolve("nginx.conf");
            Files.writeString(main, MAIN.replace("FOLDER", folder.toString()));
            return List.of(program(), "-p", folder.toString(), "-e", "stderr", "-c", main.toString());
        }
    },
    HAPROXY("haproxy", "-v", "haproxy.cfg"),
    /** Forwards TCP and leaves TLS to the server; its only port is the one for TLS. */
    HAPROXY_TCP("haproxy", "-v", "haproxy-tcp.cfg") {
        @Override
        Configuration change(Configuration shown, Ports ports) {
            return shown.with("bind :443", "bind 127.0.0.1:" + ports.tls())
                    .with("127.0.0.1:8443", "127.0.0.1:" + ports.server());
        }
    };

    /** One process in the foreground. */
    private static final String MAIN = """
        daemon off;
        master_process off;
        pid FOLDER/nginx.pid;
        error_log stderr error;
        events { worker_connections 512; }
        http {
            access_log off;
            client_body_temp_path FOLDER/body;
            proxy_temp_path FOLDER/proxy;
            fastcgi_temp_path FOLDER/fastcgi;
            uwsgi_temp_path FOLDER/uwsgi;
            scgi_temp_path FOLDER/scgi;
            include FOLDER/weft.conf;
        }
        """;

    private final String name;
    private final String probe;
    private final String file;

    Kind(String name, String probe, String file) {
        this.name = name;
        this.probe = probe;
        this.file = file;
    }

    /** Returns the documented configuration with the ports and the certificate of a test. */
    Configuration configuration(Ports ports) {
        return change(Configuration.documented(file), ports);
    }

    Configuration change(Configuration shown, Ports ports) {
        return shown.with("bind :80", "bind 127.0.0.1:" + ports.plain())
                .with("bind :443", "bind 127.0.0.1:" + ports.tls())
                .with("127.0.0.1:8080", "127.0.0.1:" + ports.server())
                .with("/etc/haproxy/example.org.pem", Certificate.SHARED.chainAndKey());
    }

    /** Returns what runs the proxy in the foreground with {@code configuration}. */
    List<String> command(Path folder, Configuration configuration) throws IOException {
        Path main = folder.resolve("haproxy.cfg");
        Files.writeString(main, configuration.text());
        return List.of(program(), "-db", "-f", main.toString());
    }

    /** Returns the program's file; Debian keeps it where the path of an ordinary user does not lead. */
    String program() {
        List<String> found = Stream.of(name, "/usr/sbin/" + name)
                .filter(program -> Clients.works(List.of(program, probe)))
                .toList();
        Prerequisite.require(
                !found.isEmpty(), name + " is needed to test servers behind it: install the package " + name);
        return found.getFirst();
    }

    /** Where a proxy listens, and where the server behind it does. */
    record Ports(int plain, int tls, int server) {}
}
