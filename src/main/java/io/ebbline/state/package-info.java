/** What is stored: names, formats with their versions, serializers. */
@NullMarked
package io.ebbline.state;

import org.jspecify.annotations.NullMarked;
