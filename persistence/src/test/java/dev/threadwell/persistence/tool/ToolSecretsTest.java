package dev.threadwell.persistence.tool;

import static dev.threadwell.persistence.Stores.await;
import static dev.threadwell.persistence.Stores.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.Samples;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.persistence.Stores;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.tool.CallContexts.CallContext;
import dev.threadwell.project.BusyThread;
import dev.threadwell.run.Ids;
import dev.threadwell.run.Run;
import dev.threadwell.topic.ToolRequested;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A secret is visible only to its project, and is kept while an assistant refers to it. */
@Tag("server")
class ToolSecretsTest {

    private static final ToolSecret SECRET =
            new ToolSecret("whsec_x", Map.of("authorization", "Bearer tide"));

    private final ToolSecrets secrets = new ToolSecrets(Stores.POOL);

    private String saved(String owner) {
        String id = Ids.secret();
        await(secrets.save(Stores.PROJECT, owner, Map.of(id, SECRET)));
        return id;
    }

    private static void isOld(String id) {
        query("update tool_secrets set created_at = now() - interval '2 days' where id = $1", id);
    }

    private ToolSecret find(String project, String id) {
        return await(secrets.find(project, id));
    }

    @Test
    void aSecretIsFoundByItsProject() {
        assertThat(find(Stores.PROJECT, saved("run"))).isEqualTo(SECRET);
    }

    @Test
    void aSecretIsNotFoundByAnother() {
        assertThat(find("proj_other", saved("run")).nothing()).isTrue();
    }

    @Test
    void aSecretDoesNotSayWhatItIs() {
        assertThat(SECRET.toString()).doesNotContain("whsec", "tide");
    }

    private CallContext contextOfACall(Run run, String secret) {
        ToolRequested call =
                new ToolRequested(
                        Stores.PROJECT,
                        run.threadId(),
                        run.id(),
                        Ids.step(),
                        "call_0",
                        ToolKind.FUNCTION,
                        null,
                        "tides",
                        "{}",
                        4_000_000_000L);
        return await(new CallContexts(Stores.POOL).of(call, secret));
    }

    @Test
    void aCallFindsItsSecretAndItsAssistant() {
        Run run = new Stores().queued().run();
        assertThat(contextOfACall(run, saved("run")))
                .isEqualTo(new CallContext(run.assistantId(), SECRET));
    }

    /** PostgreSQL's JSON functions fail on a document that contains a zero character. */
    @Test
    void aCallOfARunWithAZeroCharacterFindsItsAssistant() {
        Stores stores = new Stores();
        Run run = Samples.queued(stores.thread().id()).withMetadata(Map.of("zero", "a\0b"));
        await(
                stores.runs.create(
                        RunRow.created(Stores.PROJECT, run, null), List.of(), BusyThread.REJECT));
        assertThat(contextOfACall(run, saved("run")))
                .isEqualTo(new CallContext(run.assistantId(), SECRET));
    }

    /** Inserts the assistant in whose document {@code %s} is the id of an old secret of its. */
    private String secretOfAssistant(String document) {
        String owner = Ids.assistant();
        String id = saved(owner);
        isOld(id);
        query(
                "insert into projects (id, name) values ($1, $1) on conflict do nothing",
                Stores.PROJECT);
        query(
                "insert into assistants (id, project_id, document) values ($1, $2, $3::text::json)",
                owner,
                Stores.PROJECT,
                document.formatted(id));
        return id;
    }

    @Test
    void aSecretThatAnAssistantNamesStays() {
        String id =
                secretOfAssistant(
                        """
                        {"tools":[{"secret_id":"other"},{"secret_id":"%s"}],"instructions":"\\u0000"}
                        """);
        await(secrets.sweep(1_000));
        assertThat(find(Stores.PROJECT, id)).isEqualTo(SECRET);
    }

    @Test
    void aSecretThatAnAssistantOnlyWritesAboutIsSwept() {
        String id =
                secretOfAssistant(
                        """
                        {"tools":[],"instructions":"\\"secret_id\\":\\"%1$s\\" and %1$s"}
                        """);
        await(secrets.sweep(1_000));
        assertThat(find(Stores.PROJECT, id).nothing()).isTrue();
    }

    @Test
    void aSecretThatNobodyNamesIsSweptAfterADay() {
        String old = saved("run");
        String young = saved("run");
        isOld(old);
        await(secrets.sweep(1_000));
        assertThat(find(Stores.PROJECT, old).nothing()).isTrue();
        assertThat(find(Stores.PROJECT, young)).isEqualTo(SECRET);
    }
}
