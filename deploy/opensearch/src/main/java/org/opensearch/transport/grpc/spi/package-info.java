/** Names that the k-NN plugin knows, of a module that is not published. */
@NullMarked
package org.opensearch.transport.grpc.spi;

import org.jspecify.annotations.NullMarked;
