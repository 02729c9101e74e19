package campana.server.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Stands for a text of one webhook, a key or a request id, of whatever length: 128 bits of
/// SHA-256, so that no two are ever the same.
public record Fingerprint(long high, long low) {
  /// Of `text` as this webhook uses it; another webhook's same text has another fingerprint.
  public static Fingerprint of(String spaceId, String webhookId, String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(spaceId.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0); // no id holds it
      digest.update(webhookId.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return of(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// Of at least 16 bytes.
  public static Fingerprint of(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    return new Fingerprint(buffer.getLong(), buffer.getLong());
  }

  public byte[] bytes() {
    return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
  }
}
