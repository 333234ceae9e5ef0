package dev.berth.activities;

import dev.berth.activities.registry.Repository;
import dev.berth.domain.ImageDigest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The image of the app in {@code src/test/app}, pushed to the test's registry: the app and, under its other name, the probe.
 * The app's binary comes from {@code BERTH_TEST_APP}.
 *
 * @param reference by digest
 */
public record TestImage(String reference, ImageDigest digest) {
    private static final int APP = 1000;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** @param repository such as {@code test/app} */
    public static TestImage push(String repository) throws IOException, InterruptedException {
        byte[] tar = tar(Files.readAllBytes(Path.of(System.getenv("BERTH_TEST_APP"))));
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(tar);
        }
        byte[] layer = gzip.toByteArray();
        byte[] config = """
                {"architecture":"amd64","os":"linux","config":{"Cmd":["/app"]},
                 "rootfs":{"type":"layers","diff_ids":["%s"]}}
                """.formatted(digest(tar)).getBytes(StandardCharsets.UTF_8);
        byte[] manifest = """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
                 "config":{"mediaType":"application/vnd.oci.image.config.v1+json","size":%d,"digest":"%s"},
                 "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","size":%d,"digest":"%s"}]}
                """.formatted(config.length, digest(config), layer.length, digest(layer))
                .getBytes(StandardCharsets.UTF_8);
        String registry = TestRegistry.authority();
        Repository to = new Repository(repository);
        String base = "http://" + registry + "/v2/" + repository;
        pushBlob(base, to, layer);
        pushBlob(base, to, config);
        require(HTTP.send(
                TestRegistry.request(URI.create(base + "/manifests/latest"), to)
                        .header("Content-Type", "application/vnd.oci.image.manifest.v1+json")
                        .PUT(BodyPublishers.ofByteArray(manifest))
                        .build(),
                HttpResponse.BodyHandlers.ofString()));
        return new TestImage(registry + "/" + repository + "@" + digest(manifest), new ImageDigest(digest(manifest)));
    }

    private static void pushBlob(String base, Repository to, byte[] blob) throws IOException, InterruptedException {
        HttpResponse<String> begun = require(HTTP.send(
                TestRegistry.request(URI.create(base + "/blobs/uploads/"), to)
                        .POST(BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString()));
        URI location =
                URI.create(base).resolve(begun.headers().firstValue("Location").orElseThrow());
        String separator = location.getQuery() == null ? "?" : "&";
        require(HTTP.send(
                TestRegistry.request(URI.create(location + separator + "digest=" + digest(blob)), to)
                        .PUT(BodyPublishers.ofByteArray(blob))
                        .build(),
                HttpResponse.BodyHandlers.ofString()));
    }

    private static HttpResponse<String> require(HttpResponse<String> answer) {
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException("The registry answered " + answer.statusCode() + " " + answer.body());
        }
        return answer;
    }

    private static byte[] tar(byte[] app) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            // As in the images that Berth builds.
            for (String folder : new String[] {"home/app/", "tmp/"}) {
                TarArchiveEntry writable = new TarArchiveEntry(folder);
                writable.setMode(01777);
                writable.setModTime(1_000L);
                tar.putArchiveEntry(writable);
                tar.closeArchiveEntry();
            }
            TarArchiveEntry data = new TarArchiveEntry("data/");
            data.setMode(0755);
            data.setUserId(APP);
            data.setGroupId(APP);
            data.setModTime(1_000L);
            tar.putArchiveEntry(data);
            tar.closeArchiveEntry();
            TarArchiveEntry file = new TarArchiveEntry("app");
            file.setSize(app.length);
            file.setMode(0755);
            file.setModTime(1_000L);
            tar.putArchiveEntry(file);
            tar.write(app);
            tar.closeArchiveEntry();
            TarArchiveEntry link = new TarArchiveEntry("bin/berth-probe", TarConstants.LF_SYMLINK);
            link.setLinkName("/app");
            link.setModTime(1_000L);
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
