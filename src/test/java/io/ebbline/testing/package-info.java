/** What the tests of all packages share. */
@NullMarked
package io.ebbline.testing;

import org.jspecify.annotations.NullMarked;
