/** The demo's live view: what the output topics say, kept as counts and drawn as text. */
@NullMarked
package io.ebbline.cli.view;

import org.jspecify.annotations.NullMarked;
