package dev.berth.activities.registry;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.activities.Pulse;
import dev.berth.activities.image.Image;
import dev.berth.domain.ImageDigest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The registry's HTTP interface, as docker-registry 2.8 speaks it. Every call may be repeated. Source: OCI distribution
 * specification 1.0.
 */
public final class RegistryClient {
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration UPLOAD = Duration.ofMinutes(10);
    private static final String MANIFEST_TYPES =
            Image.MANIFEST_TYPE + ", application/vnd.docker.distribution.manifest.v2+json";
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EMPTY_CONFIGURATION = "{}";

    private final RegistryHttp http;

    /** @param address such as {@code http://127.0.0.1:5000} */
    public RegistryClient(URI address) {
        this(address, Optional.empty());
    }

    /** @param key of a registry that asks for tokens */
    public RegistryClient(URI address, Optional<RegistryKey> key) {
        this.http = new RegistryHttp(requireNonNull(address, "address is null"), key);
    }

    public boolean hasBlob(Repository repository, ImageDigest digest, Pulse pulse) {
        HttpResponse<byte[]> answer =
                http.ask(head("/v2/" + repository.name() + "/blobs/" + digest.value()), ANSWER, pulse);
        return found(answer);
    }

    /**
     * Uploads a blob, unless another repository of the registry can lend it.
     *
     * @param lender a repository that has it, where one is known
     * @return bytes over the wire, 0 for a blob that was lent
     */
    public long pushBlob(Repository repository, Blob blob, Optional<Repository> lender, Pulse pulse) {
        return http.again(pulse, () -> {
            URI begin = http.at("/v2/" + repository.name() + "/blobs/uploads/"
                    + lender.map(from -> "?mount=" + blob.digest().value() + "&from=" + encode(from.name()))
                            .orElse(""));
            HttpResponse<byte[]> begun = http.once(post(begin), ANSWER, pulse);
            if (begun.statusCode() == 201) {
                return 0L;
            }
            String location = begun.headers()
                    .firstValue("Location")
                    .filter(ignored -> begun.statusCode() == 202)
                    .orElseThrow(() -> refused("begin an upload", begun));
            URI end = http.at(location + (location.contains("?") ? "&" : "?") + "digest="
                    + encode(blob.digest().value()));
            HttpRequest put = HttpRequest.newBuilder(end)
                    .header("Content-Type", "application/octet-stream")
                    .PUT(blob.body())
                    .build();
            expect(201, "upload a blob", http.once(put, UPLOAD, pulse));
            return blob.bytes();
        });
    }

    /**
     * @param reference a tag, or the manifest's own digest
     * @return false where the registry lacks one of the blobs that it names
     */
    public boolean putManifest(Repository repository, String reference, Manifest manifest, Pulse pulse) {
        HttpRequest put = HttpRequest.newBuilder(manifestAt(repository, reference))
                .header("Content-Type", manifest.mediaType())
                .PUT(BodyPublishers.ofString(manifest.json()))
                .build();
        HttpResponse<byte[]> answer = http.ask(put, ANSWER, pulse);
        if (RegistryHttp.text(answer).contains("BLOB_UNKNOWN")) {
            return false;
        }
        expect(201, "put a manifest", answer);
        return true;
    }

    /** The image that a tag names now. */
    public Optional<ImageDigest> resolve(Repository repository, String tag, Pulse pulse) {
        HttpResponse<byte[]> answer = askForManifest(repository, tag, "HEAD", pulse);
        return found(answer)
                ? answer.headers().firstValue("Docker-Content-Digest").map(ImageDigest::new)
                : Optional.empty();
    }

    public boolean exists(Repository repository, ImageDigest digest, Pulse pulse) {
        return found(askForManifest(repository, digest.value(), "HEAD", pulse));
    }

    /** Gives an image one more tag. @return false where the image is not there */
    public boolean tag(Repository repository, ImageDigest digest, String tag, Pulse pulse) {
        if (resolve(repository, tag, pulse).filter(digest::equals).isPresent()) {
            return true;
        }
        HttpResponse<byte[]> answer = askForManifest(repository, digest.value(), "GET", pulse);
        if (!found(answer)) {
            return false;
        }
        String mediaType = answer.headers().firstValue("Content-Type").orElse(Image.MANIFEST_TYPE);
        return putManifest(
                repository, tag, new Manifest(new String(answer.body(), StandardCharsets.UTF_8), mediaType), pulse);
    }

