@org.jspecify.annotations.NullMarked
package campana.it;
