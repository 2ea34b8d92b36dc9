import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.LabourEvent.WorkSubmitted;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.book.Posting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Submissions of two hundred people to one project: four legs each, in two books. */
final class BenchEvents {

    private static final int PEOPLE = 200;
    private static final int DAYS = 90;

    final Book org = new Book(UUID.randomUUID());
    final UUID project = UUID.randomUUID();
    final List<Book> people = IntStream.range(0, PEOPLE).mapToObj(i -> new Book(UUID.randomUUID())).toList();

    Book somebody() {
        return people.get(ThreadLocalRandom.current().nextInt(PEOPLE));
    }

    /** Time-ordered, as the ids of submissions are. */
    UUID id() {
        var random = ThreadLocalRandom.current();
        return new UUID(System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(0x1000), random.nextLong() >>> 2 | 1L << 63);
    }

    WorkSubmitted submitted() {
        return new WorkSubmitted(id(), project, org, somebody(), LabourMillis.observed(1 + ThreadLocalRandom.current().nextInt(300_000)), Wage.none("USD"));
    }

    /** As they come in now. */
    List<Posting> now(int number) {
        return IntStream.range(0, number).mapToObj(i -> Posting.of(submitted())).toList();
    }

    /** As the past of a ledger that has grown for three months. */
    List<Posting> past(int number) {
        return IntStream.range(0, number).mapToObj(i -> Posting.of(submitted(),
                Instant.now().minus(Duration.ofSeconds(1 + ThreadLocalRandom.current().nextInt(DAYS * 86_400))))).toList();
    }
}
