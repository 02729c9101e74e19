package campana.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TlsTest {
  private static final String HELLO = "GET /hello HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

  @TempDir private static Path made;
  @TempDir private Path dir;

  @BeforeAll
  static void makeKeys() throws Exception {
    make(made, "one", "RSA", "2048");
    make(made, "two", "EC", "256");
  }

  @Test
  void tls_serves_with_the_given_pair_and_a_changed_one() throws Exception {
    use("one");
    try (var server = TestServer.start(settings())) {
      assertThat(server.address()).startsWith("https://127.0.0.1:");
      assertThat(subject(server)).isEqualTo("CN=one");
      assertThat(ask(server)).startsWith("HTTP/1.1 200").endsWith("{}\n");
      use("two");
      assertThat(server.reload()).isTrue();
      assertThat(subject(server)).isEqualTo("CN=two");
    }
  }

  @Test
  void changed_files_are_seen_without_being_told() throws Exception {
    use("one");
    var keys = TlsKeys.load(new HttpSettings.TlsFiles(cert(), key()));
    use("two");
    var later = Files.getLastModifiedTime(cert()).toMillis() + 5000;
    Files.setLastModifiedTime(cert(), java.nio.file.attribute.FileTime.fromMillis(later));
    keys.poll();
    assertThat(keys.subject()).isEqualTo("CN=two");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "key.pem, not a key, holds no PEM private key",
    "cert.pem, not a certificate, is no PEM certificate",
    "key.pem, two, does not belong to the certificate"
  })
  void a_broken_pair_keeps_the_old_one_and_is_refused_at_start(
      String file, String content, String why) throws Exception {
    use("one");
    try (var server = TestServer.start(settings())) {
      if (content.equals("two")) {
        Files.copy(made.resolve("two.key"), dir.resolve("other"));
        Files.move(dir.resolve("other"), key(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.writeString(dir.resolve(file), content);
      }
      assertThat(server.reload()).isFalse();
      assertThat(subject(server)).isEqualTo("CN=one");
    }
    assertThatThrownBy(() -> TestServer.start(settings()))
        .isInstanceOf(CannotListenException.class)
        .hasMessageContaining(why)
        .hasMessageContaining(dir.resolve(file).toString());
  }

  @Test
  void a_missing_file_is_named() throws Exception {
    use("one");
    Files.delete(key());
    assertThatThrownBy(() -> TestServer.start(settings()))
        .isInstanceOf(CannotListenException.class)
        .hasMessage("Cannot use the TLS files: " + key() + " does not exist");
  }

  @ParameterizedTest
  @CsvSource({"one, RSA PRIVATE KEY", "two, EC PRIVATE KEY"})
  void keys_of_older_tools_are_read(String name, String kind) throws Exception {
    use(name);
    Files.writeString(key(), pem(kind, inner(Files.readString(key()))));
    try (var server = TestServer.start(settings())) {
      assertThat(subject(server)).isEqualTo("CN=" + name);
    }
  }

  @Test
  void a_handshake_that_is_never_made_is_let_go() throws Exception {
    use("one");
    var half = Duration.ofMillis(500);
    var patient = Duration.ofSeconds(30);
    var patience = new HttpSettings.Patience(half, patient, patient, patient, half, Duration.ZERO);
    try (var server = TestServer.start(settings().with(patience));
        var client = new RawClient(server)) {
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void plain_http_to_a_tls_port_harms_nobody() throws Exception {
    use("one");
    try (var server = TestServer.start(settings());
        var client = new RawClient(server)) {
      client.send(HELLO);
      assertThat(ask(server)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void a_reset_ends_tls_without_its_farewell() throws Exception {
    use("one");
    try (var server = TestServer.start(settings());
        var socket = connect(server)) {
      socket.getOutputStream().write(HELLO.replace("/hello", "/reset").getBytes(US_ASCII));
      assertThatThrownBy(() -> socket.getInputStream().read()).hasMessageContaining("reset");
    }
  }

  private HttpSettings settings() {
    return TestServer.SETTINGS.withTls(cert(), key());
  }

  private Path cert() {
    return dir.resolve("cert.pem");
  }

  private Path key() {
    return dir.resolve("key.pem");
  }

  private void use(String name) throws IOException {
    Files.writeString(cert(), Files.readString(made.resolve(name + ".cert")));
    Files.writeString(key(), Files.readString(made.resolve(name + ".key")));
  }

  static void make(Path made, String name, String algorithm, String size) throws Exception {
    var store = made.resolve(name + ".p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var command =
        new ProcessBuilder(
            keytool,
            "-genkeypair",
            "-keystore",
            store.toString(),
            "-storepass",
            "changeit",
            "-storetype",
            "PKCS12",
            "-alias",
            "k",
            "-dname",
            "CN=" + name,
            "-keyalg",
            algorithm,
            (algorithm.equals("EC") ? "-groupname" : "-keysize"),
            (algorithm.equals("EC") ? "secp256r1" : size));
    assertThat(command.inheritIO().start().waitFor()).isZero();
    var keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    var cert = pem("CERTIFICATE", keys.getCertificate("k").getEncoded());
    var key = pem("PRIVATE KEY", keys.getKey("k", "changeit".toCharArray()).getEncoded());
    Files.writeString(made.resolve(name + ".cert"), cert);
    Files.writeString(made.resolve(name + ".key"), key);
  }

  private static String pem(String kind, byte[] der) {
    var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
  }

  /// The key within a PKCS#8 wrapping: its last OCTET STRING, up to the end.
  private static byte[] inner(String pem) {
    var der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
    for (int i = 4; i < der.length; i++) {
      boolean small = der[i] == 4 && (der[i + 1] & 0xff) == der.length - i - 2;
      boolean large =
          der[i] == 4
              && (der[i + 1] & 0xff) == 0x82
              && ((der[i + 2] & 0xff) << 8 | (der[i + 3] & 0xff)) == der.length - i - 4;
      if (small || large) {
        return Arrays.copyOfRange(der, i + (small ? 2 : 4), der.length);
      }
    }
    throw new AssertionError("no inner key");
  }

  private static SSLSocket connect(HttpServer server) throws IOException {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAll()}, null);
      var address = URI.create(server.address());
      var plain = new Socket(address.getHost(), address.getPort());
      plain.setSoTimeout(20_000);
      return (SSLSocket)
          context.getSocketFactory().createSocket(plain, "h", address.getPort(), true);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static String subject(HttpServer server) throws IOException {
    try (var socket = connect(server)) {
      socket.startHandshake();
      var leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return leaf.getSubjectX500Principal().getName();
    }
  }

  private static String ask(HttpServer server) throws IOException {
    try (var socket = connect(server)) {
      socket.getOutputStream().write(HELLO.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  /// The test is about which certificate is shown, not whether it is a good one.
  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
