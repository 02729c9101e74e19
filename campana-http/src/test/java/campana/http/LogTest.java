package campana.http;

import static campana.http.RawClient.ask;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// What the operator reads, and what nobody may read.
final class LogTest {
  @TempDir private Path dir;
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    root.addAppender(lines);
  }

  @AfterEach
  void stop() {
    root.detachAppender(lines);
  }

  @Test
  void a_bug_is_logged_once_by_its_route_and_without_the_url() throws IOException {
    try (var server = TestServer.start()) {
      ask(server, "GET /bug?token=hush HTTP/1.1\r\nHost: h\r\nCookie: s=hush\r\n\r\n");
    }
    assertThat(lines.list).hasSize(1);
    var line = lines.list.getFirst();
    assertThat(line.getFormattedMessage()).isEqualTo("GET /bug failed").doesNotContain("hush");
    assertThat(line.getThrowableProxy().getMessage()).isEqualTo("a bug");
  }

  @Test
  void clients_that_misbehave_or_leave_are_not_logged() throws IOException {
    try (var server = TestServer.start()) {
      ask(server, "nonsense\r\n\r\n");
      ask(server, "GET /missing HTTP/1.1\r\nHost: h\r\n\r\n");
      ask(server, "GET /seen/%zz HTTP/1.1\r\nHost: h\r\n\r\n");
      try (var client = new RawClient(server)) {
        client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nx");
      }
    }
    assertThat(lines.list).isEmpty();
  }

  @Test
  void tls_files_that_cannot_be_used_are_one_line_without_a_stack() throws Exception {
    var cert = dir.resolve("cert.pem");
    var key = dir.resolve("key.pem");
    TlsTest.make(dir, "one", "EC", "256");
    Files.copy(dir.resolve("one.cert"), cert);
    Files.copy(dir.resolve("one.key"), key);
    var keys = TlsKeys.load(new HttpSettings.TlsFiles(cert, key));
    Files.writeString(key, "broken");
    assertThat(keys.reload()).isFalse();
    assertThat(lines.list).hasSize(1);
    assertThat(lines.list.getFirst().getFormattedMessage())
        .isEqualTo(
            "The TLS files cannot be used, the old pair stays: "
                + key
                + " holds no PEM private key");
    assertThat(lines.list.getFirst().getThrowableProxy()).isNull();
  }
}
