/** Tests of what is shipped: the job jar, the docker files. */
@NullMarked
package io.ebbline.packaging;

import org.jspecify.annotations.NullMarked;
