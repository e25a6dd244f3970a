package dev.threadwell.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedClassResolver;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.vectorstore.ChunkingStrategy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every polymorphic type has a name in JSON; a tool needs no Java type of its own. */
class JsonTypesTest {

    /** These types contain their name themselves. */
    private static final Set<Class<?>> GENERIC =
            Set.of(Tool.Generic.class, StepDetails.GenericCall.class);

    private static final StepDetails.GenericCall ASKED =
            new StepDetails.GenericCall(
                    "call_e",
                    new ToolKind("echo"),
                    Map.of("times", 2),
                    "{\"text\":\"Ahoy\"}",
                    null);

    static Stream<Class<?>> told() {
        return Stream.of(
                Tool.class,
                StepDetails.class,
                StepDetails.ToolCall.class,
                ToolOutput.class,
                MessageContent.class,
                ChunkingStrategy.class);
    }

    private static Map<Class<?>, String> names(Class<?> base) {
        MapperConfig<?> config = Json.mapper().getSerializationConfig();
        AnnotatedClass annotated =
                AnnotatedClassResolver.resolve(config, Json.mapper().constructType(base), config);
        Map<Class<?>, String> names = new HashMap<>();
        for (NamedType type :
                Json.mapper()
                        .getSubtypeResolver()
                        .collectAndResolveSubtypesByClass(config, annotated)) {
            if (type.hasName()) {
                names.put(type.getType(), type.getName());
            }
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("told")
    void everyTypeHasAName(Class<?> base) {
        Set<Class<?>> types =
                Stream.of(base.getPermittedSubclasses())
                        .filter(type -> !GENERIC.contains(type))
                        .collect(Collectors.toSet());

        assertThat(names(base).keySet()).containsAll(types);
        assertThat(names(base).values()).doesNotHaveDuplicates();
    }

    @Test
    void everyTypeOfToolIsOfAKind() {
        assertThat(ToolKind.ALL.stream().map(ToolKind::name).toList())
                .containsAll(names(Tool.class).values());
    }

    @Test
    void aKindWithoutATypeOfItsOwnIsReadAsGeneric() {
        ToolKind.ALL.stream()
                .filter(kind -> !names(Tool.class).containsValue(kind.name()))
                .forEach(
                        kind ->
                                assertThat(Json.read("{\"type\":\"" + kind + "\"}", Tool.class))
                                        .isEqualTo(new Tool.Generic(kind, Map.of())));
    }

    @Test
    void aToolSaysItsKindInJsonAndInJava() {
        names(Tool.class)
                .forEach(
                        (type, name) ->
                                assertThat(Json.read("{\"type\":\"" + name + "\"}", Tool.class))
                                        .isInstanceOf(type)
                                        .extracting(Tool::kind)
                                        .isEqualTo(new ToolKind(name)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"echo\",\"echo\":{\"times\":2,\"pause\":1.50,\"voices\":[\"a\",null]}}",
                "{\"type\":\"echo\"}"
            })
    void aToolWithoutATypeOfItsOwnKeepsItsOptions(String json) {
        Tool tool = Json.read(json, Tool.class);

        assertThat(tool.kind()).isEqualTo(new ToolKind("echo"));
        assertThat(Json.compact(tool)).isEqualTo(json);
        assertThat(Json.compact(List.of(tool))).isEqualTo("[" + json + "]");
    }

    @Test
    void aCallOfATypelessToolIsStoredWhole() {
        StepDetails.ToolCall answered =
                ASKED.answeredWith(
                        new ToolOutput.Result(
                                Map.of("output", "Ahoy"),
                                "Ahoy",
                                List.of(new ToolOutput.MadeFile("/mnt/data/a.wav", "file-a")),
                                List.of("file-b")));

        assertThat(stored(ASKED)).isEqualTo(ASKED);
        assertThat(stored(answered)).isEqualTo(answered);
        assertThat(ASKED.answered()).isFalse();
        assertThat(answered.answered()).isTrue();
    }

    @Test
    void theNumberOfACallIsStoredAndNotShown() {
        StepDetails.GenericCall numbered =
                new StepDetails.GenericCall(
                        "call_e", new ToolKind("echo"), Map.of(), "{}", null, 7);

        StepDetails.ToolCall answered = numbered.answeredWith(new ToolOutput.Text("Ahoy"));

        assertThat(((StepDetails.GenericCall) stored(answered)).number()).isEqualTo(7);
        assertThat(Json.compact(answered.shown(true))).doesNotContain("number");
    }

    private static StepDetails.ToolCall stored(StepDetails.ToolCall call) {
        String json = Json.compact(new StepDetails.ToolCalls(List.of(call)));
        return ((StepDetails.ToolCalls) Json.read(json, StepDetails.class)).toolCalls().getFirst();
    }

    @Test
    void clientsSeeTheDetailsOfACallOnly() {
        StepDetails.ToolCall answered =
                ASKED.answeredWith(new ToolOutput.Text("Nobody is there to repeat it."));

        assertThat(Json.compact(answered.shown(true)))
                .isEqualTo("{\"id\":\"call_e\",\"type\":\"echo\",\"echo\":{\"times\":2}}");
    }

    @Test
    void aKindIsItsName() {
        assertThat(Json.compact(ToolKind.FILE_SEARCH)).isEqualTo("\"file_search\"");
        assertThat(Json.read("\"tides\"", ToolKind.class)).isEqualTo(new ToolKind("tides"));
    }

    @Test
    void aStepOfCallsIsReadWithoutItsCallsTypesInJava() {
        RunStep step =
                Json.read(
                        """
                        {"id":"step_1","step_details":{"type":"tool_calls","tool_calls":
                        [{"id":"call_1","type":"tides","tides":{"port":"Brest"}}]}}""",
                        RunStep.class);

        assertThat(((StepDetails.ToolCalls) step.stepDetails()).toolCalls().getFirst().type())
                .isEqualTo("tides");
    }
}
