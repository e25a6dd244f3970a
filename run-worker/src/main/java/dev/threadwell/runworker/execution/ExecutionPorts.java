package dev.threadwell.runworker.execution;

import dev.threadwell.platform.tracing.Tracing;
import dev.threadwell.runworker.model.ChatModel;
import dev.threadwell.runworker.prompt.PromptAssembly;
import dev.threadwell.runworker.stream.StreamHistory;
import dev.threadwell.runworker.stream.StreamWriters;
import java.time.InstantSource;

/**
 * The ports through which an execution reaches the database, the model, the stream and the clock,
 * its metrics and the traces.
 */
record ExecutionPorts(
        ExecutionStore store,
        PromptAssembly prompts,
        ChatModel model,
        StreamWriters streams,
        StreamHistory history,
        InstantSource clock,
        ExecutionMetrics metrics,
        Tracing tracing) {}
