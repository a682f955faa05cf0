/** The bounded profile of one customer and its folds. A profile changes only by events, in event-time order. */
@NullMarked
package io.ebbline.profile;

import org.jspecify.annotations.NullMarked;
