package campana.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// The disk's own limit: append 4 KiB, sync, again.
final class Fsync {
  private Fsync() {}

  /// @return p50 and p99 of one append with its sync, in microseconds
  static long[] measure(Path folder, int times) throws IOException {
    var file = Files.createTempFile(folder, "fsync-", ".bin");
    var latencies = new long[times];
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var page = ByteBuffer.allocateDirect(4096);
      for (int i = 0; i < times; i++) {
        var start = System.nanoTime();
        page.clear();
        channel.write(page);
        channel.force(false);
        latencies[i] = System.nanoTime() - start;
      }
    } finally {
      Files.delete(file);
    }
    Arrays.sort(latencies);
    return new long[] {latencies[times / 2] / 1000, latencies[(int) (times * 0.99)] / 1000};
  }
}
