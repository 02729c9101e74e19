package campana.server.image;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The kinds of image that are passed on; a sender's word on it counts for nothing. No SVG: that is
/// a document with scripts.
public enum ImageType {
  PNG("image/png"),
  JPEG("image/jpeg"),
  GIF("image/gif"),
  WEBP("image/webp");

  private final String mediaType;

  ImageType(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  /// By how the content begins.
  static Optional<ImageType> of(byte[] content) {
    if (begins(content, 0, "\u0089PNG\r\n\u001A\n")) {
      return Optional.of(PNG);
    }
    if (begins(content, 0, "\u00FF\u00D8\u00FF")) {
      return Optional.of(JPEG);
    }
    if (begins(content, 0, "GIF87a") || begins(content, 0, "GIF89a")) {
      return Optional.of(GIF);
    }
    return begins(content, 0, "RIFF") && begins(content, 8, "WEBP")
        ? Optional.of(WEBP)
        : Optional.empty();
  }

  private static boolean begins(byte[] content, int at, String with) {
    var bytes = with.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < bytes.length; i++) {
      if (at + i >= content.length || content[at + i] != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
