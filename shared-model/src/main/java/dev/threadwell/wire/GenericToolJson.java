package dev.threadwell.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.ToolOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Serializes tools and calls without a Java type of their own. The tool's data is a member that is
 * named after its kind: {@code {"type":"echo","echo":{…}}}.
 */
final class GenericToolJson {

    private static final String ID = "id";
    private static final String TYPE = "type";
    private static final String ARGUMENTS = "arguments";
    private static final String RESULT = "result";
    private static final String NUMBER = "number";

    private GenericToolJson() {}

    static Module module() {
        return new SimpleModule("generic tools")
                .addSerializer(new ToolWriter())
                .addDeserializer(Tool.Generic.class, new ToolReader())
                .addSerializer(new CallWriter())
                .addDeserializer(StepDetails.GenericCall.class, new CallReader())
                .addSerializer(new KindWriter())
                .addDeserializer(ToolKind.class, new KindReader());
    }

    private static ToolKind kind(JsonNode json, DeserializationContext context) throws IOException {
        JsonNode type = json.path(TYPE);
        return type.isTextual()
                ? new ToolKind(type.textValue())
                : context.reportInputMismatch(Tool.class, "A tool has no type.");
    }

    private static Map<String, Object> object(JsonNode json, DeserializationContext context)
            throws IOException {
        JavaType type =
                context.getTypeFactory()
                        .constructMapType(LinkedHashMap.class, String.class, Object.class);
        return json.isObject() ? context.readTreeAsValue(json, type) : Map.of();
    }

    /** A serializer that writes the type property itself, instead of Jackson's type serializer. */
    private abstract static class SelfTyped<T> extends StdSerializer<T> {

        SelfTyped(Class<T> type) {
            super(type);
        }

        @Override
        public void serializeWithType(
                T value, JsonGenerator out, SerializerProvider provider, TypeSerializer type)
                throws IOException {
            serialize(value, out, provider);
        }
    }

    private static final class ToolWriter extends SelfTyped<Tool.Generic> {

        ToolWriter() {
            super(Tool.Generic.class);
        }

        @Override
        public void serialize(Tool.Generic tool, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeStartObject();
            out.writeStringField(TYPE, tool.kind().name());
            // A tool that was given as its type alone is shown as its type alone.
            if (!tool.options().isEmpty()) {
                provider.defaultSerializeField(tool.kind().name(), tool.options(), out);
            }
            out.writeEndObject();
        }
    }

    private static final class ToolReader extends StdDeserializer<Tool.Generic> {

        ToolReader() {
            super(Tool.Generic.class);
        }

        @Override
        public Tool.Generic deserialize(JsonParser in, DeserializationContext context)
                throws IOException {
            JsonNode json = context.readTree(in);
            ToolKind kind = kind(json, context);
            return new Tool.Generic(kind, object(json.path(kind.name()), context));
        }
    }

    private static final class CallWriter extends SelfTyped<StepDetails.GenericCall> {

        CallWriter() {
            super(StepDetails.GenericCall.class);
        }

        @Override
        public void serialize(
                StepDetails.GenericCall call, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeStartObject();
            out.writeStringField(ID, call.id());
            out.writeStringField(TYPE, call.type());
            provider.defaultSerializeField(call.type(), call.details(), out);
            if (call.arguments() != null) {
                out.writeStringField(ARGUMENTS, call.arguments());
            }
            if (call.result() != null) {
                provider.defaultSerializeField(RESULT, call.result(), out);
            }
            if (call.number() != null) {
                out.writeNumberField(NUMBER, call.number());
            }
            out.writeEndObject();
        }
    }

    private static final class CallReader extends StdDeserializer<StepDetails.GenericCall> {

        CallReader() {
            super(StepDetails.GenericCall.class);
        }

        @Override
        public StepDetails.GenericCall deserialize(JsonParser in, DeserializationContext context)
                throws IOException {
            JsonNode json = context.readTree(in);
            ToolKind kind = kind(json, context);
            return new StepDetails.GenericCall(
                    json.path(ID).asText(),
                    kind,
                    object(json.path(kind.name()), context),
                    json.path(ARGUMENTS).textValue(),
                    result(json.path(RESULT), context),
                    json.path(NUMBER).isInt() ? json.path(NUMBER).intValue() : null);
        }

        private static ToolOutput.@Nullable Result result(
                JsonNode json, DeserializationContext context) throws IOException {
            return json.isObject() ? context.readTreeAsValue(json, ToolOutput.Result.class) : null;
        }
    }

    private static final class KindWriter extends StdSerializer<ToolKind> {

        KindWriter() {
            super(ToolKind.class);
        }

        @Override
        public void serialize(ToolKind kind, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeString(kind.name());
        }
    }

    private static final class KindReader extends StdDeserializer<ToolKind> {

        KindReader() {
            super(ToolKind.class);
        }

        @Override
        public ToolKind deserialize(JsonParser in, DeserializationContext context)
                throws IOException {
            return new ToolKind(in.getText());
        }
    }
}
