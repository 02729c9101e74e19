/// The tools that send triggers, one sub-package each, all of one shape
/// ([campana.relay.source.Source]). Comes in: a request's bytes as they came. Goes out:
/// [campana.relay.source.Trigger]s, or why not, and the words that the tool wants to hear back.
///
/// Always true: what a tool sends beyond what we know is ignored, never refused; a trigger's texts
/// are bounded, and foreign: nothing in them is markup, but for a [campana.relay.source.Prose] that
/// says so and was made harmless.
@NullMarked
package campana.relay.source;

import org.jspecify.annotations.NullMarked;
