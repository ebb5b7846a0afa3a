/**
 * The annotation processor: reads handler classes into a model, checks the model, writes dispatchers. Runs inside the
 * compiler; generated code refers to the runtime by name only.
 */
@NullMarked
package dev.weft.processor;

import org.jspecify.annotations.NullMarked;
