package dev.threadwell.api.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.api.validation.Body;
import dev.threadwell.assistant.Tool;
import dev.threadwell.wire.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests may say of the web search. */
class WebSearchRulesTest {

    private static Tool read(String json) {
        ToolRule rule = WebSearchRules.rule();
        byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return rule.read().apply(Body.of(Body.tree(body), rule.tool()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'web_search'}|{'type':'web_search'}",
                "{'type':'web_search','max_results':3}"
                        + "|{'type':'web_search','web_search':{'max_results':3}}",
                "{'type':'web_search','web_search':{'blocked_domains':['a.org'],'max_results':3}}"
                        + "|{'type':'web_search',"
                        + "'web_search':{'max_results':3,'blocked_domains':['a.org']}}",
                "{'type':'web_search','filters':{'allowed_domains':['a.org']}}"
                        + "|{'type':'web_search','web_search':{'allowed_domains':['a.org']}}",
                "{'type':'web_search','web_search':{'filters':{'allowed_domains':['a.org']}}}"
                        + "|{'type':'web_search','web_search':{'allowed_domains':['a.org']}}",
                "{'type':'web_search','citations':'links'}"
                        + "|{'type':'web_search','web_search':{'citations':'links'}}",
            },
            quoteCharacter = '~')
    void optionsBesideTheTypeOrInAMemberAreShownInTheMember(String given, String shown) {
        assertThat(Json.compact(read(given)).replace('"', '\'')).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'web_search','max_results':0}",
                "{'type':'web_search','web_search':{'max_results':21}}",
                "{'type':'web_search','allowed_domains':['https://a.org/']}",
                "{'type':'web_search','allowed_domains':['']}",
                "{'type':'web_search','citations':'none'}",
                "{'type':'web_search','loud':true}",
                "{'type':'web_search','max_results':3,'web_search':{'max_results':3}}",
                "{'type':'web_search','max_results':3,'web_search':{}}",
                "{'type':'web_search','allowed_domains':['a.org'],"
                        + "'filters':{'allowed_domains':['a.org']}}",
            })
    void whatMakesNoSenseIsRefused(String given) {
        assertThatThrownBy(() -> read(given)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void aHundredDomainsAreEnough() {
        String many = "'a.org',".repeat(100) + "'a.org'";

        assertThatThrownBy(
                        () -> read("{'type':'web_search','blocked_domains':[%s]}".formatted(many)))
                .hasMessageContaining("blocked_domains");
    }
}
