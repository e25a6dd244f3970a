package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A guide to the courses of a school: its function asks a database, at an endpoint of the school.
 */
@OnInstallation
class SqlFlowTest {

    private static final Map<String, ?> ASK_DATABASE =
            Map.of(
                    "name",
                    "ask_database",
                    "description",
                    "Answers a question about the schedule with SQL.",
                    "parameters",
                    Map.of(
                            "type",
                            "object",
                            "properties",
                            Map.of(
                                    "query",
                                    Map.of(
                                            "type",
                                            "string",
                                            "description",
                                            "A query that PostgreSQL runs.")),
                            "required",
                            new String[] {"query"}));

    private final Database database;
    private final Client client;

    SqlFlowTest(Installation installation) {
        database = installation.database();
        client = installation.client();
    }

    @BeforeEach
    void schedule() {
        database.execute("create schema school");
        database.execute("create table school.courses (id int primary key, instructor text)");
        database.execute("insert into school.courses values (1, '王卓然'), (2, '孙志岗'), (3, '王卓然')");
    }

    @AfterEach
    void forget() {
        database.execute("drop schema school cascade");
    }

    private String asked(String posted) {
        JsonNode query = Json.read(posted).at("/data/arguments/query");
        return Json.write(database.rows(query.asText()));
    }

    @Test
    void aQuestionOfTheScheduleIsAnsweredWithoutAClient() {
        String direction =
                simulate(
                        "{'calls':[{'name':'ask_database','arguments':{'query':'select instructor,"
                                + " count(*) from school.courses group by 1 order by 2 desc'}}],"
                                + "'then':{'say':'王卓然 taught 2 and 孙志岗 1.'}}");
        try (Endpoint school = new Endpoint(this::asked)) {
            var run =
                    client.withBoundFunction(
                                    ASK_DATABASE, Map.of("http", Map.of("url", school.url())))
                            .asks("Who taught how much? " + direction);

            run.becomes(COMPLETED).says("王卓然 taught 2 and 孙志岗 1.");
            JsonNode call = run.firstCall().path("function");
            assertThat(call.path("name").asText()).isEqualTo("ask_database");
            assertThat(Json.read(call.path("output").asText()))
                    .isEqualTo(Json.read("[[\"王卓然\",\"2\"],[\"孙志岗\",\"1\"]]"));
            assertThat(school.ids()).hasSize(1);
        }
    }
}
