package campana.server.image;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Turns a remote address into one of ours, `/images/SIGNATURE/ADDRESS`, and back. The signature is
/// ours alone to make, so the server cannot be sent to an address that no page of its own printed.
final class SignedAddresses {
  static final String PREFIX = "/images/";
  private static final int SIGNATURE_BYTES = 16;
  private static final int LONGEST = 2048; // of a remote address: a request line has its limit too
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final SecretKeySpec key;

  SignedAddresses(byte[] key) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /// @return empty for an address that is too long
  Optional<String> of(String url) {
    var bytes = url.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LONGEST) {
      return Optional.empty();
    }
    return Optional.of(
        PREFIX + ENCODER.encodeToString(sign(bytes)) + "/" + ENCODER.encodeToString(bytes));
  }

  /// @return the remote address; empty where the signature is not ours
  Optional<String> verified(String signature, String address) {
    try {
      var bytes = Base64.getUrlDecoder().decode(address);
      return MessageDigest.isEqual(sign(bytes), Base64.getUrlDecoder().decode(signature))
          ? Optional.of(new String(bytes, StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // no Base64
    }
  }

  private byte[] sign(byte[] address) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return Arrays.copyOf(mac.doFinal(address), SIGNATURE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
