/** The engine: profile and event or deadline in, profile, answers and next review out. Pure. */
@NullMarked
package io.ebbline.engine;

import org.jspecify.annotations.NullMarked;
