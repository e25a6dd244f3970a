package dev.threadwell.wire;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import dev.threadwell.assistant.Binding;
import dev.threadwell.assistant.Tool;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Security: the table of the components of stored objects that clients never see. It applies to
 * every serialized object at any nesting depth, so that no caller can forget it.
 */
final class PublicTypes extends BeanSerializerModifier {

    private static final long serialVersionUID = 1L;

    /** The record components that are always left out, by their Java names. */
    static final Map<Class<?>, Set<String>> NEVER_SHOWN =
            Map.of(
                    Tool.Mcp.class, Set.of("secretId"),
                    Binding.class, Set.of("secretId"),
                    StepDetails.ToolCalls.class, Set.of("providerFields"),
                    StepDetails.Code.class, Set.of("files", "note"),
                    StepDetails.Search.class, Set.of("arguments", "note", "number"));

    /** The record components that are shown only to clients that request the extensions. */
    static final Map<Class<?>, Set<String>> BINDINGS =
            Map.of(Tool.Function.class, Set.of("threadwell"));

    private final PublicJson.Bindings bindings;

    PublicTypes(PublicJson.Bindings bindings) {
        this.bindings = bindings;
    }

    @Override
    public List<BeanPropertyWriter> changeProperties(
            SerializationConfig config, BeanDescription bean, List<BeanPropertyWriter> properties) {
        properties.removeIf(
                property -> !isShown(bean.getBeanClass(), property.getMember().getName()));
        return properties;
    }

    private boolean isShown(Class<?> type, String component) {
        return !NEVER_SHOWN.getOrDefault(type, Set.of()).contains(component)
                && (bindings == PublicJson.Bindings.SHOWN
                        || !BINDINGS.getOrDefault(type, Set.of()).contains(component));
    }

    /**
     * Converts steps to their public form, which e.g. has an empty list for a call without output.
     */
    @Override
    public JsonSerializer<?> modifySerializer(
            SerializationConfig config, BeanDescription bean, JsonSerializer<?> serializer) {
        return bean.getBeanClass().equals(RunStep.class)
                ? new StdDelegatingSerializer(new ShownStep(), bean.getType(), serializer)
                : serializer;
    }

    private static final class ShownStep extends StdConverter<Object, Object> {

        @Override
        public Object convert(Object step) {
            return ((RunStep) step).shown(true);
        }
    }
}
