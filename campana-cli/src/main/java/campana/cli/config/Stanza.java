package campana.cli.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A route to be written into a config: between its lines, so that comments and order stay. The
/// file is replaced only once the whole of it is valid.
///
/// @param auth `path`, `bearer` or `secret`
/// @param token a secret
/// @param webhook makes the one destination, where it is new; null: it is there already
public record Stanza(
    String name,
    String source,
    String auth,
    String token,
    List<String> to,
    @Nullable String webhook) {
  private static final Pattern LOCAL =
      Pattern.compile("https?://(127\\.|localhost|\\[::1]|10\\.|192\\.168\\.).*");

  /// What became of it.
  public sealed interface Result {
    record Written() implements Result {}

    /// With it the config would not be valid.
    record Invalid(List<Mistake> mistakes) implements Result {}

    record Refused(String why) implements Result {}
  }

  /// Where no line can be put in: a section that is written in braces, say.
  private static final class NoPlace extends Exception {
    private static final long serialVersionUID = 1;

    NoPlace(String why) {
      super(why, null, false, false);
    }
  }

  public Result into(Path file, Map<String, String> environment) {
    var part = file.resolveSibling(file.getFileName() + ".part");
    try {
      var old = Files.exists(file) ? Files.readString(file) : "";
      var lines = new ArrayList<>(old.lines().toList());
      if (webhook != null) {
        put(lines, "destinations", destination());
      }
      put(lines, "routes", route());
      Files.deleteIfExists(part);
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(part, String.join("\n", lines) + "\n");
      if (ConfigReader.read(Optional.of(part), environment, Map.of())
          instanceof ConfigRead.Invalid(var mistakes)) {
        return new Result.Invalid(mistakes);
      }
      if (Files.exists(file)) {
        Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(file));
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return new Result.Written();
    } catch (NoPlace e) {
      return new Result.Refused(
          file + ": " + e.getMessage() + "; put this in by hand:\n" + String.join("\n", route()));
    } catch (IOException e) {
      return new Result.Refused(file + ": cannot be written");
    } finally {
      delete(part);
    }
  }

  private static void delete(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // left behind with the file's own permissions, and overwritten by the next one
    }
  }

  private List<String> destination() {
    var lines = new ArrayList<String>();
    lines.add(to.getFirst() + ":");
    lines.add("  webhook: \"" + webhook + "\"");
    if (webhook != null && LOCAL.matcher(webhook).matches()) {
      lines.add("  allow-private: true");
    }
    return lines;
  }

  private List<String> route() {
    return List.of(
        name + ":",
        "  source: " + source,
        "  auth: { " + auth + ": \"" + token + "\" }",
        "  to: [" + String.join(", ", to) + "]");
  }

  /// Puts lines at the end of `relay.SECTION`, which is made where it is not there.
  private static void put(List<String> lines, String section, List<String> stanza) throws NoPlace {
    int relay = find(lines, 0, lines.size(), 0, "relay");
    if (relay < 0) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add("relay:");
      relay = lines.size() - 1;
    }
    int end = end(lines, relay, 0);
    int indent = indentBelow(lines, relay, end, 0);
    int at = find(lines, relay + 1, end, indent, section);
    if (at < 0) {
      lines.add(end, " ".repeat(indent) + section + ":");
      at = end;
    }
    int behind = end(lines, at, indent);
    int inner = indentBelow(lines, at, behind, indent);
    for (int i = 0; i < stanza.size(); i++) {
      lines.add(behind + i, " ".repeat(inner) + stanza.get(i));
    }
  }

  /// The line of a key that opens a block; -1: there is none.
  private static int find(List<String> lines, int from, int to, int indent, String key)
      throws NoPlace {
    for (int i = from; i < to; i++) {
      var line = lines.get(i);
      if (indent(line) == indent && line.strip().startsWith(key + ":")) {
        var rest = line.strip().substring(key.length() + 1).strip();
        if (!rest.isEmpty() && !rest.startsWith("#")) {
          throw new NoPlace("line " + (i + 1) + ": " + key + " is written on one line");
        }
        return i;
      }
    }
    return -1;
  }

  /// The line behind the last one that belongs to the block.
  private static int end(List<String> lines, int head, int indent) {
    int end = head + 1;
    for (int i = head + 1; i < lines.size(); i++) {
      if (counts(lines.get(i))) {
        if (indent(lines.get(i)) <= indent) {
          break;
        }
        end = i + 1;
      }
    }
    return end;
  }

  private static int indentBelow(List<String> lines, int head, int end, int indent) {
    for (int i = head + 1; i < end; i++) {
      if (counts(lines.get(i))) {
        return indent(lines.get(i));
      }
    }
    return indent + 2;
  }

  private static boolean counts(String line) {
    return !line.isBlank() && !line.strip().startsWith("#");
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }

  @Override
  public String toString() {
    return "Stanza[" + name + "]"; // the token is a secret
  }
}
