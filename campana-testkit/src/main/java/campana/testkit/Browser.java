package campana.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/// A real Chromium without a window, with a fresh profile. Every look waits until what it looks for
/// is there, at most [#PATIENCE].
public final class Browser implements AutoCloseable {
  /// Long enough for a busy machine; nothing waits for all of it unless it fails.
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  private final ChromeDriver driver;
  private final WebDriverWait wait;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
    this.wait = new WebDriverWait(driver, PATIENCE, Duration.ofMillis(20));
    wait.ignoring(WebDriverException.class); // what is looked at while a page changes is not there
    wait.ignoring(StaleElementReferenceException.class);
  }

  /// @param language what the browser asks for, as `it`
  /// @param flags more of Chromium's own
  /// @throws IllegalStateException where Debian's Chromium is missing; it says what to install
  public static Browser open(String language, String... flags) {
    if (!Files.isExecutable(CHROMIUM) || !Files.isExecutable(DRIVER)) {
      throw new IllegalStateException(
          "These tests need a real browser: apt-get install chromium chromium-driver");
    }
    var options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--no-first-run",
        "--hide-scrollbars",
        "--window-size=1280,800");
    options.addArguments(flags);
    options.setExperimentalOption("prefs", Map.of("intl.accept_languages", language));
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(DRIVER.toString()))
            .usingAnyFreePort()
            .build();
    var browser = new Browser(new ChromeDriver(service, options));
    browser.size(1280, 800);
    return browser;
  }

  /// The size of what is inside the window; below 600 wide it is a phone.
  public void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  /// What the reader prefers, as `prefers-color-scheme`, `dark`.
  public void prefer(String feature, String value) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", feature, "value", value))));
  }

  public void timeZone(String zone) {
    driver.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
  }

  /// Cuts the network off, or gives it back.
  public void offline(boolean offline) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand(
        "Network.emulateNetworkConditions",
        Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }

  public void go(String url) {
    driver.get(url);
  }

  public String url() {
    return Objects.requireNonNull(driver.getCurrentUrl());
  }

  public String title() {
    return Objects.requireNonNull(driver.getTitle());
  }

  /// The first visible element of this selector.
  public WebElement see(String css) {
    return wait.until(_ ->
        driver.findElements(By.cssSelector(css)).stream()
            .filter(WebElement::isDisplayed)
            .findFirst()
            .orElse(null));
  }

  /// The first visible link, button or menu that says this, or is labelled so.
  public WebElement named(String name) {
    return wait.until(_ ->
        driver.findElements(By.cssSelector("a, button, summary")).stream()
            .filter(WebElement::isDisplayed)
            .filter(
                e -> e.getText().strip().equals(name) || name.equals(e.getAttribute("aria-label")))
            .findFirst()
            .orElse(null));
  }

  public void click(String name) {
    named(name).click();
  }

  /// Writes into the field of this label, in place of what it held.
  public void type(String label, String text) {
    var field = field(label);
    field.clear();
    field.sendKeys(text);
  }

  public WebElement field(String label) {
    return wait.until(_ ->
        driver.findElements(By.tagName("label")).stream()
            .filter(WebElement::isDisplayed)
            .filter(e -> e.getText().strip().equals(label))
            .findFirst()
            .map(e -> driver.findElement(By.id(Objects.requireNonNull(e.getAttribute("for")))))
            .orElse(null));
  }

  /// Waits until the page says this somewhere one can see.
  public void reads(String text) {
    until(() -> text().contains(text));
  }

  /// All that one can read on the page.
  public String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  public List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /// Waits until it is so.
  public void until(Supplier<Boolean> condition) {
    wait.until(_ -> condition.get());
  }

  /// Runs script in the page, as an inspector would.
  public Object script(String script, Object... arguments) {
    return Objects.requireNonNullElse(driver.executeScript(script, arguments), "");
  }

  public void key(CharSequence keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /// Forgets all cookies of the page's host: whoever was signed in is not any more.
  public void forget() {
    driver.manage().deleteAllCookies();
  }

  /// What the browser complained about since the last call: refused scripts, failed requests.
  public List<String> complaints() {
    return driver.manage().logs().get("browser").getAll().stream()
        .map(e -> e.getMessage())
        .toList();
  }

  /// A second tab of the same browser, which is looked at from now on.
  public void newTab() {
    driver.switchTo().newWindow(org.openqa.selenium.WindowType.TAB);
  }

  /// Looks at the tab that was opened as number `index`, from 0.
  public void tab(int index) {
    driver.switchTo().window(List.copyOf(driver.getWindowHandles()).get(index));
  }

  public void picture(Path file) {
    try {
      Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
      Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException("no picture at " + file, e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
