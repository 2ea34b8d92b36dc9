package io.kreislauf.replay;

import java.nio.file.Path;

/**
 * What a log does not tell, and who we are.
 *
 * @param estimateSeconds what a task is said to take
 * @param seconds         time of each judgement of a log without times; null: none is booked
 * @param timePerHit      whether durations are of whole HITs; null: as they look
 * @param parallel        requests at a time
 * @param again           whether to begin anew although this log was replayed before
 */
record Options(Path path, long rewardMinor, long estimateSeconds, String currency, Integer seconds, Boolean timePerHit, int parallel,
               boolean again, String operator, String password) {

    static final String USAGE = """
            deploy/replay PATH [--reward MINOR] [--estimate SECONDS] [--currency CODE] [--seconds SECONDS] [--time-per hit|label]
                          [--parallel N] [--again] [--operator LOGIN]

            PATH      a folder of crowd work (labels.csv, gold.csv, texts.tsv; or judgments.csv), or one file of judgements
            --again   replay into a new project, although this log was replayed here before
            The operator's password is read from KREISLAUF_OPERATOR_PASSWORD; without one it is the demo's.
            """;

    static Options of(String[] arguments) {
        Path path = null;
        long reward = 2;
        long estimate = 30;
        String currency = "USD";
        Integer seconds = null;
        Boolean perHit = null;
        int parallel = 16;
        boolean again = false;
        String operator = "otto";
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--reward" -> reward = Long.parseLong(value(arguments, ++i));
                case "--estimate" -> estimate = Long.parseLong(value(arguments, ++i));
                case "--currency" -> currency = value(arguments, ++i);
                case "--seconds" -> seconds = Integer.valueOf(value(arguments, ++i));
                case "--time-per" -> perHit = value(arguments, ++i).equals("hit");
                case "--parallel" -> parallel = Integer.parseInt(value(arguments, ++i));
                case "--operator" -> operator = value(arguments, ++i);
                case "--again" -> again = true;
                default -> {
                    if (path != null || arguments[i].startsWith("--")) {
                        throw new ReplayFailure("Unknown argument " + arguments[i] + "\n" + USAGE);
                    }
                    path = Path.of(arguments[i]);
                }
            }
        }
        if (path == null) {
            throw new ReplayFailure(USAGE);
        }
        String password = System.getenv("KREISLAUF_OPERATOR_PASSWORD");
        return new Options(path, reward, estimate, currency, seconds, perHit, parallel, again, operator, password == null ? "kreislauf" : password);
    }

    private static String value(String[] arguments, int index) {
        if (index >= arguments.length) {
            throw new ReplayFailure(arguments[index - 1] + " needs a value\n" + USAGE);
        }
        return arguments[index];
    }
}
