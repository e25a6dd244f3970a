package dev.threadwell.toolworker.imagegeneration;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.toolworker.ToolExecutor;
import dev.threadwell.topic.ToolRequested;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;

/** The tool {@code text_to_image}: makes pictures. */
@ApplicationScoped
public class TextToImage implements ToolExecutor {

    private final ImageCalls calls;

    @Inject
    TextToImage(ImageCalls calls) {
        this.calls = calls;
    }

    @Override
    public ToolKind kind() {
        return ToolKind.TEXT_TO_IMAGE;
    }

    @Override
    public ToolOutput execute(ToolRequested call) throws IOException, InterruptedException {
        return calls.execute(call);
    }
}
