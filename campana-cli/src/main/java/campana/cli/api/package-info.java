/// How commands reach the running server. Comes in: a data folder or the variables that stand in
/// for it. Goes out: JSON as the server gives it, or a [campana.cli.api.Failure] with the exit
/// code. Always true: the token is sent to the address it belongs to and shown nowhere.
@NullMarked
package campana.cli.api;

import org.jspecify.annotations.NullMarked;
