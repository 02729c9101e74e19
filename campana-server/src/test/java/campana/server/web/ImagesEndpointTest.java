package campana.server.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.http.HttpServer;
import campana.http.HttpSettings;
import campana.http.out.GuardedFetch;
import campana.http.out.OutgoingGuard;
import campana.server.LiveServer;
import campana.server.image.RemoteImages;
import campana.testkit.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Over real sockets: a page's request, our server, and the far host it fetches from.
class ImagesEndpointTest {
  private static final byte[] GIF = "GIF89a and more".getBytes(ISO_8859_1);

  @TempDir Path folder;
  private final AtomicInteger asked = new AtomicInteger();

  private HttpServer farHost() {
    return new HttpServer(
        HttpSettings.at("127.0.0.1", 0),
        routes ->
            routes.get(
                "/a.png",
                (_, response) -> {
                  asked.incrementAndGet();
                  response.send(GIF);
                }));
  }

  private HttpServer ours(RemoteImages images) {
    return new HttpServer(
        HttpSettings.at("127.0.0.1", 0), routes -> routes.register(new ImagesEndpoint(images)));
  }

  private RemoteImages images(GuardedFetch fetch) {
    var source = ImagesEndpoint.source(fetch);
    var key = "sixteen bytes or more".getBytes(UTF_8);
    return new RemoteImages(key, () -> true, source, folder, 1 << 20, new ManualClock());
  }

  private static HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(url)).build();
      return client.send(request, BodyHandlers.ofByteArray());
    }
  }

  @Test
  void an_image_is_passed_on_as_what_it_is_and_kept_by_the_browser() throws Exception {
    try (var far = farHost();
        var fetch = new GuardedFetch(new OutgoingGuard(true), GuardedFetch.Limits.DEFAULT)) {
      far.start();
      var images = images(fetch);
      try (var ours = ours(images)) {
        ours.start();
        var path = images.of(far.address() + "/a.png").orElseThrow();
        for (int i = 0; i < 2; i++) {
          var answer = get(ours.address() + path);
          assertThat(answer.statusCode()).isEqualTo(200);
          assertThat(answer.body()).isEqualTo(GIF);
          assertThat(answer.headers().map())
              .containsEntry("content-type", List.of("image/gif"))
              .containsEntry("x-content-type-options", List.of("nosniff"))
              .containsEntry("cache-control", List.of("private, max-age=31536000, immutable"))
              .containsEntry("content-security-policy", List.of("default-src 'none'; sandbox"));
        }
        assertThat(asked).hasValue(1);
        assertThat(get(ours.address() + path + "x").statusCode()).isEqualTo(404);
      }
    }
  }

  @Test
  void an_address_behind_the_guard_is_never_asked() throws Exception {
    try (var far = farHost();
        var fetch = new GuardedFetch(new OutgoingGuard(false), GuardedFetch.Limits.DEFAULT)) {
      far.start();
      var images = images(fetch);
      try (var ours = ours(images)) {
        ours.start();
        var path = images.of(far.address() + "/a.png").orElseThrow();
        assertThat(get(ours.address() + path).statusCode()).isEqualTo(404);
        assertThat(asked).hasValue(0);
      }
    }
  }

  @Test
  void the_server_answers_for_its_images_and_fetches_for_nobody_without_a_signature()
      throws Exception {
    try (var server = new LiveServer(folder)) {
      var answer = get(server.app().address() + "/images/c2lnbmF0dXJl/aHR0cDovL2UuZXhhbXBsZQ");
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.headers().map())
          .containsEntry("content-security-policy", List.of("default-src 'none'; sandbox"));
      assertThat(folder.resolve("images")).isEmptyDirectory();
    }
  }
}
