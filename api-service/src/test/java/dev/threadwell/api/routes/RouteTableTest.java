package dev.threadwell.api.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.api.validation.ObjectKind;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the resource classes declare is found by method and path. */
class RouteTableTest {

    private static final RouteTable TABLE = new RouteTable(Resources.ALL);

    // Without a path, so that no test of the whole service takes them for resources.

    private static class Undeclared {

        @POST
        void light() {}
    }

    private static class DeclaredTwice {

        @POST
        @Creates(ObjectKind.FILE)
        @SafeToRepeat("a lamp is lit once")
        void light() {}
    }

    private static class ChangingNothing {

        @POST
        @Changes(ObjectKind.FILE)
        void light() {}
    }

    private static class CreatingReader {

        @GET
        @Creates(ObjectKind.FILE)
        void look() {}
    }

    @Test
    void everyPostOfEveryResourceSaysWhatARepetitionOfItFinds() {
        long posts =
                Resources.ALL.stream()
                        .flatMap(resource -> Arrays.stream(resource.getDeclaredMethods()))
                        .filter(method -> method.isAnnotationPresent(POST.class))
                        .count();
        assertThat(posts).isGreaterThan(20);
        assertThat(TABLE.endpoints().stream().filter(endpoint -> endpoint.effect() != null))
                .hasSize((int) posts)
                .allMatch(endpoint -> endpoint.method().equals("POST"));
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Undeclared.class,
                DeclaredTwice.class,
                ChangingNothing.class,
                CreatingReader.class
            })
    void aResourceThatDoesNotSaySoOnceIsRefused(Class<?> resource) {
        assertThatThrownBy(() -> new RouteTable(List.of(resource)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(resource.getSimpleName());
    }

    private static PostEffect effect(String path) {
        PostEffect effect = TABLE.find("POST", path).effect();
        if (effect == null) {
            throw new AssertionError("no POST: " + path);
        }
        return effect;
    }

    @Test
    void aLiteralPathIsCloserThanAVariable() {
        assertThat(effect("/v1/threads/runs"))
                .isEqualTo(new PostEffect.Creates(ObjectKind.RUN, ObjectKind.THREAD));
        assertThat(effect("/v1/threads/thread_1"))
                .isEqualTo(new PostEffect.Changes(ObjectKind.THREAD, 3, ""));
    }

    @Test
    void slashesAtTheEndMakeNoDifference() {
        assertThat(effect("/v1/threads/thread_1/runs//"))
                .isEqualTo(new PostEffect.Creates(ObjectKind.RUN, null));
    }

    @Test
    void anActionChangesTheObjectBeforeIt() {
        PostEffect.Changes cancel =
                (PostEffect.Changes) effect("/v1/threads/thread_1/runs/run_1/cancel");
        assertThat(cancel.action()).isEqualTo("cancel");
        assertThat(cancel.object("/v1/threads/thread_1/runs/run_1/cancel"))
                .isEqualTo("/v1/threads/thread_1/runs/run_1");
    }

    @Test
    void aModificationChangesTheObjectOfItsPath() {
        PostEffect.Changes modify = (PostEffect.Changes) effect("/v1/threads/thread_1/runs/run_1");
        assertThat(modify.object("/v1/threads/thread_1/runs/run_1"))
                .isEqualTo("/v1/threads/thread_1/runs/run_1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/assistants",
                "/v1/assistants/asst_1/files",
                "/v1/threads/runs",
                "/v1/threads/thread_1/no/such/path"
            })
    void whateverIsBelowAssistantsAndThreadsWantsTheirBeta(String path) {
        assertThat(TABLE.find("GET", path).beta()).isEqualTo("assistants=v2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/files",
                "/v1/models/gpt-4o",
                "/v1/vector_stores",
                "/v1/threadwell/export",
                "/v1/threadsafe"
            })
    void nothingElseWantsABeta(String path) {
        assertThat(TABLE.find("GET", path).beta()).isNull();
    }

    @Test
    void vectorStoresAreNew() {
        assertThat(TABLE.find("GET", "/v1/vector_stores/vs_1/nothing").newIn())
                .isEqualTo("assistants=v2");
        assertThat(TABLE.find("POST", "/v1/threads").newIn()).isNull();
    }

    @Test
    void filesAndPartsOfUploadsAreTakenAsForms() {
        assertThat(TABLE.endpoints().stream().filter(Endpoint::takesForm))
                .extracting(Endpoint::template)
                .containsExactlyInAnyOrder("/v1/files", "/v1/uploads/{id}/parts");
        assertThat(TABLE.find("POST", "/v1/files/").takesForm()).isTrue();
        assertThat(TABLE.find("GET", "/v1/files").takesForm()).isFalse();
    }

    @Test
    void onlyAnImportIsReadByItsResource() {
        assertThat(TABLE.endpoints().stream().filter(Endpoint::streamsBody))
                .extracting(Endpoint::template)
                .containsExactly("/v1/threadwell/import");
    }

    @Test
    void theQuirksOfAPathAreThoseOfWhateverIsBelowIt() {
        assertThat(TABLE.find("GET", "/v1/files/no/such/path").quirks())
                .containsExactly(
                        AnswerQuirk.ENDS_WITH_NEWLINE,
                        AnswerQuirk.ERRORS_HAVE_DETAIL,
                        AnswerQuirk.ANY_ORIGIN);
        assertThat(TABLE.find("DELETE", "/v1/models").quirks())
                .containsExactly(AnswerQuirk.DELETIONS_END_WITH_NEWLINE);
        assertThat(TABLE.find("GET", "/v1/threads").quirks()).isEmpty();
    }

    @Test
    void ofAPathThatThereIsNotNothingIsKnown() {
        assertThat(TABLE.find("POST", "/health")).isEqualTo(Route.UNKNOWN);
    }
}
