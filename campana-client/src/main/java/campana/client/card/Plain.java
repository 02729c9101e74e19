package campana.client.card;

import java.util.Map;

/** A part without rules of its own. */
final class Plain extends Part {
  Plain(Map<String, Object> members) {
    super(members);
  }
}
