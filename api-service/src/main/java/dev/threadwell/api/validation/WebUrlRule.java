package dev.threadwell.api.validation;

import java.net.URI;
import java.net.URISyntaxException;

/** The validation rule of a URL that the system itself requests. */
record WebUrlRule() implements TextRule {

    private static final int LONGEST = 2_048;

    @Override
    public void valid(String path, String text) {
        if (text.length() > LONGEST) {
            throw ValidationErrors.tooLong(path, LONGEST, text.length());
        }
        if (!isOfTheWeb(text)) {
            throw ValidationErrors.url(path);
        }
    }

    private static boolean isOfTheWeb(String text) {
        try {
            URI url = new URI(text);
            return ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
