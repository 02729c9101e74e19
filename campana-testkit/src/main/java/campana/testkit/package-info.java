@org.jspecify.annotations.NullMarked
package campana.testkit;
