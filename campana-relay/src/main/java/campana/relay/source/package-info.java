/// The tools that send triggers, one sub-package each, all of one shape
/// ([campana.relay.source.Source]). Comes in: a request's bytes as they came. Goes out:
/// [campana.relay.source.Trigger]s, or why not.
///
/// Always true: what a tool sends beyond what we know is ignored, never refused; a trigger's texts
/// are Chat markup already and bounded.
@NullMarked
package campana.relay.source;

import org.jspecify.annotations.NullMarked;
