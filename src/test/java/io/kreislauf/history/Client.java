package io.kreislauf.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.kreislauf.history.Event.Got;
import io.kreislauf.history.Front.Reply;
import io.kreislauf.history.Installed.Annotator;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * One client thread: claims, shows, tells what is before its person, submits, gives back, forgets and comes late; sends things twice, with a wrong version, and
 * for claims of others; asks another process when one does not answer. All of it is recorded.
 */
final class Client implements Runnable {

    private static final int HELD_MAX = 12;

    private record Task(Got got, String answer) {}

    private interface Call {
        Reply on(Front front) throws IOException, InterruptedException;
    }

    private final Annotator me;
    private final UUID projectId;
    private final List<Front> fronts;
    private final Recorder recorder;
    private final Plan plan;
    private final Random random;
    private final BooleanSupplier isOver;
    /** Claims of everybody, for who tries those of others. */
    private final ConcurrentLinkedQueue<Got> everybodys;
    private final Deque<Task> held = new ArrayDeque<>();
    private final Deque<Task> forgotten = new ArrayDeque<>();
    private final Deque<Task> done = new ArrayDeque<>();
    private final UUID tab;
    private int front;

    Client(int number, Installed installed, List<Front> fronts, Recorder recorder, Plan plan, ConcurrentLinkedQueue<Got> everybodys, BooleanSupplier isOver) {
        this.me = installed.annotators().get(number % installed.annotators().size());
        this.projectId = installed.projectId();
        this.fronts = fronts;
        this.recorder = recorder;
        this.plan = plan;
        this.random = new Random(plan.seed() * 31 + number);
        this.tab = new UUID(random.nextLong(), random.nextLong());
        this.everybodys = everybodys;
        this.isOver = isOver;
        this.front = number % fronts.size();
    }

    @Override
    public void run() {
        while (!isOver.getAsBoolean()) {
            if (held.isEmpty() || held.size() < HELD_MAX && random.nextInt(4) == 0) {
                claim();
            } else {
                if (random.nextInt(3) == 0) {
                    look(random.nextInt(20));
                }
                act(random.nextInt(100));
            }
        }
    }

    private void act(int chance) {
        if (chance < 68) {
            Task task = held.removeFirst();
            if (chance < 30) {
                show(task);
            }
            submit(task);
        } else if (chance < 76) {
            giveBack(held.removeFirst());
        } else if (chance < 86) {
            forgotten.addLast(held.removeFirst());
        } else if (chance < 92 && !forgotten.isEmpty()) {
            submit(forgotten.removeFirst());
        } else if (chance < 95 && !done.isEmpty()) {
            Task again = done.peekFirst();
            submit(random.nextBoolean() ? again : new Task(again.got, anyAnswer()));
        } else if (chance < 97) {
            Task task = held.peekFirst();
            Got wrong = new Got(task.got.claimId(), task.got.itemId(), task.got.version() + random.nextInt(1, 4));
            send(new Task(wrong, task.answer));
        } else {
            Got other = everybodys.poll();
            if (other != null) {
                send(new Task(other, anyAnswer()));
            }
        }
    }

    /** Mostly at what is next; now and then at what was left behind or is done, or at nothing. */
    private void look(int chance) {
        Task task = chance == 0 ? null : chance == 1 && !forgotten.isEmpty() ? forgotten.peekFirst() : chance == 2 && !done.isEmpty() ? done.peekFirst() : held.peekFirst();
        UUID claimId = task == null ? null : task.got.claimId();
        String state = task == null ? "{\"kind\": \"hidden\"}" : "{\"kind\": \"%s\", \"claimId\": \"%s\"}".formatted(chance % 2 == 0 ? "active" : "shown", claimId);
        Event asked = recorder.invoked(Event.observing(me.personId(), tab, claimId));
        Reply reply = reply(asked, to -> to.post(me.token(), "/api/observations", "{\"tab\": \"%s\", \"states\": [%s]}".formatted(tab, state)));
        if (reply != null && reply.isOk()) {
            recorder.answered(asked.ok(null, null, null));
        }
    }

