package dev.threadwell.extractor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/** Extracts the text of a web page, with the line breaks between its blocks. */
final class HtmlText {

    private static final String DECLARATIONS = "meta[charset], meta[http-equiv=content-type]";

    private HtmlText() {}

    static String of(byte[] page) throws IOException {
        Charset unmarked = TextEncoding.utf16WithoutMark(page);
        Document document = parsed(page, unmarked);
        boolean guessed =
                unmarked == null
                        && document.charset().equals(StandardCharsets.UTF_8)
                        && document.select(DECLARATIONS).isEmpty();
        if (guessed && !TextEncoding.isUtf8(page)) {
            throw Unreadable.inAnUnknownEncoding();
        }
        return document.wholeText();
    }

    private static Document parsed(byte[] page, @Nullable Charset charset) throws IOException {
        String name = charset == null ? null : charset.name();
        return Jsoup.parse(new ByteArrayInputStream(page), name, "");
    }
}
