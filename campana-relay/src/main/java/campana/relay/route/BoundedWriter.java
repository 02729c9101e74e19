package campana.relay.route;

import java.io.IOException;
import java.io.Writer;

/// Keeps what a template writes, up to more than any message holds.
final class BoundedWriter extends Writer {
  private static final int MOST = 64_000;
  private final StringBuilder out = new StringBuilder();

  @Override
  public void write(char[] chars, int from, int length) throws IOException {
    if (out.length() + length > MOST) {
      throw new IOException("it writes more than " + MOST + " characters");
    }
    out.append(chars, from, length);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public String toString() {
    return out.toString();
  }
}
