/**
 * What travels between a sender and Chat: codes, errors, options, names, limits. Values only; no
 * JSON library, no I/O. Facts and their sources are in docs/protocol.md.
 */
@NullMarked
package campana.wire;

import org.jspecify.annotations.NullMarked;
