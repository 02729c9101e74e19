package campana.relay.outbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// Short names for long texts: SHA-256, cut.
final class Digests {
  private Digests() {}

  /// @param chars of base64url
  static String id(String text, int chars) {
    return Base64.getUrlEncoder().encodeToString(sha256(text)).substring(0, chars);
  }

  static long number(String text) {
    return ByteBuffer.wrap(sha256(text)).getLong();
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
