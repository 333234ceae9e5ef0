package dev.berth.activities.git;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Follows the symbolic links of a tree, without a file system, to see whether one leads out of it.
 *
 * @param links path of each link, relative to the tree's top, to what stands in it
 */
record LinkTargets(Map<String, String> links) {
    /** As many as Linux follows. */
    private static final int LINKS_IN_A_ROW = 40;

    LinkTargets {
        links = Map.copyOf(links);
    }

    /** Whether the link leads out of the tree, also by way of other links, or in circles. */
    boolean escapes(String link) {
        List<String> at = new ArrayList<>();
        Deque<String> ahead = new ArrayDeque<>(Arrays.asList(link.split("/")));
        int followed = 0;
        while (!ahead.isEmpty()) {
            String name = ahead.removeFirst();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                if (at.isEmpty()) {
                    return true;
                }
                at.removeLast();
                continue;
            }
            at.add(name);
            String target = links.get(String.join("/", at));
            if (target != null) {
                if (target.startsWith("/") || ++followed > LINKS_IN_A_ROW) {
                    return true;
                }
                at.removeLast();
                List<String> names = Arrays.asList(target.split("/"));
                names.reversed().forEach(ahead::addFirst);
            }
        }
        return false;
    }

    /** Whether a link stands where the path needs a folder. */
    boolean standInTheWayOf(String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (links.containsKey(path.substring(0, slash))) {
                return true;
            }
        }
        return false;
    }
}
