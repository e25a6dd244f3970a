package dev.threadwell.api.v1;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class V1ModelRulesTest {

    private static final V1ModelRules AS_ON_THE_ORIGINAL =
            new V1ModelRules(
                    Optional.of(V1ModelRules.LATER), Optional.of(V1ModelRules.NOT_RETRIEVING));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-4o",
                "gpt-4o-mini-2024-07-18",
                "chatgpt-4o-latest",
                "gpt-4.1-nano",
                "gpt-4.5-preview",
                "gpt-5",
                "o1",
                "o3-mini",
            })
    void aModelThatCameAfterVersionOneIsRefused(String model) {
        assertThatThrownBy(() -> AS_ON_THE_ORIGINAL.check(model, false))
                .hasMessageStartingWith(
                        "The requested model '" + model + "' cannot be used with the Assistants");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-4-turbo",
                "gpt-4-turbo-preview",
                "gpt-4-1106-preview",
                "gpt-3.5-turbo",
                "gpt-3.5-turbo-1106",
                "llama3.1",
                "o1ama",
            })
    void anyOtherModelMayRetrieve(String model) {
        assertThatCode(() -> AS_ON_THE_ORIGINAL.check(model, true)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4", "gpt-4-0613", "gpt-4-32k", "gpt-3.5-turbo-16k-0613"})
    void theOldestModelsCannotRetrieve(String model) {
        assertThatThrownBy(() -> AS_ON_THE_ORIGINAL.check(model, true))
                .hasMessage(
                        "The requested model '"
                                + model
                                + "' cannot be used with the 'retrieval' tool.");
        assertThatCode(() -> AS_ON_THE_ORIGINAL.check(model, false)).doesNotThrowAnyException();
    }

    @Test
    void withoutPatternsEveryModelIsLetIn() {
        V1ModelRules all = new V1ModelRules(Optional.empty(), Optional.empty());
        assertThatCode(() -> all.check("gpt-4o", true)).doesNotThrowAnyException();
        assertThatCode(() -> all.check("gpt-4", true)).doesNotThrowAnyException();
    }
}
