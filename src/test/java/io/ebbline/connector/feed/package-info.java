@NullMarked
package io.ebbline.connector.feed;

import org.jspecify.annotations.NullMarked;
