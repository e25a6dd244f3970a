package dev.threadwell.extractor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackageRelationship;
import org.apache.poi.util.XMLHelper;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/**
 * Extracts the text of a Word document: headers, body, notes, comments and footers, in this order.
 */
final class DocxText {

    private static final String DOCUMENT = "officeDocument";
    private static final List<String> BEFORE = List.of("header");
    private static final List<String> BEHIND =
            List.of("footnotes", "endnotes", "comments", "footer");

    private final StringBuilder text = new StringBuilder();

    private DocxText() {}

    static String of(byte[] document) throws IOException {
        try (OPCPackage file = OPCPackage.open(new ByteArrayInputStream(document))) {
            PackagePart main = main(file);
            DocxText all = new DocxText();
            all.append(main, BEFORE);
            all.append(text(main));
            all.append(main, BEHIND);
            return all.text.toString();
        } catch (InvalidFormatException e) {
            throw new IOException(e);
        }
    }

    private static PackagePart main(OPCPackage file) throws IOException, InvalidFormatException {
        for (PackageRelationship relationship : file.getRelationships()) {
            if (isOfType(relationship, DOCUMENT)) {
                PackagePart main = file.getPart(relationship);
                if (main != null && main.getContentType().contains("word")) {
                    return main;
                }
            }
        }
        throw Unreadable.damaged();
    }

    /**
     * Compares only the last part of the type, because the strict variant of the format uses other
     * URIs.
     */
    private static boolean isOfType(PackageRelationship relationship, String type) {
        return relationship.getRelationshipType().endsWith("/" + type);
    }

    /** Appends each distinct text once, because sections often share their headers. */
    private void append(PackagePart main, List<String> types)
            throws IOException, InvalidFormatException {
        for (String type : types) {
            Set<String> texts = new LinkedHashSet<>();
            for (PackageRelationship relationship : main.getRelationships()) {
                if (isOfType(relationship, type)) {
                    texts.add(text(main.getRelatedPart(relationship)));
                }
            }
            for (String one : texts) {
                append(one);
            }
        }
    }

    private void append(String part) throws IOException {
        if (text.length() + part.length() > CappedWriter.MAX_CHARACTERS) {
            throw Unreadable.tooLong();
        }
        text.append(part);
    }

    private static String text(PackagePart part) throws IOException {
        WordprocessingText text = new WordprocessingText();
        try (InputStream xml = part.getInputStream()) {
            XMLReader reader = XMLHelper.newXMLReader();
            reader.setContentHandler(text);
            reader.parse(new InputSource(xml));
        } catch (SAXException e) {
            throw e.getCause() instanceof Unreadable known ? known : new IOException(e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
        return text.text();
    }
}
