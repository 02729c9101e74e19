/// Failures on purpose, so that a sender's own handling of errors can be tried: one rehearsal a
/// space at most (docs/protocol.md, «Rehearsal»). In: the wish of whoever manages the space, and
/// each post that was admitted. Out: the fault that a post meets, if any. Always true: what meets a
/// fault is not stored and takes no slot; one that is for so many posts is met by so many, over all
/// processes.
@NullMarked
package campana.server.rehearsal;

import org.jspecify.annotations.NullMarked;
