package dev.threadwell.toolworker.function;

import dev.threadwell.assistant.Binding;
import dev.threadwell.assistant.Tool.Function;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.toolworker.ToolExecutor;
import dev.threadwell.topic.ToolRequested;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Executes functions by their binding, over HTTP or Kafka. */
@ApplicationScoped
public class FunctionTool implements ToolExecutor {

    private final HttpFunction overHttp;
    private final KafkaFunction overKafka;

    @Inject
    public FunctionTool(HttpFunction overHttp, KafkaFunction overKafka) {
        this.overHttp = overHttp;
        this.overKafka = overKafka;
    }

    @Override
    public ToolKind kind() {
        return ToolKind.FUNCTION;
    }

    @Override
    public @Nullable ToolOutput execute(ToolRequested call) {
        if (!(call.definition() instanceof Function(var _, var binding)) || binding == null) {
            return new ToolOutput.Text("The function " + call.name() + " is not bound.");
        }
        Binding.Http http = binding.http();
        return http == null ? overKafka.hand(call, binding) : overHttp.execute(call, binding, http);
    }
}
