/** What happens between a shop and its customers, in the shop's words. Uses nothing else of Ebbline. */
@NullMarked
package io.ebbline.event;

import org.jspecify.annotations.NullMarked;
