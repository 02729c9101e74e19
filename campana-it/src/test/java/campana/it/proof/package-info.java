/// What an answer means, proved on whole processes: killed at any moment, on a disk that loses what
/// was not synced, on one that fails or is full, and by the order of system calls. A 200 is stored,
/// once; an error is not; no answer is at most once, and once per requestId. And the server among
/// other people's programs, unchanged: clients, nginx, openssl.
@NullMarked
package campana.it.proof;

import org.jspecify.annotations.NullMarked;
