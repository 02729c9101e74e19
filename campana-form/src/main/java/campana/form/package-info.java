@org.jspecify.annotations.NullMarked
package campana.form;
