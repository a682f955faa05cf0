/** Records of the input topics in files, which outlive the topics' retention. */
@NullMarked
package io.ebbline.connector.archive;

import org.jspecify.annotations.NullMarked;
