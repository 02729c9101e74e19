/// The running program around the server's rooms: config and its reload, the log, what `doctor`
/// finds, start and stop. Comes in: a data folder and a config. Goes out: readable lines, and
/// `server.json`. Always true: a secret is printed to standard output once or not at all, and never
/// logged.
@NullMarked
package campana.cli.serve;

import org.jspecify.annotations.NullMarked;
