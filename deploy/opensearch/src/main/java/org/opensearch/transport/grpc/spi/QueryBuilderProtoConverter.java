package org.opensearch.transport.grpc.spi;

/**
 * Has the name of what a class of the k-NN plugin implements for the module that speaks gRPC, which
 * is not published; that class is loaded in every node, and in one without that module never asked.
 */
public interface QueryBuilderProtoConverter {}
