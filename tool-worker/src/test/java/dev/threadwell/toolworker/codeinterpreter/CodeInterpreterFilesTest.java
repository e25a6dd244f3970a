package dev.threadwell.toolworker.codeinterpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.run.ToolOutput;
import dev.threadwell.run.ToolOutput.MadeFile;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** The files that code is given and those that it makes. */
class CodeInterpreterFilesTest extends CodeInterpreterFixture {

    @Test
    void theFilesOfTheRunAreThereAndTheModelIsToldTheirNames() throws IOException {
        files.given("file-sales", "sales.csv", "day,sum\n1,20\n");

        ToolOutput.Code output = ran("print(open('/mnt/data/file-sales').read())");

        assertThat(output.outputs()).containsExactly(logs("day,sum\n1,20\n\n"));
        assertThat(output.files()).isEmpty();
        assertThat(output.note()).isEqualTo("/mnt/data/file-sales is sales.csv.");
    }

    @Test
    void aFileIsPutInOnce() throws IOException {
        files.given("file-a", "a.csv", "a");
        ran("pass");
        files.given("file-b", "b.csv", "b");

        ran("pass");

        assertThat(files.read).containsExactly("file-a", "file-b");
    }

    @Test
    void aFileThatIsLargerThanTheDiskIsLeftOut() throws IOException {
        files.given("file-big", "big.bin", new byte[0], 17 << 20);

        assertThat(ran("print(1)").note()).contains("would be larger than the disk");
    }

    @Test
    void aFileThatCodeWritesBecomesAFileObject() throws IOException {
        ToolOutput.Code output =
                ran(
                        """
                        import os
                        os.mkdir('out')
                        open('/mnt/data/out/x.csv', 'w').write('1,2')
                        """);

        assertThat(output.files())
                .extracting(MadeFile::path)
                .containsExactly("/mnt/data/out/x.csv");
        assertThat(files.text(output.files().getFirst().fileId())).isEqualTo("1,2");
    }

    @Test
    void aFileThatCodeChangesBecomesAnotherFileObject() throws IOException {
        files.given("file-a", "a.csv", "1");
        ran("open('/mnt/data/x', 'w').write('1')");

        ToolOutput.Code output = ran("open('/mnt/data/file-a', 'a').write('2')");

        assertThat(output.files())
                .extracting(file -> files.text(file.fileId()))
                .containsExactly("12");
    }

    @Test
    void soManyFilesBecomeFileObjectsAndTheModelIsToldOfTheRest() throws IOException {
        ToolOutput.Code output = ran("for i in range(5): open(f'{i}.txt', 'w').write('x')");

        assertThat(output.files()).hasSize(3);
        assertThat(output.note()).contains("5 files were written; only the first 3");
    }

    @Test
    void theFilesOfACallTogetherComeOutUpToTheSizeOfTheDisk() throws IOException {
        ToolOutput.Code output =
                ran(
                        """
                        import os
                        for name, size in (('a', 10 << 20), ('b', 15 << 20), ('c', 4)):
                            open(name, 'w'); os.truncate(name, size)
                        """);

        assertThat(output.files())
                .extracting(MadeFile::path)
                .containsExactly("/mnt/data/a", "/mnt/data/c");
        assertThat(output.note()).contains("/mnt/data/b cannot be downloaded");
    }

    @Test
    void aProjectWhoseFilesAreTooLargeGetsNoMoreOfThem() throws IOException {
        files.bytesOfProject = CONFIG.projectBytes() - 3;

        ToolOutput.Code output =
                ran(
                        """
                        import matplotlib.pyplot as plt
                        open('a', 'w').write('123'); open('b', 'w').write('1')
                        plt.plot([1, 2]); plt.show()
                        """);

        assertThat(output.files()).extracting(MadeFile::path).containsExactly("/mnt/data/a");
        assertThat(output.outputs()).isEmpty();
        assertThat(output.note()).contains("/mnt/data/b cannot be", "Picture 1 is not shown");
    }

    @Test
    void filesThatAreTogetherLargerThanTheDiskAreNotAllReadIn() throws IOException {
        files.given("file-a", "a.bin", new byte[9 << 20], 9 << 20);
        files.given("file-b", "b.bin", new byte[9 << 20], 9 << 20);

        assertThat(ran("print(1)").note()).contains("b.bin) is not there", "file-a is a.bin");
        assertThat(files.read).containsExactly("file-a");
    }

    @Test
    void whatCodeMadeIsSavedWhenTheDatabaseIsBack() throws IOException {
        files.failures.add(new PgException("going down", "FATAL", "57P01", ""));
        files.failures.add(new CompletionException(new ConnectException("refused")));

        ToolOutput.Code output =
                ran(
                        """
                        import matplotlib.pyplot as plt
                        open('ran', 'a').write('once')
                        plt.plot([1, 2]); plt.show()
                        """);

        assertThat(output.files())
                .extracting(file -> files.text(file.fileId()))
                .containsExactly("once");
        assertThat(output.outputs()).hasSize(1);
    }

    @Test
    void figuresAreFileObjectsAmongTheOutputsInTheirOrder() throws IOException {
        ToolOutput.Code output =
                ran(
                        """
                        import matplotlib.pyplot as plt
                        print('before')
                        plt.plot([1, 2]); plt.savefig('saved.png'); plt.show()
                        print('after')
                        """);

        assertThat(output.outputs())
                .extracting(shown -> shown.get("type"))
                .containsExactly("logs", "image", "logs");
        assertThat(output.files())
                .extracting(MadeFile::path)
                .containsExactly("/mnt/data/saved.png");
        assertThat(output.files())
                .allSatisfy(
                        file -> assertThat(files.bytes(file.fileId())[1]).isEqualTo((byte) 'P'));
    }
}
