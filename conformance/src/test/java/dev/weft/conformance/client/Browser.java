package dev.weft.conformance.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium with a profile of its own, which runs the page of {@code clients/browser}. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path CHROMEDRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration LIMIT = Duration.ofSeconds(100);

    /** Selenium warns of browsers that are newer than itself; kept, or its level would be forgotten. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;

    Browser() throws IOException {
        boolean present = Stream.of(CHROMIUM, CHROMEDRIVER).allMatch(Files::isExecutable);
        Prerequisite.require(
                present, "Chromium and chromedriver are needed in /usr/bin for the stock client in a browser.");
        SELENIUM.setLevel(Level.SEVERE);
        Path profile = Files.createTempDirectory(Path.of("target"), "chromium-").toAbsolutePath();
        ChromeOptions options = new ChromeOptions()
                .setBinary(CHROMIUM.toFile())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--user-data-dir=" + profile);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(CHROMEDRIVER.toFile())
                        .build(),
                options);
    }

    /** Opens {@code page} and returns the lines it has printed when it is done. */
    List<String> run(String page) {
        driver.get(page);
        new WebDriverWait(driver, LIMIT).until(loaded -> text().contains("DONE"));
        return text().lines().filter(line -> !line.equals("DONE")).toList();
    }

    private String text() {
        return driver.findElement(By.id("lines")).getText();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
