/** The population: who is in which stage, how customers move between them, how recency, frequency and spend are spread. Pure. */
@NullMarked
package io.ebbline.population;

import org.jspecify.annotations.NullMarked;
