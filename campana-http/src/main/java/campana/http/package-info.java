@org.jspecify.annotations.NullMarked
package campana.http;
