/// The program: commands, exit codes, what they print. Comes in: arguments and variables. Goes out:
/// results on standard output, all else on standard error, one exit code. Always true: nothing
/// prompts, and what goes wrong as one may expect is one line, never a stack trace.
@NullMarked
package campana.cli;

import org.jspecify.annotations.NullMarked;
