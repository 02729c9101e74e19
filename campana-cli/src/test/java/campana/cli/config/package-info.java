@org.jspecify.annotations.NullMarked
package campana.cli.config;
