/// The pages: what people see in a browser. Comes in: requests of somebody signed in, or not yet.
/// Goes out: HTML from the templates in `src/main/jte`, one stylesheet, one script, and the live
/// stream. Always true: every word comes from the catalogue [campana.server.web.page.Words]; a GET
/// changes nothing; every form carries a token that only its own page can know; nothing a sender
/// wrote becomes markup of ours.
@NullMarked
package campana.server.web.page;

import org.jspecify.annotations.NullMarked;
