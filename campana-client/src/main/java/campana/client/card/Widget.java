package campana.client.card;

import java.util.List;
import java.util.Map;

/** One row of a card. Its kinds are the subclasses in this package. Immutable. */
public abstract class Widget extends Part {
  Widget(Map<String, Object> members) {
    super(members);
  }

  /** What the server would refuse of it, with paths from the widget on; empty when all is right. */
  public List<Violation> violations() {
    Check check = new Check();
    check(check);
    return check.found();
  }

  /** Compact JSON of the widget as it is, whether or not it is right. */
  public String toJson() {
    return json();
  }

  /** The member of the wire's widget that holds it. */
  abstract String kind();

  /** As the wire has it: an object with one member, of the widget's kind. */
  final Part wrapped() {
    return new Plain(members(kind(), this));
  }
}
