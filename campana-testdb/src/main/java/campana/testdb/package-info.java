/// PostgreSQL for tests. Nothing comes in; out go an address and names of schemas that nobody else
/// has; a server of a test's own that dies and comes back; and a way to one that fails on command.
///
/// Always true: one server a JVM for all that do not want their own, begun by the first test that
/// asks for it and ended with the JVM. It runs as root, too, where the system has user namespaces.
@NullMarked
package campana.testdb;

import org.jspecify.annotations.NullMarked;
