package campana.relay.source.alertmanager;

import campana.relay.source.Pieces;
import campana.relay.source.Pieces.Read;
import campana.relay.source.Plain;
import campana.relay.source.Reading;
import campana.relay.source.Received;
import campana.relay.source.Source;
import java.util.List;

/// Alertmanager sends a group each time something in it changes, and again when its repeat interval
/// has passed. It retries on 5xx alone.
public final class AlertmanagerSource implements Source {
  public static final String NAME = "alertmanager";

  /// So many alerts of one request become triggers of their own; of more than that a group tells.
  private static final int MOST_ALONE = 500;

  private final boolean perAlert;

  /// @param perAlert each alert is a subject by itself, else the group is
  public AlertmanagerSource(boolean perAlert) {
    this.perAlert = perAlert;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Reading read(Received received) {
    return switch (Pieces.of(received.body(), Notice::read)) {
      case Read.Fault(var why) -> new Reading.Unreadable("", why);
      case Read.Value(var notice) -> read(notice, received);
    };
  }

  private Reading read(Notice notice, Received received) {
    if (!notice.isObject) {
      return new Reading.Unreadable("", "wanted: an object as Alertmanager sends it");
    }
    var version = notice.version;
    if (!version.isEmpty() && !version.equals("4")) {
      return new Reading.Unreadable(
          "/version",
          "'" + Plain.line(version, 20) + "'; wanted: '4', as Alertmanager has sent since 0.8");
    }
    if (notice.alerts == null) {
      return new Reading.Unreadable("/alerts", "wanted: an array of alerts");
    }
    var group = Group.of(notice, received);
    if (group.alerts().isEmpty()) {
      return new Reading.Nothing("a group without alerts");
    }
    return perAlert && group.alerts().size() <= MOST_ALONE
        ? new Reading.Triggers(group.alerts().stream().map(group::alone).toList())
        : new Reading.Triggers(List.of(group.together()));
  }
}
