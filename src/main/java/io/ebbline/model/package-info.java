/** Models as data: versioned rules and parameters, and which version is in force when. Uses nothing else of Ebbline. */
@NullMarked
package io.ebbline.model;

import org.jspecify.annotations.NullMarked;
