package campana.cli.config;

import campana.cli.config.YamlEntries.Entry;
import campana.http.HttpSettings;
import campana.http.HttpSettings.TlsFiles;
import campana.relay.RelaySettings;
import campana.server.ServerSettings;
import campana.server.policy.Policy;
import campana.server.quota.QuotaRate;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a whole config: flags first, then variables, then the file. Used once.
public final class ConfigReader {
  /// Where one value came from: the place to name when it is wrong, and the folder that a relative
  /// file name in it starts from.
  private record Source(String where, int line, List<String> texts, String shown, Path folder) {}

  private static final List<Key<?>> KEYS =
      Stream.concat(Keys.ALL.stream(), RelayKeys.ALL.stream()).toList();
  private static final Set<String> SECTIONS = Keys.sections(KEYS);

  private final Map<String, String> environment;
  private final Map<Key<?>, String> flags;
  private final List<Mistake> mistakes = new ArrayList<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private Map<String, Entry> entries = Map.of();
  private String fileName = "";
  private Path folder = Path.of("");
  private Placeholders placeholders;

  private final OptionalInt listening;

  private ConfigReader(
      Map<String, String> environment, Map<Key<?>, String> flags, OptionalInt listening) {
    this.environment = environment;
    this.flags = flags;
    this.listening = listening;
    this.placeholders = new Placeholders(environment, folder);
  }

  /// @param file the config file; empty where there is none
  /// @param environment the process's variables
  /// @param flags what the command line says; weighs most
  public static ConfigRead read(
      Optional<Path> file, Map<String, String> environment, Map<Key<?>, String> flags) {
    return read(file, environment, flags, OptionalInt.empty());
  }

  /// The same for a server that runs.
  ///
  /// @param listening its port, which nobody may have named
  public static ConfigRead read(
      Optional<Path> file,
      Map<String, String> environment,
      Map<Key<?>, String> flags,
      OptionalInt listening) {
    var reader = new ConfigReader(environment, flags, listening);
    file.ifPresent(reader::file);
    var config = reader.config(file);
    if (reader.mistakes.isEmpty()) {
      return new ConfigRead.Valid(config);
    }
    return new ConfigRead.Invalid(
        reader.mistakes.stream()
            .sorted(
                Comparator.comparingInt(mistake -> reader.lines.getOrDefault(mistake.where(), 0)))
            .toList());
  }

  private void file(Path path) {
    fileName = path.toString();
    folder = Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(Path.of(""));
    placeholders = new Placeholders(environment, folder);
    try {
      entries = YamlEntries.read(fileName, Files.readString(path), mistakes);
    } catch (NoSuchFileException e) {
      mistakes.add(new Mistake(fileName, "", "there is no such file"));
    } catch (CharacterCodingException e) {
      mistakes.add(new Mistake(fileName, "", "wanted UTF-8 text"));
    } catch (IOException e) {
      mistakes.add(new Mistake(fileName, "", "cannot be read"));
    }
    mistakes.forEach(mistake -> lines.put(mistake.where(), lineOf(mistake.where())));
    entries.forEach(this::known);
  }

  private static int lineOf(String where) {
    return Reading.whole(where.substring(where.lastIndexOf(':') + 1), 0, Integer.MAX_VALUE)
        .orElse(0);
  }

  /// Complains about keys that are none, once for a whole unknown section.
  private void known(String path, Entry entry) {
    var general = RelayKeys.general(path);
    var parent = general.contains(".") ? general.substring(0, general.lastIndexOf('.')) : "";
    if (!parent.isEmpty() && !SECTIONS.contains(parent)) {
      return; // below something that was complained about already
    }
    var isKey = KEYS.stream().anyMatch(key -> key.path().equals(general));
    if (SECTIONS.contains(general)) {
      if (!isKey && (entry instanceof Entry.Value || entry instanceof Entry.Values)) {
        wrong(entry.line(), path, "wanted a section with " + below(general));
      }
    } else if (!isKey) {
      wrong(
          entry.line(),
          path,
          "unknown key; wanted "
              + (parent.isEmpty() ? "server or relay" : "one of " + below(parent)));
    }
  }

  private static String below(String section) {
    var names =
        KEYS.stream()
            .filter(key -> key.path().startsWith(section + "."))
            .map(key -> key.path().substring(section.length() + 1).replaceFirst("\\..*", ""))
            .distinct()
            .collect(Collectors.joining(", "));
    return names.equals("*") ? "names of your own" : names;
  }

