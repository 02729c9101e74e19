package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Programs of the system, and certificates as openssl makes them.
final class Tools {
  private Tools() {}

  /// A port that is free now, for programs that take no port 0.
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// What is not in the sample any more must not silently stay as it is.
  static String replaced(String text, String sample, String here) {
    assertThat(text).contains(sample);
    return text.replace(sample, here);
  }

  /// Runs a command to its good end, within 120 s.
  ///
  /// @return what it printed to both outputs
  static String run(Path folder, Map<String, String> environment, String... command)
      throws Exception {
    var out = Files.createTempFile(folder, "run-", ".out");
    var builder =
        new ProcessBuilder(List.of(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS))
        .as(command[0] + " ends within 120 s")
        .isTrue();
    var said = Files.readString(out);
    assertThat(process.exitValue()).as(command[0] + ": " + said).isZero();
    return said;
  }

  /// A command of this build's, on a data folder.
  ///
  /// @return what it printed to both outputs
  static String campana(Path folder, Path data, String... command) throws Exception {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp"));
    line.addAll(List.of(System.getProperty("java.class.path"), "campana.cli.Main"));
    line.addAll(List.of(command));
    line.addAll(List.of("--data", data.toString()));
    return run(folder, Map.of(), line.toArray(String[]::new));
  }

  /// Writes a fresh certificate of its own issue, and its key.
  ///
  /// @param folder to work in
  /// @param names as openssl's `subjectAltName` takes them
  static void certificate(Path folder, Path certificate, Path key, String name, String names)
      throws Exception {
    run(
        folder,
        Map.of(),
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=" + name,
        "-addext",
        "subjectAltName=" + names,
        "-keyout",
        key.toString(),
        "-out",
        certificate.toString());
  }

  /// A client that trusts this certificate and no other.
  static HttpClient trusting(Path certificate) throws Exception {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = Files.newInputStream(certificate)) {
      store.setCertificateEntry(
          "its", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    var tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls).build();
  }
}
