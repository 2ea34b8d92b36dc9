package io.kreislauf.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Answers a request that comes again with the same Idempotency-Key as before, without doing it again. */
@ApplicationScoped
public class RepeatedRequests {

    private static final int KEY_LENGTH_MAX = 200;

    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(? || ?, 7))";
    private static final String FIND = "select body_hash, cast(answer as text) from answered_request where owner_id = ? and key = ?";
    private static final String KEEP = "insert into answered_request (owner_id, key, body_hash, answer) values (?, ?, ?, cast(? as jsonb))";

    private final DataSource dataSource;
    private final ObjectMapper json;

    RepeatedRequests(DataSource dataSource, ObjectMapper json) {
        this.dataSource = dataSource;
        this.json = json;
    }

    /**
     * Does {@code work} unless the owner has had an answer under this key. Must run in the use case's transaction.
     *
     * @param key     null: the client does not ask for it, the work is simply done
     * @param request what identifies the request beside the key: its path and body
     * @throws Refusal KEY_REUSED if the key stands for another request
     */
    public <T> T once(UUID ownerId, String key, Object request, Class<T> answerType, Supplier<T> work) {
        if (key == null || key.isBlank()) {
            return work.get();
        }
        if (key.length() > KEY_LENGTH_MAX) {
            throw Refusal.tooLarge("Idempotency-Key", "A key has at most %d characters.".formatted(KEY_LENGTH_MAX), "Use a UUID.");
        }
        try (Connection connection = dataSource.getConnection()) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(json.writeValueAsString(request).getBytes(StandardCharsets.UTF_8));
            try (var lock = connection.prepareStatement(LOCK)) {
                lock.setString(1, ownerId.toString());
                lock.setString(2, key);
                lock.execute();
            }
            try (var find = connection.prepareStatement(FIND)) {
                find.setObject(1, ownerId);
                find.setString(2, key);
                try (var row = find.executeQuery()) {
                    if (row.next()) {
                        if (!MessageDigest.isEqual(hash, row.getBytes(1))) {
                            throw Refusal.conflict("KEY_REUSED", "This Idempotency-Key was used for another request.",
                                    "Use a new key for a new request.");
                        }
                        return json.readValue(row.getString(2), answerType);
                    }
                }
            }
            T answer = work.get();
            try (var keep = connection.prepareStatement(KEEP)) {
                keep.setObject(1, ownerId);
                keep.setString(2, key);
                keep.setBytes(3, hash);
                keep.setString(4, json.writeValueAsString(answer));
                keep.executeUpdate();
            }
            return answer;
        } catch (SQLException | JsonProcessingException | NoSuchAlgorithmException failure) {
            throw new IllegalStateException("The request could not be kept.", failure);
        }
    }
}
