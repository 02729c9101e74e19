/// The config: flags, `CAMPANA_…` variables and the file, in this order of weight. Comes in: text.
/// Goes out: a [campana.cli.config.ServeConfig], or every mistake at once. Always true: a config
/// with one mistake has no effect at all, and no mistake's text holds a value that came from a
/// variable or a file.
@NullMarked
package campana.cli.config;

import org.jspecify.annotations.NullMarked;
