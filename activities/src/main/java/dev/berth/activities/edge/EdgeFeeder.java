package dev.berth.activities.edge;

import dev.berth.activities.swarm.RevisionNames;
import dev.berth.domain.edge.EdgeControl;
import dev.berth.domain.edge.EdgeDocument;
import dev.berth.domain.edge.EdgeRoute;
import dev.berth.domain.edge.StoppedRoute;
import dev.berth.domain.edge.StoppedRoute.Reason;
import dev.berth.store.EdgeRow;
import dev.berth.store.Routes;
import dev.berth.store.Tenancy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the edge's document whenever routes or endpoints change. Where it cannot read them it leaves the last document alone:
 * an edge that serves yesterday's routes is better than one that serves none.
 */
public final class EdgeFeeder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeFeeder.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Tenancy tenancy;
    private final Routes routes;
    private final String appsDomain;
    private final EdgeControl control;
    private final EdgeFile file;
    private final LeaderLoop loop;
    private Optional<Served> written = Optional.empty();
    private long writtenGeneration = -1;

    /**
     * @param directory the folder that Traefik watches
     * @param appsDomain below which services answer
     * @param control to whom the edge shows its counters
     */
    public EdgeFeeder(DataSource source, Path directory, String appsDomain, EdgeControl control) throws IOException {
        this.tenancy = new Tenancy(source);
        this.routes = new Routes(source);
        this.appsDomain = appsDomain;
        this.control = control;
        this.file = new EdgeFile(directory);
        this.loop = new LeaderLoop(LeaderLoop.Work.EDGE_FEEDER, source, POLL, this::feed);
    }

    public void start() {
        loop.start();
    }

    @Override
    public void close() throws InterruptedException {
        loop.close();
    }

    /**
     * A new generation of unchanged routes (the first replicas of a deployment that has no traffic yet) waits for the next poll:
     * the route that follows at once would otherwise wait for two reloads.
     */
    private void feed(boolean announced) {
        // Of one moment: a route that is paused or moved on between two looks would be in neither of them.
        State state = tenancy.lookAsPlatform(
                "edge document",
                () -> new State(
                        routes.generation(),
                        new Served(
                                routes.forEdge().stream()
                                        .flatMap(row -> route(row).stream())
                                        .toList(),
                                routes.stoppedForEdge().stream()
                                        .map(row -> new StoppedRoute(
                                                row.serviceId(),
                                                host(row.host()),
                                                row.paused() ? Reason.REPLACED : Reason.STOPPED))
                                        .toList())));
        boolean sameRoutes = written.filter(state.served()::equals).isPresent();
        if (sameRoutes && (announced || state.generation() == writtenGeneration)) {
            return;
        }
        try {
            file.write(EdgeDocument.render(
                    state.served().routes(), state.served().stopped(), state.generation(), control));
        } catch (IOException e) {
            throw new UncheckedIOException("The edge's document cannot be written", e);
        }
        written = Optional.of(state.served());
        writtenGeneration = state.generation();
    }

    /** A row that makes no valid route is left out, so that it harms nobody else. */
    private Optional<EdgeRoute> route(EdgeRow row) {
        try {
            return Optional.of(new EdgeRoute(
                    row.serviceId(),
                    host(row.host()),
                    RevisionNames.serviceName(row.deploymentId()),
                    row.addresses(),
                    row.port(),
                    row.healthPath(),
                    row.standby()
                            .map(standby ->
                                    new EdgeRoute.Standby(standby.addresses(), standby.port(), standby.healthPath())),
                    row.canary().flatMap(EdgeFeeder::canary)));
        } catch (IllegalArgumentException e) {
            LOG.warn("Service {} has a route that the edge cannot take: {}", row.serviceId(), e.getMessage());
            return Optional.empty();
        }
    }

    /** One whose replicas are all gone gets nothing until there is one again. */
    private static Optional<EdgeRoute.Canary> canary(EdgeRow.Part part) {
        return part.addresses().isEmpty()
                ? Optional.empty()
                : Optional.of(new EdgeRoute.Canary(
                        part.deploymentId(), part.weight(), part.addresses(), part.port(), part.healthPath()));
    }

    private String host(String label) {
        return label + "." + appsDomain;
    }

    private record Served(List<EdgeRoute> routes, List<StoppedRoute> stopped) {}

    private record State(long generation, Served served) {}
}
