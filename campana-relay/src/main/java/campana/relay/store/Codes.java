package campana.relay.store;

import campana.relay.outbox.Priority;
import campana.relay.outbox.Threading.Missing;
import campana.relay.outbox.Trust;
import campana.relay.source.Severity;
import java.util.List;

/// The numbers that stand for values in the database: the places of these lists, which never
/// change; what is new goes to the end.
///
/// @param <E> the values
record Codes<E>(List<E> values) {
  static final Codes<Trust> TRUST =
      new Codes<>(List.of(Trust.UNPROVEN, Trust.PROVEN, Trust.HELD, Trust.REFUSED));
  static final Codes<Priority> PRIORITY =
      new Codes<>(List.of(Priority.CRITICAL, Priority.NORMAL, Priority.LOW));
  static final Codes<Missing> MISSING =
      new Codes<>(List.of(Missing.NEW_THREAD, Missing.FALLBACK, Missing.FAIL));
  static final Codes<Severity> SEVERITY =
      new Codes<>(List.of(Severity.CRITICAL, Severity.WARNING, Severity.INFO, Severity.OK));

  int of(E value) {
    return values.indexOf(value);
  }

  E at(long number) {
    return values.get((int) number);
  }
}
