package dev.threadwell.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The official client administrates: what the page about it shows is what happens. */
@AgainstThreadwell
class AdministrationTest {

    private static final Path SCRIPT = Repository.QUICKSTARTS.resolve("administration.py");

    private final Target target;

    AdministrationTest(Target target) {
        this.target = target;
    }

    @Test
    void thePythonClientMakesAProjectUsesItsKeyAndEndsIt() {
        String said =
                PythonSdk.version("3.57.0")
                        .script(SCRIPT)
                        .against(target)
                        .set("OPENAI_ADMIN_KEY", target.adminKey())
                        .run("this machine cannot run Python")
                        .orFail("The administration broke.")
                        .out();

        assertThat(said)
                .isEqualTo(
                        """
                        assistants: ['Tide clerk']
                        refused: missing_scope
                        deleted: invalid_api_key in time: True
                        keys left: ['Night shift']
                        audit: api_key.deleted
                        audit: api_key.created
                        audit: api_key.created
                        audit: service_account.created
                        audit: project.created
                        archived: archived
                        """);
    }

    @Test
    void thePageShowsTheScriptThatTheTestExecutes() throws IOException {
        assertThat(Files.readString(Repository.ROOT.resolve("docs/administration.md")))
                .contains(
                        "<!-- administration.py -->\n```python\n"
                                + Files.readString(SCRIPT)
                                + "```");
    }
}
