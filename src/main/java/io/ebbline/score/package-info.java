/** One class per score. Scores.ALL is the one registry. */
@NullMarked
package io.ebbline.score;

import org.jspecify.annotations.NullMarked;
