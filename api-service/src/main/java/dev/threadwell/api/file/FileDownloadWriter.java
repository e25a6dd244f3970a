package dev.threadwell.api.file;

import dev.threadwell.api.http.TakingOver;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/** Body writer that streams a {@link FileDownload}. */
@Provider
@Produces(MediaType.APPLICATION_OCTET_STREAM)
public class FileDownloadWriter extends TakingOver<FileDownload> {

    public FileDownloadWriter() {
        super(FileDownload.class);
    }

    @Override
    protected void begin(FileDownload file) {
        file.begin();
    }
}
