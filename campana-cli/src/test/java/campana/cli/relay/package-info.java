@org.jspecify.annotations.NullMarked
package campana.cli.relay;
