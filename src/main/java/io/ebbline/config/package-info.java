/** Options: typed, described, validated together before anything starts. Read by the job and the command line alone. */
@NullMarked
package io.ebbline.config;

import org.jspecify.annotations.NullMarked;
