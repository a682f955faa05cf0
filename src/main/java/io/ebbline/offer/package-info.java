/** What to offer whom, when and why: affinities, ranking, arbitration, contact policy, outcomes. */
@NullMarked
package io.ebbline.offer;

import org.jspecify.annotations.NullMarked;
