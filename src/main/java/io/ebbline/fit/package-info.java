/** Models from histories. */
@NullMarked
package io.ebbline.fit;

import org.jspecify.annotations.NullMarked;
