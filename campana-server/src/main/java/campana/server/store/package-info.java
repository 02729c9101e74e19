/// All SQL of the chat server. One class per interface of a room, its statements at its head.
@NullMarked
package campana.server.store;

import org.jspecify.annotations.NullMarked;
