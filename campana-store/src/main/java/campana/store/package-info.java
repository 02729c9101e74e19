@org.jspecify.annotations.NullMarked
package campana.store;
