/// How a stored message looks. Comes in: its content as compact JSON, a name for each mention, an
/// address for each image. Goes out: one piece of HTML, one line of plain text, one state.
///
/// Always true, whatever was posted: only the elements of [campana.server.draw.Tag] and the
/// attributes of [campana.server.draw.Attribute] come out, balanced, without inline style or
/// script; every character of the sender's passes one escape ([campana.server.draw.Html]) and one
/// sieve for invisible ones ([campana.server.draw.Sieve]); a link is http, https or mailto
/// ([campana.server.draw.SafeLink]); an image is fetched from our own address or not at all; work
/// and output grow linearly with the input.
///
/// Colours that a sender chose become classes of a small palette ([campana.server.draw.Palette])
/// and not a style set by script: they then work without script, under a policy that forbids inline
/// style, and each has a light and a dark value with enough contrast, which `#ffffff` on white has
/// not.
@NullMarked
package campana.server.draw;

import org.jspecify.annotations.NullMarked;
