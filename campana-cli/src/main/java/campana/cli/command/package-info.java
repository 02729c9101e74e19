/// The commands, one class for each noun. Each reads its arguments, asks the server, prints.
@NullMarked
package campana.cli.command;

import org.jspecify.annotations.NullMarked;
