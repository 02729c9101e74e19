@org.jspecify.annotations.NullMarked
package campana.server;
