package dev.threadwell.flow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Receives the spans of all services, as a collector does: OTLP over HTTP. */
final class TraceReceiver implements AutoCloseable {

    private static final String SERVICE = "service.name";

    private final HttpServer server;
    private final Queue<ReceivedSpan> spans = new ConcurrentLinkedQueue<>();

    TraceReceiver() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/traces", this::receive);
        server.start();
    }

    /**
     * Traces are on, and nothing is sampled by itself: what a client traces is, and nothing else.
     */
    Map<String, String> settings() {
        return Map.of(
                "OTEL_SDK_DISABLED", "false",
                "OTEL_TRACES_SAMPLER_ARG", "0.0",
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + server.getAddress().getPort(),
                "QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "100ms");
    }

    /** A span as it arrived; {@code links} are the ids of the linked spans. */
    record ReceivedSpan(
            String service,
            String name,
            String trace,
            String id,
            String parent,
            List<String> links,
            Map<String, String> attributes,
            String text) {

        String attribute(String name) {
            return attributes.getOrDefault(name, "");
        }

        boolean is(String begin) {
            return name.startsWith(begin);
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            InputStream body = exchange.getRequestBody();
            boolean zipped =
                    "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            read(ExportTraceServiceRequest.parseFrom(zipped ? new GZIPInputStream(body) : body));
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void read(ExportTraceServiceRequest request) {
        for (var resource : request.getResourceSpansList()) {
            String service =
                    attributes(resource.getResource().getAttributesList())
                            .getOrDefault(SERVICE, "");
            resource.getScopeSpansList().stream()
                    .flatMap(scope -> scope.getSpansList().stream())
                    .map(span -> received(service, span))
                    .forEach(spans::add);
        }
    }

    private static ReceivedSpan received(
            String service, io.opentelemetry.proto.trace.v1.Span span) {
        Function<com.google.protobuf.ByteString, String> hex =
                bytes -> HexFormat.of().formatHex(bytes.toByteArray());
        return new ReceivedSpan(
                service,
                span.getName(),
                hex.apply(span.getTraceId()),
                hex.apply(span.getSpanId()),
                hex.apply(span.getParentSpanId()),
                span.getLinksList().stream().map(link -> hex.apply(link.getSpanId())).toList(),
                attributes(span.getAttributesList()),
                span.toString());
    }

    private static Map<String, String> attributes(List<KeyValue> all) {
        return all.stream()
                .collect(Collectors.toMap(KeyValue::getKey, TraceReceiver::value, (a, b) -> b));
    }

    private static String value(KeyValue attribute) {
        var value = attribute.getValue();
        return value.hasStringValue()
                ? value.getStringValue()
                : value.hasIntValue() ? Long.toString(value.getIntValue()) : value.toString();
    }

    /** All spans that have arrived. */
    List<ReceivedSpan> all() {
        return List.copyOf(spans);
    }

    /** The spans of a trace that have arrived. */
    List<ReceivedSpan> of(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace)).toList();
    }

    /** The spans of a trace with names that begin so, once there are this many. */
    List<ReceivedSpan> awaits(String trace, String name, int count) {
        return Eventually.present(
                count + " spans " + name + " of " + trace,
                () -> {
                    List<ReceivedSpan> found =
                            of(trace).stream().filter(span -> span.is(name)).toList();
                    return found.size() < count ? null : found;
                });
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
