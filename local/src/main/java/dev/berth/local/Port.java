package dev.berth.local;

/** A port that the stack listens on, always on loopback. Its variable overrides the default. */
public enum Port {
    API("BERTH_API_PORT", 7070, "the API and the console"),
    EDGE("BERTH_EDGE_PORT", 8080, "the edge: every deployed app"),
    EDGE_CONTROL("BERTH_EDGE_CONTROL_PORT", 8081, "what the edge counts, for Berth alone"),
    GIT("BERTH_GIT_PORT", 8418, "the demo's Git repository"),
    POSTGRES("BERTH_POSTGRES_PORT", 54329, "PostgreSQL"),
    REDIS("BERTH_REDIS_PORT", 63799, "Redis"),
    REGISTRY("BERTH_REGISTRY_PORT", 5000, "the image registry"),
    TEMPORAL("BERTH_TEMPORAL_PORT", 7233, "the Temporal server"),
    TEMPORAL_UI("BERTH_TEMPORAL_UI_PORT", 8233, "the Temporal Web UI"),
    WORKER_HEALTH("BERTH_WORKER_HEALTH_PORT", 7071, "the Temporal worker's word that it polls");

    private final String variable;
    private final int standard;
    private final String purpose;

    Port(String variable, int standard, String purpose) {
        this.variable = variable;
        this.standard = standard;
        this.purpose = purpose;
    }

    public String variable() {
        return variable;
    }

    public int standard() {
        return standard;
    }

    public String purpose() {
        return purpose;
    }
}
