package dev.weft.demo.game;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/** A browser of its own that shows the game, and the hands of a player. */
final class Page implements AutoCloseable {
    /** Selenium warns of browsers that are newer than itself; kept, or its level would be forgotten. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;
    private final Path profile;

    Page(int port) throws IOException {
        Path chromium =
                Tools.program("Chromium", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
        Path chromedriver = Tools.program("chromedriver", "/usr/bin/chromedriver", "/usr/local/bin/chromedriver");
        SELENIUM.setLevel(Level.SEVERE);
        profile = Files.createTempDirectory(Path.of("target"), "chromium-");
        ChromeOptions options = new ChromeOptions().setBinary(chromium.toFile()).addArguments(flags());
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(chromedriver.toFile())
                        .build(),
                options);
        driver.get("http://localhost:" + port + "/");
    }

    private List<String> flags() {
        return List.of(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--window-size=1280,800",
                "--user-data-dir=" + profile.toAbsolutePath());
    }

    /** Types name and arena, key by key, and takes the seat. */
    void join(String arena, String name) {
        type("name", name);
        type("arena", arena);
        driver.findElement(By.id("arena")).sendKeys(Keys.ENTER);
        await("the game begins", "loom.game.me > 0 && loom.game.prediction?.active");
    }

    private void type(String field, String text) {
        WebElement input = driver.findElement(By.id(field));
        input.clear();
        input.sendKeys(text);
    }

    /** Presses keys, wherever the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Clicks with the mouse. */
    void click(String id) {
        driver.findElement(By.id(id)).click();
    }

    /** Returns what an element shows. */
    String text(String id) {
        return driver.findElement(By.id(id)).getText();
    }

    /** Returns the value of an expression in the page. */
    Object ask(String expression) {
        Object value = ((JavascriptExecutor) driver).executeScript("return " + expression);
        return value == null ? "null" : value;
    }

    /** Returns the whole number that an expression in the page has. */
    int number(String expression) {
        return ((Number) ask(expression)).intValue();
    }

    /** Waits until an expression in the page is true. */
    void await(String what, String expression) {
        Tools.await(what, () -> Boolean.TRUE.equals(ask("Boolean(" + expression + ")")));
    }

    /** Makes the page remember, from now on, what it thinks of every step: {@code "x y dir owners"} by shuttle and step. */
    void remember() {
        driver.executeScript("""
            window.remembered = {};
            const game = loom.game;
            const snapshot = game.snapshot;
            game.snapshot = function (data, now) {
              snapshot.call(this, data, now);
              let sum = 0;
              for (const owner of this.cells.owners) sum = (Math.imul(sum, 31) + owner) | 0;
              const flights = [...this.tracks.tracks.values()].map((track) => track[track.length - 1]);
              window.remembered[this.cells.tick] = { sum, flights: Object.fromEntries(flights.map((f) => [f.id, `${f.x} ${f.y} ${f.dir}`])) };
            };
            """);
    }

    /** Returns the memory of a step, or an empty map if there is none. */
    Map<?, ?> memory(int tick) {
        return ask("window.remembered[" + tick + "]") instanceof Map<?, ?> map ? map : Map.of();
    }

    /** Writes what is to be seen to {@code target/screenshots}. */
    void screenshot(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
