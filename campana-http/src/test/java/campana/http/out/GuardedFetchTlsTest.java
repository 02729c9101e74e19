package campana.http.out;

import static org.assertj.core.api.Assertions.assertThat;

import campana.http.HttpServer;
import campana.http.HttpSettings;
import campana.http.out.GuardedFetch.Limits;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The far side's certificate is for `far.example`; every name leads to 127.0.0.1.
final class GuardedFetchTlsTest {
  @TempDir private static Path dir;
  private static HttpServer far;
  private static GuardedFetch fetch;

  @BeforeAll
  static void start() throws Exception {
    var store = dir.resolve("store.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var command =
        List.of(
            keytool,
            "-genkeypair",
            "-keystore",
            store.toString(),
            "-storepass",
            "changeit",
            "-alias",
            "k",
            "-dname",
            "CN=x",
            "-keyalg",
            "EC",
            "-ext",
            "SAN=dns:far.example");
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    var password = "changeit".toCharArray();
    var keys = KeyStore.getInstance(store.toFile(), password);
    var cert = write("CERTIFICATE", keys.getCertificate("k").getEncoded());
    var key = write("PRIVATE KEY", keys.getKey("k", password).getEncoded());
    far =
        new HttpServer(
            HttpSettings.at("127.0.0.1", 0).withTls(cert, key),
            routing -> routing.get("/", (request, response) -> response.send("secret")));
    far.start();
    fetch =
        new GuardedFetch(
            new OutgoingGuard(true),
            Limits.DEFAULT,
            host -> List.of(InetAddress.ofLiteral("127.0.0.1")),
            trusting(keys));
  }

  @AfterAll
  static void stop() {
    fetch.close();
    far.close();
  }

  private static Path write(String kind, byte[] der) throws Exception {
    var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    var pem = "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
    return Files.writeString(dir.resolve(kind), pem);
  }

  private static SSLSocketFactory trusting(KeyStore keys) throws Exception {
    var certs = KeyStore.getInstance("PKCS12");
    certs.load(null, null);
    certs.setCertificateEntry("far", keys.getCertificate("k"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(certs);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  private static Fetched get(String host) {
    return fetch.get(
        URI.create("https://" + host + ":" + URI.create(far.address()).getPort()), "*/*");
  }

  @Test
  void the_certificate_is_checked_against_the_name_though_the_address_is_pinned() {
    assertThat(get("far.example")).isInstanceOf(Fetched.Complete.class);
    assertThat(get("other.example"))
        .isEqualTo(new Fetched.Unreachable("other.example shows no certificate that fits it"));
  }
}