    /** All tags of a repository; none where it does not exist. */
    public List<String> tags(Repository repository, Pulse pulse) {
        List<String> tags = new ArrayList<>();
        Optional<URI> page = Optional.of(http.at("/v2/" + repository.name() + "/tags/list?n=200"));
        while (page.isPresent()) {
            HttpResponse<byte[]> answer =
                    http.ask(HttpRequest.newBuilder(page.get()).build(), ANSWER, pulse);
            if (!found(answer)) {
                return tags;
            }
            parse(answer.body()).path("tags").forEach(tag -> tags.add(tag.asText()));
            page = answer.headers()
                    .firstValue("Link")
                    .map(NEXT::matcher)
                    .filter(Matcher::find)
                    .map(next -> http.at(next.group(1)));
        }
        return tags;
    }

    /**
     * Removes one tag and leaves the image, with its other tags, in place: two builds of the same inputs make one image. The
     * protocol can only delete a manifest with all its tags, so the tag is moved to a manifest of its own first, and that one
     * is deleted.
     */
    public void untag(Repository repository, String tag, Pulse pulse) {
        if (resolve(repository, tag, pulse).isEmpty()) {
            return;
        }
        ImageDigest configuration = Image.digestOf(EMPTY_CONFIGURATION);
        if (!hasBlob(repository, configuration, pulse)) {
            pushBlob(repository, Blob.of(EMPTY_CONFIGURATION), Optional.empty(), pulse);
        }
        Manifest nothing = new Manifest(
                """
                {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"%s","digest":"%s","size":%d},"layers":[],\
                "annotations":{"dev.berth.untagged":"%s"}}""".formatted(
                                Image.MANIFEST_TYPE,
                                "application/vnd.oci.image.config.v1+json",
                                configuration.value(),
                                EMPTY_CONFIGURATION.length(),
                                tag),
                Image.MANIFEST_TYPE);
        if (!putManifest(repository, tag, nothing, pulse)) {
            throw new RegistryException("The registry lost a blob that it had just taken");
        }
        delete(repository, Image.digestOf(nothing.json()), pulse);
    }

    /** Deletes a manifest and every tag that names it; its blobs go when the registry's garbage is collected. */
    public void delete(Repository repository, ImageDigest digest, Pulse pulse) {
        HttpRequest delete = HttpRequest.newBuilder(manifestAt(repository, digest.value()))
                .DELETE()
                .build();
        HttpResponse<byte[]> answer = http.ask(delete, ANSWER, pulse);
        if (answer.statusCode() != 404) {
            expect(202, "delete a manifest", answer);
        }
    }

    private HttpResponse<byte[]> askForManifest(Repository repository, String reference, String method, Pulse pulse) {
        HttpRequest request = HttpRequest.newBuilder(manifestAt(repository, reference))
                .header("Accept", MANIFEST_TYPES)
                .method(method, BodyPublishers.noBody())
                .build();
        return http.ask(request, ANSWER, pulse);
    }

    private URI manifestAt(Repository repository, String reference) {
        return http.at("/v2/" + repository.name() + "/manifests/" + reference);
    }

    private HttpRequest head(String path) {
        return HttpRequest.newBuilder(http.at(path)).HEAD().build();
    }

    private static HttpRequest post(URI uri) {
        return HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build();
    }

    private static boolean found(HttpResponse<byte[]> answer) {
        if (answer.statusCode() == 404) {
            return false;
        }
        expect(200, "look something up", answer);
        return true;
    }

    private static void expect(int status, String purpose, HttpResponse<byte[]> answer) {
        if (answer.statusCode() != status) {
            throw refused(purpose, answer);
        }
    }

    private static RegistryException refused(String purpose, HttpResponse<byte[]> answer) {
        return new RegistryException(
                "The registry refused to " + purpose + ": " + answer.statusCode() + " " + RegistryHttp.text(answer));
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException malformed) {
            throw new RegistryException("The registry answered something that is not JSON", malformed);
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** @param mediaType of {@code json} */
    public record Manifest(String json, String mediaType) {}
}
