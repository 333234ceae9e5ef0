package dev.berth.activities.git;

import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/** Gives the credentials of a URL to the host that stands in it, and to none that it redirects to. */
final class OwnHostCredentials extends CredentialsProvider {
    private final GitUrl url;

    OwnHostCredentials(GitUrl url) {
        this.url = url;
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public boolean supports(CredentialItem... items) {
        for (CredentialItem item : items) {
            if (!(item instanceof CredentialItem.Username) && !(item instanceof CredentialItem.Password)) {
                return false;
            }
        }
        return url.credentials().isPresent();
    }

    @Override
    public boolean get(URIish asking, CredentialItem... items) {
        boolean own = url.host().equalsIgnoreCase(asking.getHost())
                && url.uri().getPort() == asking.getPort()
                && url.uri().getScheme().equals(asking.getScheme());
        if (!own || !supports(items)) {
            return false;
        }
        GitUrl.Credentials credentials = url.credentials().orElseThrow();
        for (CredentialItem item : items) {
            switch (item) {
                case CredentialItem.Username user -> user.setValue(credentials.user());
                case CredentialItem.Password password ->
                    password.setValue(credentials.password().toCharArray());
                default -> throw new IllegalStateException("Unsupported item");
            }
        }
        return true;
    }
}
