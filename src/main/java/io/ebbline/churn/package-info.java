/** The customer's lifecycle as transitions between stages. */
@NullMarked
package io.ebbline.churn;

import org.jspecify.annotations.NullMarked;
