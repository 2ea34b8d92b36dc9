package io.kreislauf.ledger.seal;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kreislauf.Refusal;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.seal.Sealing.PublishedHead;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Proofs that can be verified without this installation, by {@code deploy/verify}. Bytes are lower-case hex. */
@ApplicationScoped
public class Proofs {

    public record ProvenLeg(String commodity, String account, long amount) {}

    /** The legs of one book, with the salt that opens their hash and nobody else's. */
    public record OpenedBook(String book, String salt, List<ProvenLeg> legs) {}

    /**
     * That an entry is in the tree of a head. {@code header} and the hashes make the leaf; the books that the asker may see
     * are opened.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record InclusionProof(String format, PublishedHead head, String publicKey, long leafNo, String header, String bodyPart,
                                 List<String> bookParts, List<String> path, List<OpenedBook> opened) {}

    /** That an earlier tree is a prefix of a later one. */
    public record ConsistencyProof(String format, PublishedHead first, PublishedHead second, String firstPublicKey, String secondPublicKey,
                                   List<String> path) {}

    /** A head with the key that its signature is checked with. */
    public record SignedHead(PublishedHead head, String publicKey) {}

    public record PublishedKey(String keyId, String publicKey, String since, String vouchedBy, String voucher) {}

    private static final HexFormat HEX = HexFormat.of();

    private final DataSource dataSource;

    Proofs(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * @param opened the books whose legs the proof shows
     * @return nothing while the entry is not sealed yet
     */
    public Optional<InclusionProof> inclusion(UUID entryId, Collection<Book> opened) {
        try (var connection = dataSource.getConnection()) {
            var rows = new SealRows(connection);
            var leafNo = rows.leafNo(entryId);
            var head = rows.latestHead();
            if (leafNo.isEmpty() || head.isEmpty()) {
                return Optional.empty();
            }
            var form = rows.form(entryId).orElseThrow(() -> Refusal.missing("ledger entry", entryId));
            var path = new MerkleTree(rows.nodes()).inclusion(leafNo.get(), head.get().treeSize());
            return Optional.of(new InclusionProof("kreislauf-inclusion-1", PublishedHead.of(head.get()), publicKey(new KeyRows(connection), head.get()),
                    leafNo.get(), HEX.formatHex(form.header()), HEX.formatHex(form.bodyPart()), form.bookParts().stream().map(HEX::formatHex).toList(),
                    path.stream().map(HEX::formatHex).toList(),
                    form.books().stream().filter(opened::contains).map(book -> opened(form, book)).toList()));
        } catch (SQLException failure) {
            throw new IllegalStateException("The proof could not be made.", failure);
        }
    }

    /** The latest head; nothing while nothing is sealed. */
    public Optional<SignedHead> latest() {
        return signed(SealRows::latestHead);
    }

    /** The first head that seals all entries of transactions before {@code tx}: always the same one, once there is one. */
    public Optional<SignedHead> covering(long tx) {
        return signed(rows -> rows.headCovering(tx));
    }

    private interface FindingHead {
        Optional<Head> in(SealRows rows) throws SQLException;
    }

    private Optional<SignedHead> signed(FindingHead finding) {
        try (var connection = dataSource.getConnection()) {
            var head = finding.in(new SealRows(connection));
            return head.isEmpty() ? Optional.empty()
                    : Optional.of(new SignedHead(PublishedHead.of(head.get()), publicKey(new KeyRows(connection), head.get())));
        } catch (SQLException failure) {
            throw new IllegalStateException("The head could not be read.", failure);
        }
    }

    private static OpenedBook opened(SealedForm form, Book book) {
        return new OpenedBook(book.toString(), HEX.formatHex(form.bookSalt(book)), form.legsOf(book).stream()
                .map(leg -> new ProvenLeg(leg.commodity().text(), leg.account().text(), leg.amount())).toList());
    }

    /** @throws Refusal NOT_FOUND if one of the sizes has no head */
    public ConsistencyProof consistency(long firstSize, long secondSize) {
        try (var connection = dataSource.getConnection()) {
            var rows = new SealRows(connection);
            var first = rows.head(firstSize).orElseThrow(() -> Refusal.missing("head of size", firstSize));
            var second = rows.head(secondSize).orElseThrow(() -> Refusal.missing("head of size", secondSize));
            if (firstSize > secondSize) {
                throw Refusal.invalid("from", "An earlier tree is not larger than a later one.", "Exchange from and to.");
            }
            var keys = new KeyRows(connection);
            return new ConsistencyProof("kreislauf-consistency-1", PublishedHead.of(first), PublishedHead.of(second), publicKey(keys, first),
                    publicKey(keys, second), new MerkleTree(rows.nodes()).consistency(firstSize, secondSize).stream().map(HEX::formatHex).toList());
        } catch (SQLException failure) {
            throw new IllegalStateException("The proof could not be made.", failure);
        }
    }

    /** Newest first, from below a size. */
    public List<PublishedHead> heads(long belowSize, int limit) {
        try (var connection = dataSource.getConnection()) {
            return new SealRows(connection).heads(belowSize, limit).stream().map(PublishedHead::of).toList();
        } catch (SQLException failure) {
            throw new IllegalStateException("The heads could not be read.", failure);
        }
    }

    public List<PublishedKey> keys() {
        try (var connection = dataSource.getConnection()) {
            var base64 = Base64.getEncoder();
            return new KeyRows(connection).all().stream().map(key -> new PublishedKey(key.keyId(), base64.encodeToString(key.publicKey()),
                    key.since().toString(), key.vouchedBy(), key.voucher() == null ? null : base64.encodeToString(key.voucher()))).toList();
        } catch (SQLException failure) {
            throw new IllegalStateException("The keys could not be read.", failure);
        }
    }

    private static String publicKey(KeyRows keys, Head head) throws SQLException {
        return keys.all().stream().filter(key -> key.keyId().equals(head.keyId())).findFirst()
                .map(key -> Base64.getEncoder().encodeToString(key.publicKey())).orElseThrow();
    }
}
