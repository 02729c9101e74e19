package campana.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Requests of Alertmanager's, each with one alert in a group of its own, as when much fails at
/// once: none is ever sent twice, which would be a duplicate and cost less. Put together from parts
/// that were made before, as [Requests] are. Belongs to one thread.
final class Alerts {
  private static final String NUMBER = "########";
  private static final String BODY =
      """
      {"version":"4","groupKey":"{}:{alertname=\\"Disk ########\\"}","status":"firing","receiver":"web",\
      "groupLabels":{"alertname":"Disk ########"},"commonLabels":{"alertname":"Disk ########",\
      "severity":"critical"},"commonAnnotations":{},"externalURL":"https://am.example.org",\
      "truncatedAlerts":0,"alerts":[{"status":"firing","labels":{"alertname":"Disk ########",\
      "instance":"db-1","severity":"critical"},"annotations":{"summary":"Disk 92 % full"},\
      "startsAt":"2026-03-01T10:00:00Z","endsAt":"0001-01-01T00:00:00Z",\
      "generatorURL":"https://prom.example.org/graph","fingerprint":"00000000########"}]}\
      """;

  private final byte[][] routes;
  private final int[] numbers; // where they stand, from the end
  private long sent;

  Alerts(String host, int routes) {
    var head =
        "/TOKEN HTTP/1.1\r\nHost: "
            + host
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + BODY.length()
            + "\r\n\r\n";
    this.routes =
        IntStream.range(0, routes)
            .mapToObj(route -> ("POST /in/alerts" + route + head + BODY).getBytes(ISO_8859_1))
            .toArray(byte[][]::new);
    List<Integer> places = new ArrayList<>();
    for (var at = BODY.indexOf(NUMBER); at >= 0; at = BODY.indexOf(NUMBER, at + 1)) {
      places.add(BODY.length() - at);
    }
    this.numbers = places.stream().mapToInt(place -> place).toArray();
  }

  /// @param n counts for nothing: a run begins with 0 again
  ByteBuffer next(long n) {
    var request = routes[(int) (sent % routes.length)].clone();
    for (var place : numbers) {
      var rest = sent;
      for (var i = NUMBER.length() - 1; i >= 0; i--) {
        request[request.length - place + i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
    sent++;
    return ByteBuffer.wrap(request);
  }
}
