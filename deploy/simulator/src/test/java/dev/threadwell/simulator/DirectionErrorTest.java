package dev.threadwell.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectionErrorTest {
    @RegisterExtension static final RunningSimulator simulator = new RunningSimulator();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'sya':'Hi'}                                     | 'sya'",
                "{'calls':[{'name':'a','argumens':{}}]}           | 'calls[0].argumens'",
                "{'say':'Hi','then':{'tokns':3}}                  | 'then.tokns'",
                "{'usage':{'total_tokens':3}}                     | 'usage.total_tokens'",
                "{'say':5}                                        | 'say' must be a string",
                "{'tokens':-1}                                    | 'tokens' must be a whole number",
                "{'gap_ms':'fast'}                                | 'gap_ms' must be a number",
                "{'glue':1}                                       | 'glue' must be true or false",
                "{'calls':[]}                                     | 'calls' must be a list",
                "{'calls':[{'arguments':{}}]}                     | 'calls[0].name' is missing",
                "{'status':200}                                   | between 400 and 599",
                "{'hang':'sometimes'}                             | 'hang' must be",
                "{'hang_after':2}                                 | hang_after make sense only with",
                "{'code':'x'}                                     | only with status",
                "{'status':500,'cut_after':1}                     | only one of status",
                "{'status':500,'times':1}                         | times and key belong together",
                "{'say':'Hi','times':1,'key':'k'}                 | only with status, hang",
                "{'say':'Hi',}                                    | is not JSON",
                "{'say':'Hi','say':'Ho'}                          | is not JSON"
            })
    void whatIsNotUnderstoodIsRefusedByName(String direction, String named) throws Exception {
        var reply = simulator.complete(Chat.simulate(direction.replace('\'', '"')));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().path("code").asText()).isEqualTo("bad_direction");
        assertThat(reply.error().path("message").asText()).contains(named);
    }

    @Test
    void theWordAloneIsNoDirection() throws Exception {
        var reply = simulator.complete(Chat.user("Can you simulate a pendulum?"));

        assertThat(reply.content()).contains("Can you simulate a pendulum?");
    }
}
