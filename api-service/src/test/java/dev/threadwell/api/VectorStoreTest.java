package dev.threadwell.api;

import static dev.threadwell.api.Stores.STORES;
import static dev.threadwell.api.Stores.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.persistence.project.ApiKeyStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Vector stores, whose they are, and what is wrong with what is asked of them. */
@QuarkusTest
class VectorStoreTest {

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;

    private Api api;
    private Stores stores;
    private String project;

    /** A project for each test, because a list shows all of its stores. */
    @BeforeEach
    void open() {
        project = "proj_" + Long.toHexString(System.nanoTime());
        api = of(project);
        stores = new Stores(api);
    }

    private Api of(String proj) {
        keys.ensure(proj, "sk-" + proj).await().indefinitely();
        return Api.at(base).with("Authorization", "Bearer sk-" + proj).without("OpenAI-Beta");
    }

    @Test
    void aStoreIsShownAsTheOriginalShowsIt() {
        Api.Answer made = api.post(STORES, "{}");
        assertThat(made.settled()).isEqualTo(Api.wire("vector_store.json"));
        assertThat(made.id()).matches("vs_[0-9a-f]{32}");
        assertThat(api.get(STORES + "/" + made.id()).body()).isEqualTo(made.body());
        assertThat(api.delete(STORES + "/" + made.id()).settled())
                .isEqualTo(Api.wire("vector_store_deleted.json"));
        api.get(STORES + "/" + made.id())
                .isError(
                        404,
                        "No vector store found with id '%s'.".formatted(made.id()),
                        null,
                        null);
    }

    @Test
    void aStoreCanBeginWithFilesAndAnExpiry() {
        Api.Answer made =
                api.post(
                        STORES,
                        """
                        {"file_ids":["%s"],"name":"test vector store",
                         "expires_after":{"anchor":"last_active_at","days":3},
                         "metadata":{"test-key":"test-value"}}"""
                                .formatted(stores.file("a.txt")));
        assertThat(made.settled()).isEqualTo(Api.wire("vector_store_with_file.json"));
        JsonNode store = made.json();
        assertThat(store.path("expires_at").asLong())
                .isEqualTo(store.path("last_active_at").asLong() + 3 * 86_400);
    }

    @Test
    void theBetaHeaderMakesNoDifference() {
        Api beta = api.with("OpenAI-Beta", "assistants=v2");
        String id = beta.post(STORES, null).id();
        assertThat(ids(beta.get(STORES))).containsExactly(id);
        assertThat(ids(api.get(STORES))).containsExactly(id);
    }

    @Test
    void whatIsGivenIsChangedAndTheRestStays() {
        String path =
                STORES
                        + "/"
                        + api.post(
                                        STORES,
                                        "{\"name\":\"a\",\"metadata\":{\"k\":\"v\"},\"expires_after\":{\"anchor\":\"last_active_at\",\"days\":1}}")
                                .id();

        JsonNode renamed = api.post(path, "{\"name\":\"b\"}").json();
        assertThat(renamed.path("name").asText()).isEqualTo("b");
        assertThat(renamed.at("/metadata/k").asText()).isEqualTo("v");
        assertThat(renamed.path("expires_at").isNumber()).isTrue();

        JsonNode cleared =
                api.post(path, "{\"name\":null,\"expires_after\":null,\"metadata\":{}}").json();
        assertThat(cleared.path("name").isNull()).isTrue();
        assertThat(cleared.path("expires_at").isNull()).isTrue();
        assertThat(cleared.path("metadata")).isEmpty();
        assertThat(api.get(path).json()).isEqualTo(cleared);
    }

