package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The audit log says who changed what; and the keys of those who do. */
@QuarkusTest
class AuditLogTest {

    private static final String LOGS = "/v1/organization/audit_logs";
    private static final String PROJECTS = "/v1/organization/projects";
    private static final String ADMIN_KEYS = "/v1/organization/admin_api_keys";

    @TestHTTPResource("/")
    URI base;

    private Api admin;
    private String project;
    private JsonNode account;

    @BeforeEach
    void someChanges() {
        admin = Api.administration(base);
        project = admin.post(PROJECTS, "{\"name\":\"Harbour\"}").id();
        account =
                admin.post(PROJECTS + "/" + project + "/service_accounts", "{\"name\":\"Pilot\"}")
                        .json();
        admin.post(PROJECTS + "/" + project, "{\"name\":\"Quay\"}");
        admin.post(PROJECTS + "/" + project + "/archive", "");
    }

    private List<String> types(String query) {
        return admin.get(LOGS + "?project_ids[]=" + project + query)
                .json()
                .path("data")
                .valueStream()
                .map(entry -> entry.path("type").asText())
                .toList();
    }

    @Test
    void everyChangeIsAnEntryTheNewestFirst() {
        assertThat(types(""))
                .containsExactly(
                        "project.archived",
                        "project.updated",
                        "api_key.created",
                        "service_account.created",
                        "project.created");
    }

    @Test
    void anEntrySaysWhoAndWhatInTheDocumentsForm() {
        String query = "?event_types[]=project.updated&project_ids[]=" + project;
        String entry =
                """
                \\{
                  "object": "list",
                  "data": \\[
                    \\{
                      "id": "audit_log-[A-Za-z0-9]{24}",
                      "type": "project.updated",
                      "effective_at": \\d+,
                      "project": \\{
                        "id": "%s",
                        "name": "Quay"
                      },
                      "actor": \\{
                        "type": "api_key",
                        "api_key": \\{
                          "id": "key_[A-Za-z0-9]{24}",
                          "type": "user",
                          "user": \\{
                            "id": "user-threadwell",
                            "email": ""
                          }
                        }
                      },
                      "project.updated": \\{
                        "id": "%s",
                        "changes_requested": \\{
                          "title": "Quay"
                        }
                      }
                    }
                  ],
                  "first_id": "audit_log-.*",
                  "last_id": "audit_log-.*",
                  "has_more": false
                }"""
                        .formatted(project, project);
        assertThat(admin.get(LOGS + query).body()).matches(entry);
        assertThat(
                        admin.with("Threadwell-Extensions", "true")
                                .get(LOGS + query)
                                .json()
                                .at("/data/0/threadwell_before/title")
                                .asText())
                .isEqualTo("Harbour");
    }

    @TestFactory
    Stream<DynamicTest> theLogIsFiltered() {
        String actor = admin.get(LOGS + "?limit=1").json().at("/data/0/actor/api_key/id").asText();
        String key = account.at("/api_key/id").asText();
        return Stream.of(
                        List.of("&event_types[]=project.created&event_types[]=api_key.created", 2),
                        List.of("&resource_ids[]=" + key, 1),
                        List.of("&actor_ids[]=" + actor, 5),
                        List.of("&actor_ids[]=key_nobody", 0),
                        List.of("&actor_emails[]=a@b.c", 0),
                        List.of("&tenant_only=true", 0),
                        List.of("&effective_at[gte]=1", 5),
                        List.of("&effective_at[lt]=1", 0),
                        List.of("&effective_at[gt]=1&effective_at[lte]=99999999999", 5),
                        List.of("&limit=2", 2))
                .map(
                        c ->
                                DynamicTest.dynamicTest(
                                        c.getFirst().toString(),
                                        () ->
                                                assertThat(types(c.getFirst().toString()))
                                                        .hasSize((int) c.getLast())));
    }

    @Test
    void theLogIsReadPageByPage() {
        String after =
                admin.get(LOGS + "?limit=2&project_ids[]=" + project)
                        .json()
                        .path("last_id")
                        .asText();
        assertThat(types("&after=" + after))
                .containsExactly("api_key.created", "service_account.created", "project.created");
        assertThat(types("&before=" + after)).containsExactly("project.archived");
    }

    @Test
    void aTimeThatIsNoneIsRefused() {
        admin.get(LOGS + "?effective_at[gt]=today")
                .isError(
                        400,
                        "Invalid type for 'effective_at[gt]': expected an integer, but got a string"
                                + " instead.",
                        "effective_at[gt]",
                        "invalid_type");
    }

    @Test
    void anAdminKeyIsShownOnceOpensTheAdministrationAndEndsAtOnce() {
        JsonNode key = admin.post(ADMIN_KEYS, "{\"name\":\"Night shift\"}").json();
        String value = key.path("value").asText();
        assertThat(value).matches("sk-tw-admin-[A-Za-z0-9]{49}");
        Api other = admin.keyed(value);
        assertThat(other.get(PROJECTS).status()).isEqualTo(200);

        String path = ADMIN_KEYS + "/" + key.path("id").asText();
        assertThat(admin.get(path).body()).doesNotContain(value).doesNotContain("\"value\"");
        assertThat(admin.get(ADMIN_KEYS).json().at("/data/0/name").asText())
                .isEqualTo("threadwell.admin-key");
        assertThat(admin.get(ADMIN_KEYS + "?order=desc&limit=1").json().at("/data/0/id").asText())
                .isEqualTo(key.path("id").asText());

        assertThat(admin.delete(path).body())
                .isEqualTo(
                        """
                        {
                          "id": "%s",
                          "object": "organization.admin_api_key.deleted",
                          "deleted": true
                        }"""
                                .formatted(key.path("id").asText()));
        assertThat(other.get(PROJECTS).json().at("/error/code").asText())
                .isEqualTo("invalid_api_key");
        assertThat(admin.get(path).status()).isEqualTo(404);
    }
}
