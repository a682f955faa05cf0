/** The topology, and the names of its operators. */
@NullMarked
package io.ebbline.job;

import org.jspecify.annotations.NullMarked;
