package dev.weft;

/** Thrown by a handler to answer its event with a {@link Problem}. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** Creates the exception. */
    public ProblemException(Problem problem) {
        super(problem.code() + ": " + problem.message());
        this.problem = problem;
    }

    /** Returns what the client is told. */
    public Problem problem() {
        return problem;
    }
}
