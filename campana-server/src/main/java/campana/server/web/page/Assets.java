package campana.server.web.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Stylesheet, script and icons. Each stands at an address that changes with its content, so a
/// browser keeps it for good and never has an old one.
final class Assets {
  /// @param type for `Content-Type`
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Asset(String path, String type, byte[] bytes) {}

  private static final List<String> NAMES =
      List.of("campana.css", "message.css", "campana.js", "live.js", "bell.svg", "bell-alarm.svg");

  private static final Map<String, Asset> BY_NAME = load();

  private Assets() {}

  /// `/assets/campana.1a2b3c4d.css`
  static String path(String name) {
    return Objects.requireNonNull(BY_NAME.get(name), name).path();
  }

  /// @param file the last part of the path
  static Optional<Asset> find(String file) {
    return BY_NAME.values().stream().filter(a -> a.path().equals("/assets/" + file)).findFirst();
  }

  private static Map<String, Asset> load() {
    var all = new LinkedHashMap<String, Asset>();
    for (var name : NAMES) {
      try (var in = Objects.requireNonNull(Assets.class.getResourceAsStream(name), name)) {
        var bytes = in.readAllBytes();
        var hash =
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 4);
        var dot = name.lastIndexOf('.');
        var path = "/assets/" + name.substring(0, dot) + "." + hash + name.substring(dot);
        all.put(name, new Asset(path, type(name.substring(dot)), bytes));
      } catch (IOException e) {
        throw new UncheckedIOException(name + " cannot be read", e);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("this Java has no SHA-256", e);
      }
    }
    return all;
  }

  private static String type(String ending) {
    return switch (ending) {
      case ".css" -> "text/css; charset=utf-8";
      case ".js" -> "text/javascript; charset=utf-8";
      default -> "image/svg+xml";
    };
  }
}
