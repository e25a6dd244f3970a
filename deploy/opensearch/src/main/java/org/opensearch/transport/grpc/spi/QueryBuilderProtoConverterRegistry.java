package org.opensearch.transport.grpc.spi;

/** As {@link QueryBuilderProtoConverter}: what a node without gRPC needs the name of. */
public interface QueryBuilderProtoConverterRegistry {}
