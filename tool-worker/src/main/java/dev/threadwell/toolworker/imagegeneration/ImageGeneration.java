package dev.threadwell.toolworker.imagegeneration;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.toolworker.ToolExecutor;
import dev.threadwell.topic.ToolRequested;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;

/** The tool {@code image_generation}: makes pictures. */
@ApplicationScoped
public class ImageGeneration implements ToolExecutor {

    private final ImageCalls calls;

    @Inject
    ImageGeneration(ImageCalls calls) {
        this.calls = calls;
    }

    @Override
    public ToolKind kind() {
        return ToolKind.IMAGE_GENERATION;
    }

    @Override
    public ToolOutput execute(ToolRequested call) throws IOException, InterruptedException {
        return calls.execute(call);
    }
}