  private ServeConfig config(Optional<Path> file) {
    var rate = value(Keys.QUOTA_RATE);
    var settings =
        new ServerSettings(
            value(Keys.URL),
            new QuotaRate(rate.interval(), value(Keys.QUOTA_BURST)),
            value(Keys.ECHO),
            value(Keys.START_MISSING_THREAD),
            value(Keys.STRICT),
            value(Keys.IMAGE_PROXY),
            new Policy(value(Keys.WEBHOOKS), value(Keys.WEBHOOKS_IN_DIRECT_MESSAGES)),
            given(Keys.WEBHOOKS) || given(Keys.WEBHOOKS_IN_DIRECT_MESSAGES),
            new ServerSettings.Retention(value(Keys.KEEP_MESSAGES)));
    var retention =
        new RelaySettings.Retention(
            value(Keys.KEEP_DELIVERIES), value(Keys.KEEP_DEAD_LETTERS), value(Keys.KEEP_BODIES));
    var relay =
        new RelayReader(
                new FileValues(entries, placeholders, (line, w) -> wrong(line, w.path(), w.text())),
                ownAddress())
            .read(retention);
    var http =
        HttpSettings.at(value(Keys.HOST), value(Keys.PORT))
            .withTrustedProxies(value(Keys.TRUSTED_PROXIES));
    var files = tls();
    return new ServeConfig(
        file,
        value(Keys.DATABASE),
        files.map(tls -> http.withTls(tls.cert(), tls.key())).orElse(http),
        settings,
        relay);
  }

  private OwnAddress ownAddress() {
    var ports = new HashSet<Integer>();
    ports.add(value(Keys.PORT));
    listening.ifPresent(ports::add);
    ports.remove(0);
    return new OwnAddress(value(Keys.URL), value(Keys.HOST), Set.copyOf(ports));
  }

  private Optional<TlsFiles> tls() {
    var cert = pem(Keys.TLS_CERT, Keys.TLS_KEY);
    var key = pem(Keys.TLS_KEY, Keys.TLS_CERT);
    return cert.isPresent() && key.isPresent()
        ? Optional.of(new TlsFiles(cert.get(), key.get()))
        : Optional.empty();
  }

  private Optional<Path> pem(Key<String> key, Key<String> other) {
    var source = source(key);
    var name = value(key);
    if (source == null || name.isEmpty()) {
      return Optional.empty();
    }
    if (!given(other)) {
      wrong(source, key, "needs " + other.path() + " beside it");
    }
    try {
      var path = source.folder().resolve(name);
      if (!Files.isReadable(path) || Files.isDirectory(path)) {
        wrong(source, key, "wanted " + key.wish() + "; «" + source.shown() + "» cannot be read");
      }
      return Optional.of(path);
    } catch (InvalidPathException e) {
      wrong(source, key, "wanted " + key.wish() + ", got «" + source.shown() + "»");
      return Optional.empty();
    }
  }

  private boolean given(Key<?> key) {
    return source(key) != null;
  }

  private <T> T value(Key<T> key) {
    var source = source(key);
    if (source == null) {
      return key.usual();
    }
    var texts = new ArrayList<String>();
    var unresolved = new ArrayList<String>();
    for (var text : source.texts()) {
      // Only the file's own text is searched for placeholders; a variable's is what it is.
      texts.add((source.line() > 0 ? placeholders.resolve(text, unresolved) : text).strip());
    }
    unresolved.forEach(why -> wrong(source, key, why));
    if (!unresolved.isEmpty()) {
      return key.usual();
    }
    var read = key.reading().apply(texts);
    if (read.isEmpty()) {
      var got = key.secret() ? "" : ", got «" + source.shown() + "»";
      wrong(source, key, "wanted " + key.wish() + got);
    }
    return read.orElse(key.usual());
  }

  private @Nullable Source source(Key<?> key) {
    var here = Path.of("");
    var flag = flags.get(key);
    if (flag != null) {
      return new Source(
          "--" + key.path().substring("server.".length()).replace('.', '-'),
          0,
          split(key, flag),
          flag,
          here);
    }
    var variable = environment.get(key.variable());
    if (variable != null && !variable.isEmpty()) {
      return new Source(key.variable(), 0, split(key, variable), variable, here);
    }
    var entry = entries.get(key.path());
    return entry == null ? null : source(key, entry);
  }

  private @Nullable Source source(Key<?> key, Entry entry) {
    var where = fileName + ":" + entry.line();
    var texts =
        switch (entry) {
          case Entry.Value(_, var text) -> key.list() ? split(key, text) : List.of(text);
          case Entry.Values(_, var list) when key.list() -> list;
          case Entry.Values _ -> List.of("a list");
          case Entry.Section _ -> List.of("a section");
          case Entry.Nothing _ -> List.<String>of();
        };
    if (entry instanceof Entry.Nothing) {
      return null; // «key:» with nothing behind it leaves the usual value
    }
    return new Source(where, entry.line(), texts, String.join(", ", texts), folder);
  }

  private static List<String> split(Key<?> key, String text) {
    return key.list()
        ? List.of(text.split(",", -1)).stream().map(String::strip).toList()
        : List.of(text);
  }

  private void wrong(int line, String path, String text) {
    add(new Mistake(fileName + ":" + line, path, text), line);
  }

  private void wrong(Source source, Key<?> key, String text) {
    add(new Mistake(source.where(), key.path(), text), source.line());
  }

  private void add(Mistake mistake, int line) {
    lines.put(mistake.where(), line);
    if (!mistakes.contains(mistake)) { // a key that is asked for twice complains once
      mistakes.add(mistake);
    }
  }
}
