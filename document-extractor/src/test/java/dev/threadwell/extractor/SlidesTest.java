package dev.threadwell.extractor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.poi.sl.usermodel.Placeholder;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFShape;
import org.apache.poi.xslf.usermodel.XSLFSlide;
import org.apache.poi.xslf.usermodel.XSLFTextShape;
import org.junit.jupiter.api.Test;

/** What is read from slides. */
class SlidesTest {

    @Test
    void groupsTablesAndTheNotesOfTheSpeakerAreRead() throws IOException {
        try (XMLSlideShow show = new XMLSlideShow()) {
            XSLFSlide slide = show.createSlide();
            slide.createTextBox().setText("On the slide.");
            slide.createGroup().createGroup().createTextBox().setText("In a group of a group.");
            var table = slide.createTable(1, 2);
            table.getCell(0, 0).setText("left cell");
            table.getCell(0, 1).setText("right cell");
            for (XSLFShape shape : show.getNotesSlide(slide).getShapes()) {
                if (shape instanceof XSLFTextShape text && text.getTextType() == Placeholder.BODY) {
                    text.setText("Say it slowly.");
                }
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            show.write(bytes);

            assertThat(DocumentText.text(".pptx", bytes.toByteArray()))
                    .containsOnlyOnce("On the slide.")
                    .containsOnlyOnce("In a group of a group.")
                    .contains("left cell")
                    .contains("right cell")
                    .containsOnlyOnce("Say it slowly.");
        }
    }
}
