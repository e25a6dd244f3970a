import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Leaves in the jars of an application the native libraries of this platform alone, and puts those of ONNX Runtime
 * beside them: a container then unpacks nothing of it into memory. A step of building the images.
 */
final class Natives {

    private static final String NATIVE = ".*\\.(so|dll|dylib|jnilib|a|pdb)|.*\\.dSYM/.*";
    private static final String ONNX = "ai/onnxruntime/native/";

    private final String processor = System.getProperty("os.arch");

    public static void main(String[] arguments) throws IOException {
        Path programs = Path.of(arguments[0]);
        Path unpacked = Files.createDirectories(programs.resolve("native"));
        List<Path> jars;
        try (Stream<Path> files = Files.walk(programs)) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        for (Path jar : jars) {
            new Natives().keepOurs(jar, unpacked);
        }
    }

    private void keepOurs(Path jar, Path unpacked) throws IOException {
        Predicate<ZipEntry> dropped = entry -> entry.getName().matches(NATIVE) && !isOurs(entry.getName());
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : entries(zip, entry -> entry.getName().startsWith(onnx()))) {
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.write(unpacked.resolve(Path.of(entry.getName()).getFileName()), in.readAllBytes());
                }
            }
            if (entries(zip, dropped).isEmpty()) {
                return;
            }
            Path part = jar.resolveSibling("part");
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(part))) {
                for (ZipEntry entry : entries(zip, dropped.negate())) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        copy(entry, in.readAllBytes(), out);
                    }
                }
            }
            Files.setLastModifiedTime(part, Files.getLastModifiedTime(jar));
            System.out.printf("%s: %d KB instead of %d%n", jar.getFileName(), Files.size(part) >> 10, Files.size(jar) >> 10);
            Files.move(part, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static List<? extends ZipEntry> entries(ZipFile zip, Predicate<ZipEntry> wanted) {
        return zip.stream().filter(entry -> !entry.isDirectory()).filter(wanted).toList();
    }

    /** Stored entries stay so: the JVM reads them where they are. */
    private static void copy(ZipEntry entry, byte[] bytes, ZipOutputStream out) throws IOException {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        copy.setMethod(entry.getMethod());
        if (entry.getMethod() == ZipEntry.STORED) {
            CRC32 sum = new CRC32();
            sum.update(bytes);
            copy.setSize(bytes.length);
            copy.setCrc(sum.getValue());
        }
        out.putNextEntry(copy);
        ((OutputStream) out).write(bytes);
        out.closeEntry();
    }

    private String onnx() {
        return ONNX + "linux-" + (processor.equals("amd64") ? "x64" : processor) + "/";
    }

    /** How the libraries name Linux and the processor: linux/amd64, Linux/x86_64; ONNX Runtime's are unpacked. */
    private boolean isOurs(String name) {
        String names = processor.equals("amd64") ? "(amd64|x86_64|x86-64)" : "(aarch64|arm64)";
        return !name.startsWith(ONNX) && name.matches("(.*/)?[Ll]inux[/-]" + names + "/[^/]*");
    }
}