    @TestFactory
    Stream<DynamicTest> whatBelongsToAnotherProjectIsNotFound() {
        open();
        String file = stores.file("a.txt");
        String store = stores.store(file);
        String batch =
                api.post(
                                STORES + "/" + store + "/file_batches",
                                "{\"file_ids\":[\"" + file + "\"]}")
                        .id();
        Api other = of("proj_other_" + project);
        String ofOther = other.post(STORES, "{}").id();
        String theirs = other.form("/v1/files", Multipart.of("assistants", "b.txt", "x")).id();
        String noStore = "No vector store found with id '%s'.".formatted(store);
        String noFile = "No file found with id '%s'.".formatted(file);
        String s = STORES + "/" + store;
        return Stream.of(
                        new String[] {"GET", s, null, noStore},
                        new String[] {"POST", s, "{\"name\":\"x\"}", noStore},
                        new String[] {"DELETE", s, null, noStore},
                        new String[] {"POST", s + "/search", "{\"query\":\"x\"}", noStore},
                        new String[] {"GET", s + "/files", null, noStore},
                        new String[] {
                            "POST", s + "/files", "{\"file_id\":\"" + theirs + "\"}", noStore
                        },
                        new String[] {"GET", s + "/files/" + file, null, noStore},
                        new String[] {"POST", s + "/files/" + file, "{\"attributes\":{}}", noStore},
                        new String[] {"DELETE", s + "/files/" + file, null, noStore},
                        new String[] {"GET", s + "/files/" + file + "/content", null, noStore},
                        new String[] {
                            "POST",
                            s + "/file_batches",
                            "{\"file_ids\":[\"" + theirs + "\"]}",
                            noStore
                        },
                        new String[] {"GET", s + "/file_batches/" + batch, null, noStore},
                        new String[] {
                            "POST", s + "/file_batches/" + batch + "/cancel", null, noStore
                        },
                        new String[] {
                            "GET", s + "/file_batches/" + batch + "/files", null, noStore
                        },
                        new String[] {"POST", STORES, "{\"file_ids\":[\"" + file + "\"]}", noFile},
                        new String[] {
                            "POST",
                            STORES + "/" + ofOther + "/files",
                            "{\"file_id\":\"" + file + "\"}",
                            noFile
                        },
                        new String[] {
                            "POST",
                            STORES + "/" + ofOther + "/file_batches",
                            "{\"file_ids\":[\"" + file + "\"]}",
                            noFile
                        },
                        new String[] {
                            "GET", STORES + "/" + ofOther + "/files?after=" + file, null, noFile
                        })
                .map(
                        c ->
                                DynamicTest.dynamicTest(
                                        c[0] + " " + c[1].replaceAll("[0-9a-f]{32}", "…"),
                                        () ->
                                                other.send(c[0], c[1], c[2])
                                                        .isError(404, c[3], null, null)));
    }

