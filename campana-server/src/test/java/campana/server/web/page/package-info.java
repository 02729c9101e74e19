@NullMarked
package campana.server.web.page;

import org.jspecify.annotations.NullMarked;
