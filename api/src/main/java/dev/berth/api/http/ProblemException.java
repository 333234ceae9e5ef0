package dev.berth.api.http;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** For what is not there, or not for the caller's eyes: the answer is the same. */
    public static ProblemException notFound(String what) {
        return new ProblemException(Problem.of(ProblemType.NOT_FOUND, "There is no such " + what + "."));
    }

    public Problem problem() {
        return problem;
    }
}
