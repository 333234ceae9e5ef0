package dev.berth.activities.image;

import dev.berth.activities.image.StorePaths.StorePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which store paths share a layer. Pure, and stable: the app's own path has no say in how the others are grouped, so a change
 * of the app changes its layer alone; a large path is a layer by itself wherever it occurs, so services share it.
 *
 * @param layers the app's own path stands alone in the last
 */
record LayerPlan(List<List<String>> layers) {
    /** Docker's limit is 127; below this, downloads of a host still run side by side. */
    static final int LIMIT = 40;

    private static final long LARGE_BYTES = 512 << 10;
    /** The skeleton, the small paths, the app. */
    private static final int OTHERS = 3;

    LayerPlan {
        layers = layers.stream().map(List::copyOf).toList();
    }

    /** @param closure the app's own path is the last */
    static LayerPlan of(List<StorePath> closure) {
        List<StorePath> shared = closure.subList(0, closure.size() - 1);
        List<StorePath> alone = shared.stream()
                .filter(path -> path.bytes() >= LARGE_BYTES)
                .sorted(Comparator.comparingLong(StorePath::bytes).reversed().thenComparing(StorePath::path))
                .limit(LIMIT - OTHERS)
                .toList();
        List<String> together = shared.stream()
                .filter(path -> !alone.contains(path))
                .map(StorePath::path)
                .sorted()
                .toList();
        List<List<String>> layers = new ArrayList<>();
        alone.forEach(path -> layers.add(List.of(path.path())));
        if (!together.isEmpty()) {
            layers.add(together);
        }
        layers.add(List.of(closure.getLast().path()));
        return new LayerPlan(layers);
    }
}
