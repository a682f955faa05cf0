@org.jspecify.annotations.NullMarked
package io.ebbline.connector.archive;
