package campana.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;

/// A client that sends exactly the bytes it is told to.
final class RawClient implements AutoCloseable {
  /// One answer, body undone from chunks.
  record Answer(int status, String head, String body) {
    boolean has(String line) {
      return head.toLowerCase(Locale.ROOT).contains(line.toLowerCase(Locale.ROOT));
    }
  }

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  RawClient(HttpServer server) throws IOException {
    var address = URI.create(server.address());
    this.socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout(20_000);
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  /// Sends, and reads one answer.
  static Answer ask(HttpServer server, String request) throws IOException {
    try (var client = new RawClient(server)) {
      client.send(request);
      return client.answer();
    }
  }

  RawClient send(String latin1) throws IOException {
    return send(latin1.getBytes(ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  Answer answer() throws IOException {
    return answer(false);
  }

  Answer answerToHead() throws IOException {
    return answer(true);
  }

  private Answer answer(boolean toHead) throws IOException {
    var head = head();
    int status = Integer.parseInt(head.split(" ", 3)[1]);
    var lower = head.toLowerCase(Locale.ROOT);
    if (toHead || status == 100 || status == 204) {
      return new Answer(status, head, "");
    }
    var body = new ByteArrayOutputStream();
    int length = lower.indexOf("content-length:");
    if (lower.contains("transfer-encoding: chunked")) {
      for (int size = chunk(); size > 0; size = chunk()) {
        body.writeBytes(in.readNBytes(size));
        line();
      }
      line();
    } else if (length >= 0) {
      var value = lower.substring(length + 15, lower.indexOf('\r', length)).strip();
      body.writeBytes(in.readNBytes(Integer.parseInt(value)));
    } else {
      body.writeBytes(in.readAllBytes());
    }
    return new Answer(status, head, body.toString(java.nio.charset.StandardCharsets.UTF_8));
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String head() throws IOException {
    var head = new StringBuilder();
    for (var line = line(); !line.isEmpty(); line = line()) {
      head.append(line).append("\r\n");
    }
    return head.toString();
  }

  String line() throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the server ended the connection after '" + line + "'");
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  /// What is left until the server ends the connection.
  String rest() throws IOException {
    return new String(in.readAllBytes(), ISO_8859_1);
  }

  /// Whether the server has ended the connection, waiting for it.
  boolean ended() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