    @TestFactory
    Stream<DynamicTest> whatIsWrongIsNamed() {
        String b = STORES + "/vs_x/file_batches";
        String f = STORES + "/vs_x/files";
        String s = STORES + "/vs_x/search";
        return Stream.of(
                        new String[] {
                            STORES, "{\"x\":1}", "Unknown parameter: 'x'.", "x", "unknown_parameter"
                        },
                        new String[] {
                            STORES,
                            "{\"file_ids\":[\"x\"]}",
                            "Invalid 'file_ids[0]': 'x'. Expected an ID that begins with 'file'.",
                            "file_ids[0]",
                            "invalid_value"
                        },
                        new String[] {
                            STORES,
                            "{\"expires_after\":{\"anchor\":\"created_at\",\"days\":1}}",
                            "Invalid value: 'created_at'. Supported values are: 'last_active_at'.",
                            "expires_after.anchor",
                            "invalid_value"
                        },
                        new String[] {
                            STORES,
                            "{\"expires_after\":{\"anchor\":\"last_active_at\",\"days\":366}}",
                            "Invalid 'expires_after.days': integer above maximum value. Expected a value <= 365, but got 366 instead.",
                            "expires_after.days",
                            "integer_above_max_value"
                        },
                        new String[] {
                            STORES,
                            "{\"chunking_strategy\":{\"type\":\"static\"}}",
                            "Missing required parameter: 'chunking_strategy.static'.",
                            "chunking_strategy.static",
                            "missing_required_parameter"
                        },
                        new String[] {
                            STORES,
                            "{\"chunking_strategy\":{\"type\":\"other\"}}",
                            "Invalid value: 'other'. Supported values are: 'auto' and 'static'.",
                            "chunking_strategy.type",
                            "invalid_value"
                        },
                        new String[] {
                            STORES,
                            "{\"chunking_strategy\":{\"type\":\"static\",\"static\":{\"max_chunk_size_tokens\":99,\"chunk_overlap_tokens\":1}}}",
                            "Invalid 'chunking_strategy.static.max_chunk_size_tokens': integer below minimum value. Expected a value >= 100, but got 99 instead.",
                            "chunking_strategy.static.max_chunk_size_tokens",
                            "integer_below_min_value"
                        },
                        new String[] {
                            f,
                            "{\"file_id\":\"file-1\",\"chunking_strategy\":{\"type\":\"static\",\"static\":{\"max_chunk_size_tokens\":800,\"chunk_overlap_tokens\":401}}}",
                            "Invalid 'chunking_strategy.static.chunk_overlap_tokens': integer above maximum value. Expected a value <= 400, but got 401 instead.",
                            "chunking_strategy.static.chunk_overlap_tokens",
                            "integer_above_max_value"
                        },
                        new String[] {
                            f,
                            "{}",
                            "Missing required parameter: 'file_id'.",
                            "file_id",
                            "missing_required_parameter"
                        },
                        new String[] {
                            f,
                            "{\"file_id\":\"file-1\",\"attributes\":{\"a\":[]}}",
                            "Invalid type for 'attributes.a': expected one of a string, a number, or a boolean, but got an array instead.",
                            "attributes.a",
                            "invalid_type"
                        },
                        new String[] {
                            f,
                            "{\"file_id\":\"file-1\",\"attributes\":{\"a\":\"\\u0000\"}}",
                            "Invalid 'attributes.a': string does not match pattern. Expected a string that matches the pattern '^[^\\\\x00]*$'.",
                            "attributes.a",
                            "invalid_value"
                        },
                        new String[] {
                            b,
                            "{}",
                            "Missing required parameter: 'file_ids'.",
                            "file_ids",
                            "missing_required_parameter"
                        },
                        new String[] {
                            b,
                            "{\"file_ids\":[]}",
                            "Invalid 'file_ids': empty array. Expected an array with minimum length 1, but got an empty array instead.",
                            "file_ids",
                            "empty_array"
                        },
                        new String[] {
                            b,
                            "{\"file_ids\":[\"file-1\"],\"files\":[{\"file_id\":\"file-1\"}]}",
                            "Mutually exclusive parameters: 'file_ids' and 'files'. Ensure you are only providing one of: 'file_ids' or 'files'.",
                            null,
                            "mutually_exclusive_parameters"
                        },
                        new String[] {
                            s,
                            "{}",
                            "Missing required parameter: 'query'.",
                            "query",
                            "missing_required_parameter"
                        },
                        new String[] {
                            s,
                            "{\"query\":1}",
                            "Invalid type for 'query': expected one of a string or array of strings, but got an integer instead.",
                            "query",
                            "invalid_type"
                        },
                        new String[] {
                            s,
                            "{\"query\":\"x\",\"max_num_results\":51}",
                            "Invalid 'max_num_results': integer above maximum value. Expected a value <= 50, but got 51 instead.",
                            "max_num_results",
                            "integer_above_max_value"
                        },
                        new String[] {
                            s,
                            "{\"query\":\"x\",\"filters\":{\"type\":\"or\",\"filters\":[{\"type\":\"eq\",\"key\":\"k\"}]}}",
                            "Missing required parameter: 'filters.filters[0].value'.",
                            "filters.filters[0].value",
                            "missing_required_parameter"
                        },
                        new String[] {
                            s,
                            "{\"query\":\"x\",\"filters\":{\"type\":\"in\",\"key\":\"k\",\"value\":\"v\"}}",
                            "Invalid type for 'filters.value': expected an array of strings or numbers, but got a string instead.",
                            "filters.value",
                            "invalid_type"
                        })
                .map(
                        c ->
                                DynamicTest.dynamicTest(
                                        c[0] + " " + c[1],
                                        () ->
                                                Api.at(base)
                                                        .post(c[0], c[1])
                                                        .isError(400, c[2], c[3], c[4])));
    }
}
