/** Tests of the command line. */
@NullMarked
package io.ebbline.cli;

import org.jspecify.annotations.NullMarked;
