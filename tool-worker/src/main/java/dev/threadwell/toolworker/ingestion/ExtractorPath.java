package dev.threadwell.toolworker.ingestion;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The class path of the extractor: of ours, the jars that it needs. They are found by a class of
 * each, which is not loaded here.
 */
final class ExtractorPath {

    static final String MAIN = "dev.threadwell.toolworker.extractor.Extractor";

    private static final List<String> CLASSES =
            List.of(
                    MAIN,
                    "org.apache.pdfbox.Loader",
                    "org.apache.pdfbox.io.RandomAccessRead",
                    "org.apache.fontbox.FontBoxFont",
                    "org.apache.commons.logging.LogFactory",
                    "org.slf4j.LoggerFactory",
                    "org.apache.poi.extractor.POITextExtractor",
                    "org.apache.poi.hwpf.HWPFDocument",
                    "org.apache.poi.xwpf.usermodel.XWPFDocument",
                    "org.openxmlformats.schemas.wordprocessingml.x2006.main.CTDocument1",
                    "org.apache.xmlbeans.XmlObject",
                    "com.zaxxer.sparsebits.SparseBitSet",
                    "org.apache.commons.compress.archivers.zip.ZipFile",
                    "org.apache.commons.lang3.StringUtils",
                    "org.apache.commons.io.IOUtils",
                    "org.apache.commons.codec.digest.DigestUtils",
                    "org.apache.commons.collections4.ListUtils",
                    "org.apache.commons.math3.util.FastMath",
                    "org.apache.logging.log4j.LogManager",
                    "org.jsoup.Jsoup");

    private ExtractorPath() {}

    static List<Path> find() throws IOException {
        Set<Path> path = new LinkedHashSet<>();
        for (String name : CLASSES) {
            path.add(origin(name.replace('.', '/') + ".class"));
        }
        return new ArrayList<>(path);
    }

    /** The jar, or the directory, that the resource is in. */
    private static Path origin(String resource) throws IOException {
        URL url = ExtractorPath.class.getClassLoader().getResource(resource);
        if (url == null) {
            throw new IOException("not on the class path: " + resource);
        }
        try {
            URLConnection connection = url.openConnection();
            if (connection instanceof JarURLConnection jar) {
                return Path.of(jar.getJarFileURL().toURI());
            }
            String file = Path.of(url.toURI()).toString();
            return Path.of(file.substring(0, file.length() - resource.length()));
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
