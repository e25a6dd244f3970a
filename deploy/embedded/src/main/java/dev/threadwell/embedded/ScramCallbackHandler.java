package dev.threadwell.embedded;

import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.ScramCredentialCallback;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;
import org.jspecify.annotations.Nullable;

/**
 * Gives the broker the user's SCRAM credential from its settings. By default Kafka reads it from
 * its metadata, into which it must be written when the directory is formatted; directories that
 * were formatted before there was a password do not contain it.
 */
public final class ScramCallbackHandler implements AuthenticateCallbackHandler {

    private static final int ITERATIONS = 4096;

    private String user = "";
    private @Nullable ScramCredential credential;

    @Override
    public void configure(
            Map<String, ?> settings, String mechanism, List<AppConfigurationEntry> logins) {
        Map<String, ?> login = logins.getFirst().getOptions();
        user = String.valueOf(login.get("username"));
        try {
            credential =
                    new ScramFormatter(ScramMechanism.forMechanismName(mechanism))
                            .generateCredential(String.valueOf(login.get("password")), ITERATIONS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has what SCRAM needs", e);
        }
    }

    @Override
    public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
        String name = "";
        for (Callback callback : callbacks) {
            switch (callback) {
                case NameCallback asked -> name = asked.getDefaultName();
                case ScramCredentialCallback asked -> {
                    if (name.equals(user)) {
                        asked.scramCredential(credential);
                    }
                }
                default -> throw new UnsupportedCallbackException(callback);
            }
        }
    }

    @Override
    public void close() {}
}
