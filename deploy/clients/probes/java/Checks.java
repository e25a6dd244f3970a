import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The checks that every Java client has to pass against a running Threadwell: one line each. */
final class Checks {

    interface Check {
        void run() throws Exception;
    }

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final String WORDS = "天安门 🦊 naïve café — The quick brown fox jumps over the lazy dog.";
    private static final String SAYING = "simulate {\"say\": \"" + WORDS + "\"}";
    private static final String ARGUMENTS = "{\"city\":\"Paris\"}";
    private static final String CALLING =
            """
            simulate {"calls": [{"name": "get_weather", "arguments": {"city": "Paris"}}],
                      "then": {"say": "It is sunny."}}""";
    private static final String CODING =
            """
            simulate {"calls": [{"name": "code_interpreter", "arguments": {"code":
                        "open('/mnt/data/tides.csv', 'w').write('a,b')"}}],
                      "then": {"say": "[Tides](sandbox:/mnt/data/tides.csv)"}}""";
    private static final String TIDES = "Low water is at noon; the ferry waits for the tide.";
    private static final List<String> EVENTS_OF_A_TEXT =
            List.of(
                    "thread.run.queued",
                    "thread.run.in_progress",
                    "thread.run.step.created",
                    "thread.run.step.in_progress",
                    "thread.message.created",
                    "thread.message.in_progress",
                    "thread.message.delta",
                    "thread.message.completed",
                    "thread.run.step.completed",
                    "thread.run.completed");

    private final Client client;

    private Checks(Client client) {
        this.client = client;
    }

    /** Runs them all and ends the process. */
    static void of(Client client) {
        var checks = new Checks(client);
        var all = new LinkedHashMap<String, Check>();
        all.put("anAssistantLivesFromCreationToDeletion", checks::anAssistantLivesFromCreationToDeletion);
        all.put("aThreadLivesFromCreationToDeletion", checks::aThreadLivesFromCreationToDeletion);
        all.put("messagesAreListedInBothOrders", checks::messagesAreListedInBothOrders);
        all.put("aRunIsPolledToItsEnd", checks::aRunIsPolledToItsEnd);
        all.put("aRunIsStreamedWhole", checks::aRunIsStreamedWhole);
        all.put("aFunctionIsAnswered", checks::aFunctionIsAnswered);
        all.put("aFunctionIsAnsweredInStreams", checks::aFunctionIsAnsweredInStreams);
        all.put("aRunThatWaitsIsCancelled", checks::aRunThatWaitsIsCancelled);
        all.put("aFileLivesFromUploadToDeletion", checks::aFileLivesFromUploadToDeletion);
        all.put("aFileOfAStoreIsFoundAndCited", checks::aFileOfAStoreIsFoundAndCited);
        all.put("theStepsOfASearchAreListed", checks::theStepsOfASearchAreListed);
        all.put("aFileThatCodeWroteIsDownloaded", checks::aFileThatCodeWroteIsDownloaded);
        all.put("whatThereIsNotIsNotFound", checks::whatThereIsNotIsNotFound);
        run(all);
    }

    static void run(Map<String, Check> all) {
        all.keySet().forEach(name -> System.out.println("check " + name));
        boolean well = true;
        for (var check : all.entrySet()) {
            well &= passes(check.getKey(), check.getValue());
        }
        System.exit(well ? 0 : 1);
    }

    private static boolean passes(String name, Check check) {
        try {
            check.run();
            System.out.println("ok " + name);
            return true;
        } catch (Exception | AssertionError failure) {
            System.out.println("not ok " + name + ": " + failure.toString().replaceAll("\\s+", " "));
            failure.printStackTrace();
            return false;
        }
    }

    private void anAssistantLivesFromCreationToDeletion() {
        String made = client.createAssistant("Tutor", List.of(Client.Tool.values()), List.of());
        same(client.assistantName(made), "Tutor");
        client.renameAssistant(made, "Teacher");
        same(client.assistantName(made), "Teacher");
        holds(client.assistants(100).contains(made), "it is not among the newest");
        same(client.deleteAssistant(made), true);
        isNotFound(() -> client.assistantName(made));
    }

    private void aThreadLivesFromCreationToDeletion() {
        String made = client.createThread(List.of());
        same(client.retrieveThread(made), made);
        same(client.deleteThread(made), true);
        isNotFound(() -> client.retrieveThread(made));
    }

    private void messagesAreListedInBothOrders() {
        String thread = client.createThread(List.of("One.", "Two."));
        client.createMessage(thread, "Three.");
        same(texts(client.messages(thread, true)), List.of("One.", "Two.", "Three."));
        same(texts(client.messages(thread, false)), List.of("Three.", "Two.", "One."));
    }

    private void aRunIsPolledToItsEnd() {
        var run = polled(client.createRun(client.createThread(List.of(SAYING)), assistant()));
        same(run.status(), "completed");
        same(client.stepTypes(run), List.of("message_creation"));
        var said = newest(run.thread());
        same(said.role() + ": " + said.text(), "assistant: " + WORDS);
    }

    private void aRunIsStreamedWhole() {
        String thread = client.createThread(List.of(SAYING));
        var events = client.streamRun(thread, assistant());
        var expected = new ArrayList<>(List.of("thread.run.created"));
        expected.addAll(EVENTS_OF_A_TEXT);
        same(names(events), expected);
        same(text(events), WORDS);
        same(newest(thread).text(), WORDS);
    }

