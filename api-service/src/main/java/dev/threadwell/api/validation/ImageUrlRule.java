package dev.threadwell.api.validation;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The validation rule of an image: a web address or a data URL. An address whose path has no
 * extension is accepted, because only the model can find out its format.
 */
record ImageUrlRule() implements TextRule {

    private static final Set<String> FORMATS = Set.of("jpeg", "jpg", "png", "gif", "webp");
    private static final Pattern DATA = Pattern.compile("data:image/([a-z]+);base64,");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]++={0,2}+");

    @Override
    public void valid(String path, String url) {
        if (!(url.startsWith("data:") ? isPicture(url) : mayBePicture(address(path, url)))) {
            throw ValidationErrors.imageFormat(path);
        }
    }

    private static boolean isPicture(String url) {
        var head = DATA.matcher(url);
        return head.lookingAt()
                && FORMATS.contains(head.group(1))
                && BASE64.matcher(url).region(head.end(), url.length()).matches();
    }

    private static URI address(String path, String url) {
        try {
            URI address = new URI(url);
            if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw ValidationErrors.url(path);
        }
        throw ValidationErrors.url(path);
    }

    private static boolean mayBePicture(URI address) {
        String path = address.getPath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot < 0 || FORMATS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}
