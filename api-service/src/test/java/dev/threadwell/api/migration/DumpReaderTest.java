package dev.threadwell.api.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is found in a dump, however it comes. */
class DumpReaderTest {

    /** Writes down what it hears. */
    private static final class Heard implements DumpListener {

        private final List<String> all = new ArrayList<>();

        @Override
        public void found(DumpObject object) {
            all.add(object.line() + " " + object.list() + " " + object.json());
        }

        @Override
        public void broken(long line) {
            all.add(line + " broken");
        }

        @Override
        public void tooLarge(long line) {
            all.add(line + " too large");
        }
    }

    private static List<String> read(String dump, int size) {
        byte[] bytes = dump.getBytes(StandardCharsets.UTF_8);
        Heard heard = new Heard();
        DumpReader reader = new DumpReader(heard);
        for (int at = 0; at < bytes.length; at += size) {
            int end = Math.min(bytes.length, at + size);
            reader.add(Buffer.buffer(Arrays.copyOfRange(bytes, at, end)));
        }
        reader.end();
        return heard.all;
    }

    private static void finds(String dump, String... expected) {
        int whole = dump.getBytes(StandardCharsets.UTF_8).length;
        for (int size = 1; size <= whole; size++) {
            assertThat(read(dump, size)).as("in pieces of %d", size).containsExactly(expected);
        }
    }

    @Test
    void objectsLineByLine() {
        finds(
                "{\"a\":1}\n{\"a\":\"ü🚢\\u0000\"}\r\n\n{\"a\":1.0}",
                "1 0 {\"a\":1}",
                "2 0 {\"a\":\"ü🚢\\u0000\"}",
                "4 0 {\"a\":1.0}");
    }

    @Test
    void aListAsTheApiAnswersIt() {
        finds(
                """
                {
                  "object": "list",
                  "data": [
                    {
                      "a": {"data": [1]}
                    },
                    {"b": []}
                  ],
                  "first_id": "x",
                  "more": {"data": [{}]},
                  "has_more": false
                }
                {"c":1}
                """,
                "4 1 {\"a\":{\"data\":[1]}}",
                "7 1 {\"b\":[]}",
                "13 0 {\"c\":1}");
    }

    @Test
    void arraysAndListsOneBehindTheOther() {
        finds(
                "[{\"a\":1},{\"a\":2}][]{\"data\":[{\"a\":3}]} {\"data\":[]}\n[{\"a\":4}]",
                "1 1 {\"a\":1}",
                "1 1 {\"a\":2}",
                "1 3 {\"a\":3}",
                "2 5 {\"a\":4}");
    }

    @Test
    void anObjectWhoseDataIsNoList() {
        finds("{\"data\":{\"a\":[1]},\"b\":2}", "1 0 {\"data\":{\"a\":[1]},\"b\":2}");
    }

    @Test
    void nothing() {
        finds(" \n\n", new String[0]);
    }

    @Test
    void aLineThatIsNoJson() {
        finds("{\"a\":1}\nnonsense {\n{\"a\":2}\n", "1 0 {\"a\":1}", "2 broken", "3 0 {\"a\":2}");
    }

    @Test
    void aLineThatWasCut() {
        for (String cut :
                List.of("{\"a\":1,\"b", "{\"a\":1,", "{\"a\":[1", "{\"a\":tr", "{\"a\"")) {
            finds(cut + "\n{\"a\":2}\n{\"a\":3}", "1 broken", "2 0 {\"a\":2}", "3 0 {\"a\":3}");
        }
    }

    @Test
    void aDumpThatWasCut() {
        finds(
                "{\"a\":1}\n{\"data\":[{\"a\":2},{\"a\":",
                "1 0 {\"a\":1}",
                "2 1 {\"a\":2}",
                "2 broken");
    }

    @Test
    void whatIsNoObject() {
        finds(
                "1\n\"a\"\n[2,[{}],{\"a\":1}]",
                "1 broken",
                "2 broken",
                "3 broken",
                "3 broken",
                "3 1 {\"a\":1}");
    }

    @Test
    void aMarkInFrontOfTheFirstByte() {
        finds("\ufeff{\"a\":1}", "1 0 {\"a\":1}");
    }
}