    private void aFunctionIsAnswered() {
        var run = waiting();
        var call = run.calls().getFirst();
        same(call.name() + call.arguments().replace(" ", ""), "get_weather" + ARGUMENTS);
        same(polled(client.submit(run, Map.of(call.id(), "sunny"))).status(), "completed");
        same(newest(run.thread()).text(), "It is sunny.");
        same(client.stepTypes(run), List.of("tool_calls", "message_creation"));
    }

    private void aFunctionIsAnsweredInStreams() {
        String thread = client.createThread(List.of(CALLING));
        var asked = client.streamRun(thread, assistant(Client.Tool.FUNCTION));
        same(asked.getLast().name(), "thread.run.requires_action");
        same(joined(asked, Client.Event::arguments).replace(" ", ""), ARGUMENTS);
        var run = asked.getLast().run().orElseThrow();
        var call = run.calls().getFirst();
        same(call.name() + call.arguments().replace(" ", ""), "get_weather" + ARGUMENTS);

        var answered = client.streamSubmit(run, Map.of(call.id(), "sunny"));
        var expected = new ArrayList<>(List.of("thread.run.step.completed"));
        expected.addAll(EVENTS_OF_A_TEXT);
        same(names(answered), expected);
        same(text(answered), "It is sunny.");
        same(newest(thread).text(), "It is sunny.");
    }

    private void aRunThatWaitsIsCancelled() {
        same(polled(client.cancelRun(waiting()), "requires_action").status(), "cancelled");
    }

    private void aFileLivesFromUploadToDeletion() throws Exception {
        String made = client.upload(file("tides.txt", TIDES));
        // Some clients send the name alone, some the whole path.
        holds(client.fileName(made).endsWith("tides.txt"), client.fileName(made));
        same(client.deleteFile(made), true);
        isNotFound(() -> client.fileName(made));
    }

    private void aFileOfAStoreIsFoundAndCited() throws Exception {
        String file = client.upload(file("tides.txt", TIDES));
        String store = client.createStore("Harbour");
        client.addToStore(store, file);
        String status = until(() -> client.statusInStore(store, file), one -> !one.equals("in_progress"));
        same(status, "completed");

        String helper = client.createAssistant("Harbour master", List.of(Client.Tool.SEARCH), List.of(store));
        String thread = client.createThread(List.of("When does the ferry wait for the tide?"));
        var run = polled(client.createRun(thread, helper));
        same(run.status(), "completed");
        same(newest(thread).files(), List.of(file));

        same(client.deleteFile(file), true);
        same(client.deleteStore(store), true);
    }

    private void theStepsOfASearchAreListed() {
        String store = client.createStore("Empty harbour");
        String helper = client.createAssistant("Harbour master", List.of(Client.Tool.SEARCH), List.of(store));
        var run = polled(client.createRun(client.createThread(List.of("When does the ferry wait?")), helper));
        same(client.stepTypes(run), List.of("tool_calls", "message_creation"));
    }

    private void aFileThatCodeWroteIsDownloaded() throws Exception {
        String thread = client.createThread(List.of(CODING));
        var events = client.streamRun(thread, assistant(Client.Tool.CODE));
        same(events.getLast().name(), "thread.run.completed");
        var files = newest(thread).files();
        same(files.size(), 1);
        same(client.content(files.getFirst()), "a,b");
    }

    private void whatThereIsNotIsNotFound() {
        isNotFound(() -> client.createRun("thread_none", assistant()));
    }

    private String assistant(Client.Tool... tools) {
        return client.createAssistant("Tutor", List.of(tools), List.of());
    }

    private Client.Run waiting() {
        String thread = client.createThread(List.of(CALLING));
        var run = polled(client.createRun(thread, assistant(Client.Tool.FUNCTION)));
        same(run.status(), "requires_action");
        return run;
    }

    private Client.Run polled(Client.Run run, String... onTheWay) {
        var way = new ArrayList<>(List.of("queued", "in_progress", "cancelling"));
        way.addAll(List.of(onTheWay));
        return way.contains(run.status())
                ? until(() -> client.retrieveRun(run), one -> !way.contains(one.status()))
                : run;
    }

    private Client.Message newest(String thread) {
        return client.messages(thread, false).getFirst();
    }

    private void isNotFound(Check call) {
        try {
            call.run();
        } catch (Exception failure) {
            same(client.statusOf(failure), 404);
            return;
        }
        throw new AssertionError("it is there");
    }

    private static Path file(String name, String content) throws Exception {
        Path made = Files.createTempDirectory("probe").resolve(name);
        return Files.writeString(made, content);
    }

    private static <T> T until(Supplier<T> seen, Predicate<T> there) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        T now = seen.get();
        while (!there.test(now)) {
            holds(System.nanoTime() < end, "it is still " + now);
            LockSupport.parkNanos(INTERVAL.toNanos());
            now = seen.get();
        }
        return now;
    }

    private static List<String> texts(List<Client.Message> messages) {
        return messages.stream().map(Client.Message::text).toList();
    }

    private static String text(List<Client.Event> events) {
        return joined(events, Client.Event::text);
    }

    private static String joined(
            List<Client.Event> events, Function<Client.Event, String> part) {
        return events.stream().map(part).collect(Collectors.joining());
    }

    /** Without the repetition of one that follows itself. */
    private static List<String> names(List<Client.Event> events) {
        var names = new ArrayList<String>();
        for (var event : events) {
            if (names.isEmpty() || !names.getLast().equals(event.name())) {
                names.add(event.name());
            }
        }
        return names;
    }

    static void same(Object actual, Object expected) {
        if (!actual.equals(expected)) {
            throw new AssertionError("expected " + expected + ", got " + actual);
        }
    }

    static void holds(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
