package io.kreislauf.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What {@code deploy/replay} is once the system runs. Exit code 0: the four counts of labels agree and the audit holds. */
final class Replay {

    private final Options options;
    private final Installation installation;
    private final Path directory;
    private final CrowdLog log;
    private final CrowdLog.Sorted sorted;
    private final List<String> assumed;
    private final Api api;
    private final Tokens tokens;

    private Replay(Options options, Installation installation) throws IOException {
        this.options = options;
        this.installation = installation;
        CrowdLog read = LogReader.read(options.path());
        this.assumed = new ArrayList<>(read.assumed());
        this.log = new CrowdLog(read.name(), RecordedTimes.understood(read.rows(), options, assumed), read.content(), read.gold(), read.assumed());
        this.sorted = log.sorted();
        this.directory = run(installation.home().resolve("replay"), Workers.slug(log.name()), options.again());
        this.api = new Api(installation.url(), options.parallel());
        this.tokens = new Tokens(installation);
        assumed.add("a label pays %d %s (minor units) and is estimated at %d s".formatted(options.rewardMinor(), options.currency(), options.estimateSeconds()));
    }

    public static void main(String[] arguments) {
        try {
            Options options = Options.of(arguments);
            Path home = Path.of(System.getenv().getOrDefault("KREISLAUF_HOME", ".kreislauf"));
            ObjectNode result = new Replay(options, Installation.of(home)).run();
            System.out.println(Api.write(result));
            System.exit(holds(result) ? 0 : 1);
        } catch (ReplayFailure | IOException | IllegalArgumentException failure) {
            System.err.println(failure.getMessage());
            System.exit(2);
        }
    }

    /** The latest run of the log, or a new one. */
    private static Path run(Path replays, String name, boolean again) {
        int number = 1;
        while (Files.exists(replays.resolve(name + "-" + (number + 1)))) {
            number++;
        }
        return replays.resolve(name + "-" + (again && Files.exists(replays.resolve(name + "-" + number)) ? number + 1 : number));
    }

    private ObjectNode run() throws IOException {
        Progress.say("%s: %d rows, %d items, %d workers; state in %s", log.name(), log.rows().size(), log.items().size(), log.workers().size(), directory);
        Steps steps = Steps.in(directory);
        Passwords passwords = Passwords.in(installation.home().resolve("replay"));
        tokens.know(options.operator(), options.password());
        String id = steps.once("id", () -> UUID.randomUUID().toString().substring(0, 8));
        String requester = "replay." + id;
        Preparing preparing = new Preparing(api, tokens, steps, options, log, sorted);
        String organisationId = preparing.organisation("Replay of %s (%s)".formatted(log.name(), id));
        preparing.requester(requester, passwords.of(requester), organisationId);
        String projectId = preparing.project(requester, organisationId);
        Workers workers = new Workers(api, tokens, steps, log, passwords);
        workers.provision(options.operator(), log.name(), passwords);
        try (Journal journal = new Journal(directory)) {
            new Labelling(api, workers, journal, options, projectId).label(sorted);
            new Times(api, tokens, steps, journal).declare(requester, projectId, Times.of(sorted));
        }
        String versionId = new Finishing(api, tokens, steps).finish(requester, projectId, log.name(), sorted.kept().size());
        return measured(requester, projectId, versionId);
    }

    private ObjectNode measured(String requester, String projectId, String versionId) {
        Progress.say("measuring");
        ObjectNode json = Api.JSON.createObjectNode().put("dataset", log.name());
        Measured.of(installation, UUID.fromString(projectId), UUID.fromString(versionId), options.currency()).into(json);
        Released released = Released.read(api, tokens.of(requester), versionId, log.gold());
        ArrayNode problems = problems();
        json.put("labels", sorted.kept().size()).put("labelsInTopic", TopicCount.submitted(installation, projectId))
                .put("labelsInRelease", released.labels()).put("majorityAccuracy", released.majorityAccuracy()).put("currency", options.currency())
                .put("trainRows", released.trainRows()).put("testRows", released.testRows()).put("ledgerAudit", audit(problems));
        json.set("assumed", Api.JSON.valueToTree(assumed));
        json.set("problems", problems);
        json.put("projectId", projectId).put("versionId", versionId);
        return json;
    }

    private String audit(ArrayNode problems) {
        Progress.say("auditing the ledger from zero");
        var audit = api.post(tokens.of(options.operator()), "/api/ledger/audit?fromZero=true", null, Map.of()).orFail("the audit");
        boolean holds = audit.path("holds").asBoolean();
        if (!holds) {
            problems.addObject().put("kind", "audit").set("found", audit);
        }
        return holds ? "holds" : "broken";
    }

    private ArrayNode problems() {
        ArrayNode problems = Api.JSON.createArrayNode();
        list(problems, "repeated (item, worker): the first row is kept", sorted.repeated());
        list(problems, "answer is none of the choices: no label, its time is booked as returned", sorted.misfits());
        return problems;
    }

    private static void list(ArrayNode problems, String what, List<LogRow> rows) {
        if (!rows.isEmpty()) {
            ObjectNode problem = problems.addObject().put("problem", what).put("count", rows.size());
            rows.forEach(row -> problem.withArray("lines").add(row.line()));
        }
    }

    private static boolean holds(ObjectNode result) {
        long labels = result.path("labels").asLong();
        return result.path("labelsInDatabase").asLong() == labels && result.path("labelsInTopic").asLong() == labels
                && result.path("labelsInRelease").asLong() == labels && result.path("ledgerAudit").asText().equals("holds");
    }
}
