/// Spaces and their members. Comes in: names and wishes of people who administer. Goes out:
/// [campana.server.space.Space] values. Always true: a space's id begins with `cmp` and is never
/// used again, not even after its deletion.
@NullMarked
package campana.server.space;

import org.jspecify.annotations.NullMarked;
