package dev.threadwell.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.threadwell.assistant.Binding;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.file.Upload;
import dev.threadwell.file.UploadStatus;
import dev.threadwell.run.RunStatus;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.StepStatus;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.run.Usage;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.thread.MessageStatus;
import dev.threadwell.vectorstore.ChunkingStrategy;
import dev.threadwell.vectorstore.IngestionStatus;
import dev.threadwell.vectorstore.VectorStore;
import java.io.IOException;
import java.util.Locale;

/** The Jackson bindings of all types and statuses that JSON represents by a name. */
final class JsonTypes {

    private JsonTypes() {}

    private static final NamedType[] TOOLS = {
        named(Tool.CodeInterpreter.class, ToolKind.CODE_INTERPRETER),
        named(Tool.FileSearch.class, ToolKind.FILE_SEARCH),
        named(Tool.Function.class, ToolKind.FUNCTION),
        named(Tool.Mcp.class, ToolKind.MCP),
    };

    private static final NamedType[] TOOL_CALLS = {
        named(StepDetails.FunctionCall.class, ToolKind.FUNCTION),
        named(StepDetails.CodeInterpreterCall.class, ToolKind.CODE_INTERPRETER),
        named(StepDetails.FileSearchCall.class, ToolKind.FILE_SEARCH),
    };

    private static NamedType named(Class<?> type, ToolKind kind) {
        return new NamedType(type, kind.name());
    }

    /**
     * A type that is not in the table is read as a generic tool, whose deserializer reads the kind.
     */
    @JsonTypeInfo(
            use = JsonTypeInfo.Id.NAME,
            property = "type",
            visible = true,
            defaultImpl = Tool.Generic.class)
    private interface Tools {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(name = "text", value = MessageContent.Text.class),
        @JsonSubTypes.Type(name = "image_file", value = MessageContent.ImageFile.class),
        @JsonSubTypes.Type(name = "image_url", value = MessageContent.ImageUrl.class),
        @JsonSubTypes.Type(name = "refusal", value = MessageContent.Refusal.class),
    })
    private interface MessageContents {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(name = "message_creation", value = StepDetails.MessageCreation.class),
        @JsonSubTypes.Type(name = "tool_calls", value = StepDetails.ToolCalls.class),
    })
    private interface Details {}

    /** The id comes before the type here, so the type is written as an ordinary property. */
    @JsonTypeInfo(
            use = JsonTypeInfo.Id.NAME,
            include = JsonTypeInfo.As.EXISTING_PROPERTY,
            property = "type",
            visible = true,
            defaultImpl = StepDetails.GenericCall.class)
    @JsonPropertyOrder({"id", "type"})
    private interface ToolCalls {

        @JsonProperty
        String type();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(name = "text", value = ToolOutput.Text.class),
        @JsonSubTypes.Type(name = "code", value = ToolOutput.Code.class),
        @JsonSubTypes.Type(name = "found", value = ToolOutput.Found.class),
        @JsonSubTypes.Type(name = "result", value = ToolOutput.Result.class),
        @JsonSubTypes.Type(name = "failed", value = ToolOutput.Failed.class),
    })
    private interface ToolOutputs {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes(@JsonSubTypes.Type(name = "static", value = ChunkingStrategy.Static.class))
    private interface ChunkingStrategies {}

    private interface StaticChunking {

        @JsonProperty("static")
        ChunkingStrategy.Sizes sizes();
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private interface LeftOutWhenNull {}

    static ObjectMapper bind(ObjectMapper mapper) {
        mapper.registerSubtypes(TOOLS);
        mapper.registerSubtypes(TOOL_CALLS);
        return mapper.addMixIn(Tool.class, Tools.class)
                .addMixIn(MessageContent.class, MessageContents.class)
                .addMixIn(StepDetails.class, Details.class)
                .addMixIn(StepDetails.ToolCall.class, ToolCalls.class)
                .addMixIn(ToolOutput.class, ToolOutputs.class)
                .addMixIn(StepDetails.ToolCalls.class, LeftOutWhenNull.class)
                .addMixIn(StepDetails.Code.class, LeftOutWhenNull.class)
                .addMixIn(StepDetails.Search.class, LeftOutWhenNull.class)
                .addMixIn(ChunkingStrategy.class, ChunkingStrategies.class)
                .addMixIn(ChunkingStrategy.Static.class, StaticChunking.class)
                .addMixIn(Tool.Definition.class, LeftOutWhenNull.class)
                .addMixIn(Tool.Function.class, LeftOutWhenNull.class)
                .addMixIn(Tool.Mcp.class, LeftOutWhenNull.class)
                .addMixIn(Binding.class, LeftOutWhenNull.class)
                .addMixIn(Tool.Options.class, LeftOutWhenNull.class)
                .addMixIn(Upload.class, LeftOutWhenNull.class)
                .addMixIn(Usage.class, LeftOutWhenNull.class)
                .registerModule(GenericToolJson.module())
                .registerModule(
                        new SimpleModule("statuses")
                                .addSerializer(new LowerCase<>(RunStatus.class))
                                .addSerializer(new LowerCase<>(StepStatus.class))
                                .addSerializer(new LowerCase<>(MessageStatus.class))
                                .addSerializer(new LowerCase<>(UploadStatus.class))
                                .addSerializer(new LowerCase<>(IngestionStatus.class))
                                .addSerializer(new LowerCase<>(VectorStore.Status.class))
                                .addDeserializer(RunStatus.class, new UpperCase<>(RunStatus.class))
                                .addDeserializer(
                                        StepStatus.class, new UpperCase<>(StepStatus.class))
                                .addDeserializer(
                                        MessageStatus.class, new UpperCase<>(MessageStatus.class))
                                .addDeserializer(
                                        UploadStatus.class, new UpperCase<>(UploadStatus.class))
                                .addDeserializer(
                                        IngestionStatus.class,
                                        new UpperCase<>(IngestionStatus.class))
                                .addDeserializer(
                                        VectorStore.Status.class,
                                        new UpperCase<>(VectorStore.Status.class)));
    }

    private static final class LowerCase<E extends Enum<E>> extends StdSerializer<E> {

        LowerCase(Class<E> type) {
            super(type);
        }

        @Override
        public void serialize(E value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeString(value.name().toLowerCase(Locale.ROOT));
        }
    }

    private static final class UpperCase<E extends Enum<E>> extends StdDeserializer<E> {

        private final Class<E> type;

        UpperCase(Class<E> type) {
            super(type);
            this.type = type;
        }

        @Override
        public E deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return Enum.valueOf(type, in.getText().toUpperCase(Locale.ROOT));
        }
    }
}
