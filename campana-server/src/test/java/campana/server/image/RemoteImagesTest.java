package campana.server.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.testkit.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteImagesTest {
  private static final byte[] KEY = "sixteen bytes or more".getBytes(UTF_8);
  private static final byte[] PNG = "\u0089PNG\r\n\u001A\n and more".getBytes(ISO_8859_1);
  private static final String URL = "https://i.example/a.png";

  @TempDir Path folder;
  private final Map<String, byte[]> web = new ConcurrentHashMap<>(Map.of(URL, PNG));
  private final List<String> asked = new ArrayList<>();
  private final AtomicBoolean on = new AtomicBoolean(true);
  private final ManualClock clock = new ManualClock();

  private Optional<byte[]> fetch(URI address) {
    asked.add(address.toString());
    return Optional.ofNullable(web.get(address.toString()));
  }

  private RemoteImages images(long most) {
    return new RemoteImages(KEY, on::get, this::fetch, folder, most, clock);
  }

  private static Optional<RemoteImage> find(RemoteImages images, String url) {
    var parts = images.of(url).orElseThrow().split("/", -1);
    return images.find(parts[2], parts[3]);
  }

  @Test
  void an_image_is_fetched_once_and_kept_over_a_restart() {
    var first = find(images(1 << 20), URL).orElseThrow();
    assertThat(first.type().mediaType()).isEqualTo("image/png");
    assertThat(first.bytes()).isEqualTo(PNG);
    assertThat(find(images(1 << 20), URL).orElseThrow().bytes()).isEqualTo(PNG);
    assertThat(asked).containsExactly(URL);
  }

  @Test
  void only_an_address_that_we_signed_is_fetched() {
    var images = images(1 << 20);
    var parts = images.of(URL).orElseThrow().split("/", -1);
    var other =
        Base64.getUrlEncoder().withoutPadding().encodeToString("http://10.0.0.1/".getBytes(UTF_8));
    assertThat(images.find(parts[2], other)).isEmpty();
    assertThat(images.find("", parts[3])).isEmpty();
    assertThat(images.find("no base64!", "?")).isEmpty();
    assertThat(
            new RemoteImages(
                    "another key, long".getBytes(UTF_8), on::get, this::fetch, folder, 1, clock)
                .find(parts[2], parts[3]))
        .isEmpty();
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          \u0089PNG\\r\\n\u001A\\n     | image/png
          \u00FF\u00D8\u00FF\u00E0     | image/jpeg
          GIF89a                       | image/gif
          GIF87a                       | image/gif
          RIFF1234WEBPVP8              | image/webp
          RIFF1234WAVE                 | -
          <svg xmlns='x'>              | -
          <html>                       | -
          GIF                          | -
          """)
  void the_content_says_what_it_is(String content, String type) {
    var bytes = content.replace("\\r", "\r").replace("\\n", "\n").getBytes(ISO_8859_1);
    assertThat(ImageType.of(bytes).map(ImageType::mediaType)).isEqualTo(Optional.ofNullable(type));
  }

  @Test
  void what_is_no_image_or_too_large_is_nothing() {
    web.put("https://i.example/x.png", "<svg onload='alert(1)'>".getBytes(UTF_8));
    var large = new byte[RemoteImages.MOST_BYTES + 1];
    System.arraycopy(PNG, 0, large, 0, PNG.length);
    web.put("https://i.example/large.png", large);
    var images = images(1 << 20);
    assertThat(find(images, "https://i.example/x.png")).isEmpty();
    assertThat(find(images, "https://i.example/large.png")).isEmpty();
  }

  @Test
  void a_failure_is_remembered_for_a_minute() {
    var images = images(1 << 20);
    var url = "https://i.example/late.png";
    assertThat(find(images, url)).isEmpty();
    web.put(url, PNG);
    clock.advance(Duration.ofSeconds(59));
    assertThat(find(images, url)).isEmpty();
    assertThat(asked).hasSize(1);
    clock.advance(Duration.ofSeconds(2));
    assertThat(find(images, url)).isPresent();
  }

  @Test
  void the_image_unused_for_longest_makes_room() throws IOException {
    var images = images(PNG.length * 2L);
    for (var name : List.of("a", "b")) {
      web.put("https://i.example/" + name, PNG);
      find(images, "https://i.example/" + name);
    }
    web.put("https://i.example/c", PNG);
    find(images, "https://i.example/a");
    find(images, "https://i.example/c");
    asked.clear();
    find(images, "https://i.example/a");
    assertThat(asked).isEmpty();
    find(images, "https://i.example/b");
    assertThat(asked).containsExactly("https://i.example/b");
    try (var files = Files.list(folder)) {
      assertThat(files.count()).isEqualTo(2);
    }
  }

  @Test
  void many_readers_of_one_image_fetch_it_once() throws Exception {
    var fetches = new AtomicInteger();
    var arrived = new CountDownLatch(8);
    ImageSource slow =
        _ -> {
          fetches.incrementAndGet();
          try {
            arrived.await(); // until every reader is on its way
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return Optional.of(PNG);
        };
    var images = new RemoteImages(KEY, on::get, slow, folder, 1 << 20, clock);
    var parts = images.of(URL).orElseThrow().split("/", -1);
    Callable<Optional<RemoteImage>> read =
        () -> {
          arrived.countDown();
          return images.find(parts[2], parts[3]);
        };
    try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var got : readers.invokeAll(Collections.nCopies(8, read))) {
        assertThat(got.get()).isPresent();
      }
    }
    assertThat(fetches).hasValue(1);
  }

  @Test
  void images_off_means_no_address_and_no_image() {
    var images = images(1 << 20);
    var parts = images.of(URL).orElseThrow().split("/", -1);
    on.set(false);
    assertThat(images.of(URL)).isEmpty();
    assertThat(images.find(parts[2], parts[3])).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void an_address_too_long_for_a_request_line_has_none_of_ours() {
    assertThat(images(1).of("https://i.example/" + "x".repeat(2048))).isEmpty();
  }
}
