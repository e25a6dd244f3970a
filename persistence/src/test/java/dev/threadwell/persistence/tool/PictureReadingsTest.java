package dev.threadwell.persistence.tool;

import static dev.threadwell.persistence.Stores.PROJECT;
import static dev.threadwell.persistence.Stores.await;
import static dev.threadwell.persistence.Stores.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.Stores;
import dev.threadwell.persistence.tool.PictureReadings.Reading;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An answer about a picture is kept for its thread, picture, model and question. */
@Tag("server")
class PictureReadingsTest {

    private final Stores stores = new Stores();
    private final PictureReadings readings = new PictureReadings(Stores.POOL);
    private final String thread = stores.thread().id();
    private final Reading reading = reading(PROJECT, thread, "file-1", "eyes", "What is it?");

    private static Reading reading(
            String project, String thread, String picture, String model, String question) {
        return new Reading(project, thread, picture, model, question);
    }

    @Test
    void theFirstAnswerStays() {
        await(readings.save(reading, "A boat").replaceWith(true));
        await(readings.save(reading, "A ship").replaceWith(true));

        assertThat(await(readings.find(reading))).isEqualTo("A boat");
    }

    @Test
    void anotherPictureModelQuestionOrThreadHasNoneOfIt() {
        await(readings.save(reading, "A boat").replaceWith(true));

        assertThat(await(readings.find(reading(PROJECT, thread, "file-2", "eyes", "What is it?"))))
                .isNull();
        assertThat(await(readings.find(reading(PROJECT, thread, "file-1", "lens", "What is it?"))))
                .isNull();
        assertThat(await(readings.find(reading(PROJECT, thread, "file-1", "eyes", "Which one?"))))
                .isNull();
        String other = stores.thread().id();
        assertThat(await(readings.find(reading(PROJECT, other, "file-1", "eyes", "What is it?"))))
                .isNull();
    }

    @Test
    void nothingIsFoundOrKeptOfAThreadOfAnotherProject() {
        await(readings.save(reading, "A boat").replaceWith(true));
        Reading foreign = reading("proj_other", thread, "file-1", "eyes", "What is it?");
        await(readings.save(foreign, "A ship").replaceWith(true));

        assertThat(await(readings.find(foreign))).isNull();
    }

    @Test
    void aZeroCharacterIsLeftOut() {
        await(readings.save(reading, "A\0 boat").replaceWith(true));

        assertThat(await(readings.find(reading))).isEqualTo("A boat");
    }

    @Test
    void nothingIsLeftOfAThreadThatIsDeleted() {
        await(readings.save(reading, "A boat").replaceWith(true));

        await(stores.deletion.delete(PROJECT, thread));

        assertThat(number("select count(*) from picture_readings where thread_id = $1", thread))
                .isZero();
    }
}
