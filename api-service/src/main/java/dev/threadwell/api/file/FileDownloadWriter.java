package dev.threadwell.api.file;

import dev.threadwell.api.http.StreamingBodyWriter;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/** Writes a {@link FileDownload} as the body of an answer. */
@Provider
@Produces(MediaType.APPLICATION_OCTET_STREAM)
public class FileDownloadWriter extends StreamingBodyWriter<FileDownload> {

    public FileDownloadWriter() {
        super(FileDownload.class);
    }

    @Override
    protected void begin(FileDownload file) {
        file.begin();
    }
}
