package campana.relay.route;

import campana.relay.source.Severity;
import campana.relay.source.State;
import campana.relay.source.Trigger;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.Month;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/// What Campana itself writes into a message, in one language.
final class Words {
  /// In which there are words; the first is taken for all others.
  static final List<String> LANGUAGES = List.of("en", "it", "es");

  private static final Map<String, Words> ALL = loadAll();

  private final Map<String, String> words;
  private final Map<State, String> states = new EnumMap<>(State.class);
  private final Map<Severity, String> severities = new EnumMap<>(Severity.class);
  private final List<String> months;

  private Words(String language, Map<String, String> words) {
    var locale = Locale.of(language);
    this.words = words;
    for (var state : State.values()) {
      states.put(state, word("state." + state.name().toLowerCase(Locale.ROOT)));
    }
    for (var severity : Severity.values()) {
      severities.put(severity, word("severity." + severity.name().toLowerCase(Locale.ROOT)));
    }
    var month = DateTimeFormatter.ofPattern("MMM", locale);
    this.months = Stream.of(Month.values()).map(month::format).toList();
  }

  /// @param language as `it`; of another the first of [#LANGUAGES]
  static Words in(String language) {
    return ALL.getOrDefault(language, Objects.requireNonNull(ALL.get(LANGUAGES.getFirst())));
  }

  Map<String, String> all() {
    return words;
  }

  String state(State state) {
    return Objects.requireNonNull(states.get(state));
  }

  String severity(Severity severity) {
    return Objects.requireNonNull(severities.get(severity));
  }

  /// «2 firing, 1 resolved»; empty where that says no more than the state does.
  String counts(Trigger trigger) {
    var tally = trigger.tally();
    if (tally.all() <= 1 || tally.firing() + tally.resolved() == 0) {
      return "";
    }
    var parts = new ArrayList<String>();
    if (tally.firing() > 0) {
      parts.add(counted("firing", tally.firing()));
    }
    if (tally.resolved() > 0) {
      parts.add(counted("resolved", tally.resolved()));
    }
    if (tally.other() > 0) {
      parts.add(counted("more", tally.other()));
    }
    return String.join(", ", parts);
  }

  String more(int count) {
    return counted("more", count);
  }

  String cut(int characters) {
    return word("cut").replace("{0}", Integer.toString(characters));
  }

  String still() {
    return word("still");
  }

  String since(String time) {
    return word("since").replace("{0}", time);
  }

  String after(Duration duration) {
    return word("after").replace("{0}", duration(duration));
  }

  /// The label as this language has it, where it is one that we have chosen ourselves.
  String fact(String label) {
    return words.getOrDefault("fact." + label, label);
  }

  String link(String label) {
    return words.getOrDefault("link." + label, label);
  }

  /// What happened, as a sentence; empty where the source has no events to speak of.
  String event(Trigger trigger) {
    if (!trigger.source().equals("github")) {
      return "";
    }
    var key = "event." + trigger.event();
    var count = trigger.count() == 1 ? ".one" : ".other";
    var phrase = words.getOrDefault(key, words.getOrDefault(key + count, word("event.other")));
    var out = new StringBuilder();
    int from = 0;
    for (int open = phrase.indexOf('{'); open >= 0; open = phrase.indexOf('{', from)) {
      int close = phrase.indexOf('}', open);
      out.append(phrase, from, open).append(value(trigger, phrase.substring(open + 1, close)));
      from = close + 1;
    }
    return out.append(phrase.substring(from)).toString();
  }

  private static String value(Trigger trigger, String name) {
    return switch (name) {
      case "actor" -> trigger.actor().isEmpty() ? "GitHub" : trigger.actor();
      case "count" -> Integer.toString(trigger.count());
      case "action" -> trigger.event().replace('.', ' ').replace('_', ' ');
      default -> trigger.labels().getOrDefault(name, "");
    };
  }

  /// «2 h 5 min»: its two largest parts.
  String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " " + word("second");
    }
    long minutes = seconds / 60;
    if (minutes < 60) {
      return minutes + " " + word("minute");
    }
    return minutes < 24 * 60
        ? two(minutes / 60, "hour", minutes % 60, "minute")
        : two(minutes / (24 * 60), "day", minutes / 60 % 24, "hour");
  }

  private String two(long large, String of, long small, String ofSmall) {
    var first = large + " " + word(of);
    return small == 0 ? first : first + " " + small + " " + word(ofSmall);
  }

  /// The time of the day; with the date where that is another one than now.
  String time(Instant at, Instant now, ZoneId zone) {
    var there = at.atZone(zone);
    var today = now.atZone(zone);
    // Put together by ourselves: a formatter takes ten times as long.
    var clock = two(there.getHour()) + ":" + two(there.getMinute());
    if (there.toLocalDate().equals(today.toLocalDate())) {
      return clock;
    }
    var year = there.getYear() == today.getYear() ? "" : there.getYear() + " ";
    return there.getDayOfMonth() + " " + months.get(there.getMonthValue() - 1) + " " + year + clock;
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }

  private String counted(String key, int count) {
    return word(key + (count == 1 ? ".one" : ".other")).replace("{0}", Integer.toString(count));
  }

  private String word(String key) {
    return Objects.requireNonNull(words.get(key), key);
  }

  private static Map<String, Words> loadAll() {
    var all = new HashMap<String, Words>();
    for (var language : LANGUAGES) {
      all.put(language, new Words(language, load("words_" + language + ".properties")));
    }
    return Map.copyOf(all);
  }

  private static Map<String, String> load(String file) {
    var properties = new Properties();
    try (var in = Objects.requireNonNull(Words.class.getResourceAsStream(file), file)) {
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var words = new HashMap<String, String>();
    properties.forEach((key, word) -> words.put((String) key, (String) word));
    return Map.copyOf(words);
  }
}
