@org.jspecify.annotations.NullMarked
package campana.bench;
