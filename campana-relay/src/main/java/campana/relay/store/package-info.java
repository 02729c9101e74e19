/// All SQL of the relay. Implements what the rooms ask for, on `DATA/relay.db`.
///
/// Always true: every primary and unique key begins with the bucket of its lane or route; what is
/// read for an attempt is found by an index, never by a search through the backlog.
@NullMarked
package campana.relay.store;

import org.jspecify.annotations.NullMarked;
