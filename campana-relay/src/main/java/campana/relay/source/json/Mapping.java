package campana.relay.source.json;

import campana.relay.source.Severity;
import campana.relay.source.State;
import campana.relay.source.Tree;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonPointer;

/// Where a tool's JSON has what a trigger needs: a route's `map`.
///
/// @param id makes it this very event; equal ones within the dedup window are one
/// @param subject what it is about: the same for its alarm and its all-clear
/// @param title one line
/// @param body the text below the title
/// @param severity see [Level]
/// @param state see [Standing]
/// @param link http or https
/// @param time RFC 3339, or seconds or milliseconds since 1970
public record Mapping(
    Field id,
    Field subject,
    Field title,
    Field body,
    Level severity,
    Standing state,
    Field link,
    Field time) {
  public static final Mapping NONE =
      new Mapping(
          Field.NONE,
          Field.NONE,
          Field.NONE,
          Field.NONE,
          Level.NONE,
          Standing.NONE,
          Field.NONE,
          Field.NONE);

  /// A place, and what to say where nothing stands there.
  ///
  /// @param pointer RFC 6901, as `/alert/id`; empty: nowhere
  /// @param otherwise the value of what is not there
  public record Field(String pointer, String otherwise) {
    public static final Field NONE = new Field("", "");

    /// @throws IllegalArgumentException if the pointer is none
    public Field {
      if (!pointer.isEmpty() && !pointer.startsWith("/")) {
        throw new IllegalArgumentException(
            "'" + pointer + "' is no JSON pointer; wanted: as /alert/id");
      }
    }

    public static Field at(String pointer) {
      return new Field(pointer, "");
    }

    boolean isSet() {
      return !pointer.isEmpty() || !otherwise.isEmpty();
    }

    /// What stands there: of a container its JSON.
    String of(Tree root) {
      if (pointer.isEmpty()) {
        return otherwise;
      }
      var there = root.at(JsonPointer.compile(pointer));
      var text = there.text();
      if (text.isEmpty() && (there.isObject() || there.isArray())) {
        text = there.pretty();
      }
      return text.isBlank() ? otherwise : text;
    }
  }

  /// How bad it is. Values that are in no list are read by their usual words: `critical`, `fatal`,
  /// `disaster`, `high`, `page`, `p1` and their like; `warning`, `error`, `average`, `medium`;
  /// `ok`, `normal`; all others are INFO.
  ///
  /// @param critical values that mean CRITICAL
  /// @param warning values that mean WARNING
  public record Level(Field field, List<String> critical, List<String> warning) {
    public static final Level NONE = new Level(Field.NONE, List.of(), List.of());

    public Level {
      critical = List.copyOf(critical);
      warning = List.copyOf(warning);
    }

    Severity of(Tree root) {
      var value = field.of(root).strip();
      if (holds(critical, value)) {
        return Severity.CRITICAL;
      }
      if (holds(warning, value)) {
        return Severity.WARNING;
      }
      return switch (value.toLowerCase(Locale.ROOT)) {
        case "critical",
            "crit",
            "fatal",
            "emergency",
            "emerg",
            "alert",
            "disaster",
            "high",
            "page",
            "p1",
            "sev1",
            "urgent" ->
            Severity.CRITICAL;
        case "warning", "warn", "error", "err", "average", "medium", "major", "p2", "sev2" ->
            Severity.WARNING;
        case "ok", "normal", "resolved", "up", "success" -> Severity.OK;
        default -> Severity.INFO;
      };
    }
  }

  /// Whether it begins or ends something. Values that are in no list are read by their usual words:
  /// `firing`, `problem`, `down`, `alerting`, `triggered`; `resolved`, `ok`, `up`, `recovery`; all
  /// others are UPDATE where there is a subject, else INFO.
  ///
  /// @param firing values that mean FIRING
  /// @param resolved values that mean RESOLVED
  public record Standing(Field field, List<String> firing, List<String> resolved) {
    public static final Standing NONE = new Standing(Field.NONE, List.of(), List.of());

    public Standing {
      firing = List.copyOf(firing);
      resolved = List.copyOf(resolved);
    }

    Optional<State> of(Tree root) {
      var value = field.of(root).strip();
      if (holds(firing, value)) {
        return Optional.of(State.FIRING);
      }
      if (holds(resolved, value)) {
        return Optional.of(State.RESOLVED);
      }
      return switch (value.toLowerCase(Locale.ROOT)) {
        case "firing",
            "problem",
            "down",
            "alerting",
            "alarm",
            "triggered",
            "failed",
            "failure",
            "open" ->
            Optional.of(State.FIRING);
        case "resolved", "ok", "up", "recovery", "recovered", "normal", "closed", "success" ->
            Optional.of(State.RESOLVED);
        default -> Optional.empty();
      };
    }
  }

  private static boolean holds(List<String> values, String value) {
    return values.stream().anyMatch(v -> v.strip().equalsIgnoreCase(value));
  }
}
