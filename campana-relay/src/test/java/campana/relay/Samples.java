package campana.relay;

import campana.relay.outbox.Destination;
import campana.relay.source.Patterns;
import campana.relay.source.Reading;
import campana.relay.source.Received;
import campana.relay.source.Source;
import campana.relay.source.Sources;
import campana.relay.source.Trigger;
import campana.relay.source.json.Mapping;
import campana.relay.source.json.Mapping.Field;
import campana.wire.WebhookUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Bodies as the tools send them: `src/test/resources/SOURCE/NAME.json`, `.form` or `.txt`. Of
/// GitHub's the name begins with the event; `alone-`, `mapped-` and `subject-` say how the route
/// reads it.
public final class Samples {
  public static final Instant NOON = Instant.parse("2026-03-01T10:05:00Z");
  public static final Path FOLDER = Path.of("src/test/resources");

  /// Of `triggers.md`'s own example of a mapping.
  public static final Mapping MAPPING =
      new Mapping(
          Field.at("/alert/id"),
          Field.at("/alert/host"),
          Field.at("/alert/name"),
          Field.at("/alert/text"),
          new Mapping.Level(Field.at("/alert/level"), List.of(), List.of()),
          new Mapping.Standing(
              Field.at("/alert/status"), List.of("1", "PROBLEM", "down"), List.of("0", "OK", "up")),
          Field.at("/alert/url"),
          Field.at("/alert/at"));

  public static final Patterns BRACKETS =
      new Patterns(
          Optional.of(Patterns.compile("\\] ([^:]+)")),
          Optional.of(Patterns.compile("^\\[FIRING\\]")),
          Optional.of(Patterns.compile("^\\[RESOLVED\\]")));

  private Samples() {}

  /// A file, and the source that reads it.
  public record Sample(Path file) {
    public String source() {
      return FOLDER.relativize(file).getName(0).toString();
    }

    public String name() {
      return file.getFileName().toString();
    }

    public Path golden() {
      return file.resolveSibling(name() + ".golden");
    }

    public Source reader() {
      boolean patterns = name().startsWith("subject-");
      return Sources.named(
          source(),
          new Sources.Options(
              name().startsWith("alone-") ? "alert" : "",
              name().startsWith("mapped-") ? Optional.of(MAPPING) : Optional.empty(),
              patterns ? BRACKETS : Patterns.NONE,
              false));
    }

    public Received received() {
      try {
        return received(Files.readAllBytes(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    public Received received(byte[] body) {
      Map<String, String> headers = new HashMap<>();
      headers.put("content-type", type());
      if (source().equals("github")) {
        headers.put("x-github-event", name().replaceFirst("\\..*", ""));
        headers.put("x-github-delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958");
      }
      return new Received("POST", headers, Map.of(), body, NOON);
    }

    private String type() {
      if (name().endsWith(".form")) {
        return "application/x-www-form-urlencoded";
      }
      return name().endsWith(".txt") ? "text/plain; charset=utf-8" : "application/json";
    }

    public List<Trigger> triggers() {
      return reader().read(received()) instanceof Reading.Triggers(var triggers)
          ? triggers
          : List.of();
    }

    @Override
    public String toString() {
      return source() + "/" + name();
    }
  }

  public static List<Sample> all() {
    try (var files = Files.walk(FOLDER, 2)) {
      return files
          .filter(f -> f.toString().matches(".*/(alertmanager|github|slack|json|text)/[^/]+"))
          .filter(f -> !f.toString().endsWith(".golden"))
          .sorted()
          .map(Sample::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Sample of(String path) {
    return new Sample(FOLDER.resolve(path));
  }

  public static Destination destination(String name, String language, String zone) {
    return new Destination(
        name,
        WebhookUrl.parse("https://chat.example.org/v1/spaces/S/messages?key=k&token=t"),
        Destination.INTERVAL,
        Duration.ofHours(24),
        "",
        false,
        false,
        language,
        ZoneId.of(zone));
  }
}
