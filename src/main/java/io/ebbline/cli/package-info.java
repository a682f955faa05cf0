/** The command line: commands, what they print, and their exit codes. */
@NullMarked
package io.ebbline.cli;

import org.jspecify.annotations.NullMarked;
