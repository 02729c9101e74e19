package campana.server;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What an owner can have the running program do besides the server's own rooms. Whoever starts the
/// server brings it, as it alone knows the config file and the data folder.
public interface Operations {
  /// Writes a backup while the server runs.
  ///
  /// @param withoutKey leaves the key file out
  /// @return lines that say what it holds
  Change<List<String>> backup(Path file, boolean withoutKey);

  /// Takes the config anew, only if it is wholly valid.
  ///
  /// @return the keys whose change needs a restart
  Change<List<String>> reload();

  /// Looks for what is wrong or soon will be.
  List<Finding> doctor();

  /// One finding.
  ///
  /// @param level `ok`, `warning` or `error`
  record Finding(String level, String text) {}

  /// From this share on the disk with the data is told to be nearly full.
  double NEARLY_FULL = 0.85;

  /// How much of the disk with the data is used, from 0 to 1; 0 where nobody knows.
  default double diskUsed() {
    return 0;
  }

  /// What an owner should know at once; empty: nothing.
  default Optional<Alarm> alarm() {
    return Optional.empty();
  }

  /// Messages do not reach where they shall.
  ///
  /// @param places of so many spaces
  /// @param waiting messages that wait for them
  record Alarm(long places, long waiting, Instant since) {}

  /// For a server that was started by hand.
  Operations NONE =
      new Operations() {
        @Override
        public Change<List<String>> backup(Path file, boolean withoutKey) {
          return new Change.Forbidden<>("This server was started without a data folder to back up");
        }

        @Override
        public Change<List<String>> reload() {
          return new Change.Forbidden<>("This server was started without a config");
        }

        @Override
        public List<Finding> doctor() {
          return List.of();
        }
      };
}
