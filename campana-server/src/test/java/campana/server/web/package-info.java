@NullMarked
package campana.server.web;

import org.jspecify.annotations.NullMarked;
