import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@link Checks} ask of a client library: its own calls and types, told in plain values. */
interface Client {

    /** What an assistant can use; a store is for {@link #SEARCH}. */
    enum Tool {
        FUNCTION,
        CODE,
        SEARCH
    }

    record Call(String id, String name, String arguments) {}

    /** The status is spelled as on the wire. */
    record Run(String id, String thread, String status, List<Call> calls) {}

    /** The files are those that the annotations of the text name. */
    record Message(String role, String text, List<String> files) {}

    /**
     * An event of a stream. Whatever it does not carry is empty.
     *
     * @param text of a delta of a message
     * @param arguments of a delta of a step that calls a function
     */
    record Event(String name, String text, String arguments, Optional<Run> run) {

        static Event of(String name) {
            return new Event(name, "", "", Optional.empty());
        }

        static Event text(String name, String text) {
            return new Event(name, text, "", Optional.empty());
        }

        static Event arguments(String name, String arguments) {
            return new Event(name, "", arguments, Optional.empty());
        }

        static Event run(String name, Run run) {
            return new Event(name, "", "", Optional.of(run));
        }
    }

    /** @param stores for {@link Tool#SEARCH} */
    String createAssistant(String name, List<Tool> tools, List<String> stores);

    String assistantName(String assistant);

    void renameAssistant(String assistant, String name);

    List<String> assistants(int limit);

    boolean deleteAssistant(String assistant);

    String createThread(List<String> messages);

    String retrieveThread(String thread);

    boolean deleteThread(String thread);

    void createMessage(String thread, String text);

    List<Message> messages(String thread, boolean ascending);

    Run createRun(String thread, String assistant);

    Run retrieveRun(Run run);

    Run cancelRun(Run run);

    List<Event> streamRun(String thread, String assistant);

    Run submit(Run run, Map<String, String> outputs);

    List<Event> streamSubmit(Run run, Map<String, String> outputs);

    /** Types of the steps, oldest first, as on the wire. */
    List<String> stepTypes(Run run);

    /** For assistants. */
    String upload(Path file) throws IOException;

    String fileName(String file);

    String content(String file) throws IOException;

    boolean deleteFile(String file);

    String createStore(String name);

    void addToStore(String store, String file);

    /** As on the wire. */
    String statusInStore(String store, String file);

    boolean deleteStore(String store);

    /** The HTTP status that a failure of this library tells. */
    int statusOf(Exception failure);
}
