package dev.threadwell.runworker.turn.tool;

import java.util.List;

/** Takes what calls have brought that messages can refer to, or show. */
public interface SourceCollector {

    /**
     * The model can cite these by the markers {@code 【number:index†…】}.
     *
     * @param number of the call, as its {@link WrittenCall} took it
     * @param fileIds one for each result, in the order in which the model was told them
     */
    void found(int number, List<String> fileIds);

    /** The model can link to this file by {@code sandbox:} and its path. */
    void made(String path, String fileId);

    /** The run's next message shows this image in front of its text. */
    void drawn(String fileId);
}
