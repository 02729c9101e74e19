/// A PostgreSQL for tests. Nothing comes in; out go an address and names of schemas that nobody
/// else has.
///
/// Always true: one server a JVM, begun by the first test that asks for it and ended with the JVM.
/// It runs as root, too, where the system has user namespaces.
@NullMarked
package campana.testdb;

import org.jspecify.annotations.NullMarked;
