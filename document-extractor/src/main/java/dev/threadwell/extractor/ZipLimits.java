package dev.threadwell.extractor;

import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.util.IOUtils;

/** Limits on the decompression of documents that are ZIP archives, against zip bombs. */
final class ZipLimits {

    private static final int MAX_ENTRY = 128 * 1024 * 1024;
    private static final int MAX_FILES = 20_000;
    private static final double MIN_RATIO = 0.01;

    private ZipLimits() {}

    static void set() {
        ZipSecureFile.setMinInflateRatio(MIN_RATIO);
        ZipSecureFile.setMaxEntrySize(MAX_ENTRY);
        ZipSecureFile.setMaxTextSize(CappedWriter.MAX_CHARACTERS);
        ZipSecureFile.setMaxFileCount(MAX_FILES);
        IOUtils.setByteArrayMaxOverride(MAX_ENTRY);
    }
}
