package campana.cli.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// `DATA/server.json`: where the running server is and the token that administers it.
///
/// @param address the ready line's, without a slash at the end
/// @param token secret; survives restarts
public record ServerFile(String address, String token) {
  private static final String NAME = "server.json";
  private static final JsonMapper JSON = new JsonMapper();

  /// Empty where there is none, or where it is not what `write` writes.
  public static Optional<ServerFile> read(Path data) throws IOException {
    try {
      var json = JSON.readTree(Files.readString(data.resolve(NAME)));
      var file = new ServerFile(json.path("address").asString(""), json.path("token").asString(""));
      return file.address.isEmpty() || file.token.isEmpty() ? Optional.empty() : Optional.of(file);
    } catch (NoSuchFileException | JacksonException e) {
      return Optional.empty();
    }
  }

  /// Writes it whole: readers see the old file or the new one, and nobody but the owner reads it.
  public void write(Path data) throws IOException {
    var json = JSON.createObjectNode().put("address", address).put("token", token);
    var fresh = data.resolve(NAME + ".new");
    Files.deleteIfExists(fresh);
    try (var channel =
        Files.newByteChannel(
            fresh,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(java.nio.ByteBuffer.wrap(JSON.writeValueAsBytes(json)));
    }
    Files.move(
        fresh,
        data.resolve(NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /// Hides the token.
  @Override
  public String toString() {
    return "ServerFile[" + address + "]";
  }
}
