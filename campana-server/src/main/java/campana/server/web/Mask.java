package campana.server.web;

import campana.wire.FieldName;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which fields a PATCH changes: those of `updateMask` in either name style, all for `*`, and
/// without one those that the body has.
final class Mask {
  private final @Nullable Set<String> paths; // null: those that the body has

  private Mask(@Nullable Set<String> paths) {
    this.paths = paths;
  }

  /// @param known what can be changed
  /// @param body gets the complaint about a path that cannot
  static Mask of(Query query, Fields body, Set<String> known) {
    var text = query.last(query.has("updateMask") ? "updateMask" : "update_mask");
    if (text.isBlank() || text.equals("*")) {
      return new Mask(null);
    }
    var paths = new HashSet<String>();
    for (var part : text.split(",", -1)) {
      var path = FieldName.camel(part.strip());
      if (known.contains(path)) {
        paths.add(path);
      } else {
        body.complain(
            "updateMask",
            "updateMask: «"
                + part.strip()
                + "» cannot be changed; wanted one or more of "
                + String.join(", ", known.stream().sorted().toList()));
      }
    }
    return new Mask(paths);
  }

  boolean covers(String field, Fields body) {
    return paths == null ? body.has(field) : paths.contains(field);
  }
}