    private void claim() {
        int count = random.nextInt(1, 4);
        boolean named = random.nextInt(3) == 0;
        Event asked = recorder.invoked(Event.claiming(me.personId(), named ? 1 : count));
        String body = named ? "{\"projectId\": \"%s\", \"itemKeys\": [\"k%d\"]}".formatted(projectId, random.nextInt(plan.hotItems()))
                : "{\"projectId\": \"%s\", \"count\": %d}".formatted(projectId, count);
        Reply reply = reply(asked, to -> to.post(me.token(), "/api/claims", body));
        if (reply == null) {
            list();
        } else if (reply.isOk()) {
            take(asked, reply);
        }
        if (reply == null || !reply.isOk() || reply.body().path("claims").isEmpty()) {
            pause();
        }
    }

    /** After a claim without an answer: what do I hold? The other device of the same person may hold it too. */
    private void list() {
        Event asked = recorder.invoked(Event.listing(me.personId()));
        Reply reply = reply(asked, to -> to.get(me.token(), "/api/claims"));
        if (reply != null && reply.isOk()) {
            take(asked, reply);
        }
    }

    private void take(Event asked, Reply reply) {
        List<Got> got = new ArrayList<>();
        for (JsonNode claim : reply.body().path("claims")) {
            got.add(new Got(UUID.fromString(claim.path("claimId").asText()), UUID.fromString(claim.path("itemId").asText()), claim.path("fencingVersion").asLong()));
        }
        recorder.answered(asked.ok(got, null, null));
        for (Got one : got) {
            if (held.stream().noneMatch(t -> t.got.equals(one)) && forgotten.stream().noneMatch(t -> t.got.equals(one))) {
                held.addLast(new Task(one, anyAnswer()));
                if (everybodys.size() < 100 && random.nextInt(20) == 0) {
                    everybodys.add(one);
                }
            }
        }
    }

    private void show(Task task) {
        Event asked = recorder.invoked(Event.showing(me.personId(), task.got.claimId()));
        Reply reply = reply(asked, to -> to.post(me.token(), "/api/claims/" + task.got.claimId() + "/shown", ""));
        if (reply != null && reply.isOk()) {
            recorder.answered(asked.ok(null, null, null));
        }
    }

    /** Sends it again to the other process as long as no answer comes. */
    private void submit(Task task) {
        for (int attempt = 0; attempt < 3 && !isOver.getAsBoolean(); attempt++) {
            if (send(task)) {
                done.addFirst(task);
                if (done.size() > 20) {
                    done.removeLast();
                }
                return;
            }
        }
    }

    /** Whether an answer came. */
    private boolean send(Task task) {
        Event asked = recorder.invoked(Event.submitting(me.personId(), task.got.claimId(), task.got.version(), task.answer));
        Reply reply = reply(asked, to -> to.post(me.token(), "/api/claims/" + task.got.claimId() + "/submit",
                "{\"fencingVersion\": %d, \"formVersion\": 1, \"answer\": {\"q\": \"%s\"}}".formatted(task.got.version(), task.answer)));
        if (reply != null && reply.isOk()) {
            recorder.answered(asked.ok(null, UUID.fromString(reply.body().path("submissionId").asText()), reply.body().path("state").asText()));
        }
        return reply != null;
    }

    private void giveBack(Task task) {
        Event asked = recorder.invoked(Event.returning(me.personId(), task.got.claimId(), task.got.version()));
        Reply reply = reply(asked, to -> to.post(me.token(), "/api/claims/" + task.got.claimId() + (random.nextBoolean() ? "/return" : "/skip"),
                "{\"fencingVersion\": %d}".formatted(task.got.version())));
        if (reply != null && reply.isOk()) {
            recorder.answered(asked.ok(null, null, null));
        }
    }

    /** Null if no answer came, which is recorded, as a refusal is; the other process is asked next time then. */
    private Reply reply(Event asked, Call call) {
        try {
            Reply reply = call.on(fronts.get(front));
            if (reply.status() >= 500) {
                recorder.answered(asked.unknown(reply.status() + " " + reply.body()));
                return null;
            }
            if (!reply.isOk()) {
                recorder.answered(asked.refused(reply.code()));
            } else if (random.nextInt(50) == 0) {
                front = (front + 1) % fronts.size();
            }
            return reply;
        } catch (IOException gone) {
            recorder.answered(asked.unknown(gone.getClass().getSimpleName()));
            front = (front + 1) % fronts.size();
            return null;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private String anyAnswer() {
        return "v" + random.nextInt(Installed.CHOICES);
    }

    /** Nothing to be had: not a wait for anything, only no endless loop. */
    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
