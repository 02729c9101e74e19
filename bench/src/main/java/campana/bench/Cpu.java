package campana.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/// CPU time of processes, as Linux counts it: in hundredths of a second, user's and system's.
final class Cpu {
  private static final long MICROS = 10_000; // a tick of /proc
  private static final int PARENT = 1; // behind the name: state, parent, …
  private static final int USER = 11;
  private static final int SYSTEM = 12;

  private Cpu() {}

  static long of(long pid) throws IOException {
    var fields = fields(pid);
    return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) * MICROS;
  }

  /// A process with its children, those that have ended included.
  static long ofFamily(long pid) throws IOException {
    var own = fields(pid);
    var sum = 0L;
    for (var i = USER; i < USER + 4; i++) {
      sum += Long.parseLong(own[i]) * MICROS;
    }
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (var process : processes.toList()) {
        var name = process.getFileName().toString();
        if (Character.isDigit(name.charAt(0))) {
          try {
            var child = Long.parseLong(name);
            if (fields(child)[PARENT].equals(Long.toString(pid))) {
              sum += of(child);
            }
          } catch (IOException e) {
            // ended meanwhile, and is its parent's by now
          }
        }
      }
    }
    return sum;
  }

  private static String[] fields(long pid) throws IOException {
    var stat = Path.of("/proc/" + pid + "/stat");
    if (!Files.exists(stat)) {
      throw new NoSuchFileException(stat.toString());
    }
    var line = Files.readString(stat);
    return line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
  }
}
