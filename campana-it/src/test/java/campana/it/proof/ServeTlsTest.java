package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import campana.it.CampanaProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLS by `serve` itself, with files as openssl writes them and a renewal tool replaces them.
@Tag("proofs")
final class ServeTlsTest {
  private static final String NAMES = "DNS:localhost,IP:127.0.0.1";

  @Test
  void a_post_goes_through_tls_and_a_replaced_certificate_is_taken_by_reload(@TempDir Path folder)
      throws Exception {
    var certificate = folder.resolve("server.pem");
    var key = folder.resolve("server.key");
    Tools.certificate(folder, certificate, key, "localhost", NAMES);
    var data = folder.resolve("data");
    String path;
    try (var plain = CampanaProcess.start(data)) {
      path = plain.space("TLS").path();
      plain.stop();
    }
    String[] tls = {"--tls-cert", certificate.toString(), "--tls-key", key.toString()};
    try (var server = CampanaProcess.start(data, tls);
        var first = Tools.trusting(certificate)) {
      assertThat(server.address().getScheme()).isEqualTo("https");
      assertThat(post(first, server.address().resolve(path))).isEqualTo(200);

      var renewed = Files.createDirectory(folder.resolve("renewed"));
      Tools.certificate(folder, renewed.resolve("pem"), renewed.resolve("key"), "localhost", NAMES);
      Files.move(renewed.resolve("key"), key, StandardCopyOption.REPLACE_EXISTING);
      Files.move(renewed.resolve("pem"), certificate, StandardCopyOption.REPLACE_EXISTING);
      Tools.campana(folder, data, "reload");

      try (var second = Tools.trusting(certificate)) {
        assertThat(post(second, server.address().resolve(path))).isEqualTo(200);
      }
      try (var old = HttpClient.newBuilder().sslContext(first.sslContext()).build()) {
        assertThatExceptionOfType(SSLException.class)
            .isThrownBy(() -> post(old, server.address().resolve(path)));
      }
    }
  }

  private static int post(HttpClient http, URI url) throws Exception {
    var request =
        HttpRequest.newBuilder(url)
            .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"sealed\"}"))
            .build();
    return http.send(request, BodyHandlers.ofString()).statusCode();
  }
}
