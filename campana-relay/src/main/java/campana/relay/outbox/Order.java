package campana.relay.outbox;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Which class of waiting entries has the lane's next slot. Pure.
///
/// @param sinceUnproven slots since an unproven credential had one
/// @param afterAside whether the last slot went to an entry that stood back
public record Order(int sinceUnproven, boolean afterAside) {
  public static final Order FIRST = new Order(Order.ONE_IN, false);

  /// Unproven credentials have one slot in ten while others wait.
  static final int ONE_IN = 10;

  /// Where the next entry may come from.
  public enum From {
    /// The head of a held credential, whose probe is due.
    PROBE,
    /// An entry that stood back, whose time has come.
    ASIDE,
    /// A credential that never had a 2xx.
    UNPROVEN,
    TRUSTED
  }

  /// In which order to look: the first class that has an entry gets the slot.
  public List<From> preference() {
    var order = new ArrayList<From>();
    order.add(From.PROBE);
    if (!afterAside) {
      order.add(From.ASIDE);
    }
    if (unprovenDue()) {
      order.add(From.UNPROVEN);
    }
    order.add(From.TRUSTED);
    rest(order).forEach(order::add);
    return order;
  }

  /// Whether the next slot may go to an unproven credential though others wait.
  public boolean unprovenDue() {
    return sinceUnproven >= ONE_IN - 1;
  }

  private static Set<From> rest(List<From> order) {
    var rest = EnumSet.allOf(From.class);
    order.forEach(rest::remove);
    return rest;
  }

  /// After a slot was given to an entry of `trust`.
  public Order after(Trust trust, boolean aside) {
    return new Order(trust == Trust.UNPROVEN ? 0 : Math.min(sinceUnproven + 1, ONE_IN), aside);
  }
}
