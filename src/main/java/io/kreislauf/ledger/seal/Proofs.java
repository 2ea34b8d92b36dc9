package io.kreislauf.ledger.seal;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kreislauf.Refusal;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.seal.KeyRows.PublicKeyRow;
import io.kreislauf.ledger.seal.Sealing.PublishedHead;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Proofs that can be verified without this installation, by {@code deploy/verify}. Bytes are lower-case hex. */
@ApplicationScoped
public class Proofs {

    /** An id that an account names in its closed form, and the salt that opens it. */
    public record OpenedName(String id, String salt) {}

    /**
     * @param account as it is hashed
     * @param names   what is closed in the account and the asker may know
     * @param shownAs the account with the asker's own pseudonym of whom it names; no part of the proof
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record ProvenLeg(String commodity, String account, @JsonInclude(JsonInclude.Include.ALWAYS) long amount, List<OpenedName> names,
                            String shownAs) {}

    /** The legs of one book, with the salt that opens their hash and nobody else's. */
    public record OpenedBook(String book, String salt, List<ProvenLeg> legs) {}

    /** A key, and the signature of the key before over it; the first of a chain has none. Bytes of keys and vouchers are Base64. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record KeyLink(String keyId, String publicKey, String vouchedBy, String voucher) {
        static KeyLink of(PublicKeyRow key) {
            return new KeyLink(key.keyId(), BASE64.encodeToString(key.publicKey()), key.vouchedBy(),
                    key.voucher() == null ? null : BASE64.encodeToString(key.voucher()));
        }
    }

    /**
     * That an entry is in the tree of a head. {@code header} and the hashes make the leaf; the books that the asker may see
     * are opened.
     *
     * @param keys   from the first key of the installation to the one that signed, each vouched for by the one before
     * @param closed books that the asker may see whose legs stay closed, because an entry of this age would show people's ids with them
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record InclusionProof(String format, PublishedHead head, String publicKey, long leafNo, String header, String bodyPart,
                                 List<String> bookParts, List<String> path, List<OpenedBook> opened,
                                 @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> closed, List<KeyLink> keys) {}

    /** That an earlier tree is a prefix of a later one. */
    public record ConsistencyProof(String format, PublishedHead first, PublishedHead second, String firstPublicKey, String secondPublicKey,
                                   List<String> path, List<KeyLink> keys) {}

    /** A head with the key that its signature is checked with, and how the installation came to that key. */
    public record SignedHead(PublishedHead head, String publicKey, List<KeyLink> keys) {}

    public record PublishedKey(String keyId, String publicKey, String since, String vouchedBy, String voucher) {}

    private static final HexFormat HEX = HexFormat.of();
    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    private final DataSource dataSource;

    Proofs(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * @param opened  the books whose legs the proof shows
     * @param shownAs the ids under which the asker knows books, where they differ: those people's own ids stay closed
     * @return nothing while the entry is not sealed yet
     */
    public Optional<InclusionProof> inclusion(UUID entryId, Collection<Book> opened, Function<Collection<UUID>, Map<UUID, UUID>> shownAs) {
        try (var connection = dataSource.getConnection()) {
            var rows = new SealRows(connection);
            var leafNo = rows.leafNo(entryId);
            var head = new HeadRows(connection).latest();
            if (leafNo.isEmpty() || head.isEmpty()) {
                return Optional.empty();
            }
            var form = rows.form(entryId).orElseThrow(() -> Refusal.missing("ledger entry", entryId));
            var path = new MerkleTree(rows.nodes()).inclusion(leafNo.get(), head.get().treeSize());
            var keys = new KeyChain(new KeyRows(connection).all());
            var legs = new OpenedLegs(form, shownAs);
            var mine = form.books().stream().filter(opened::contains).toList();
            return Optional.of(new InclusionProof("kreislauf-inclusion-1", PublishedHead.of(head.get()), publicKey(keys, head.get()),
                    leafNo.get(), HEX.formatHex(form.header()), HEX.formatHex(form.bodyPart()), form.bookParts().stream().map(HEX::formatHex).toList(),
                    path.stream().map(HEX::formatHex).toList(), mine.stream().flatMap(book -> legs.of(book).stream()).toList(),
                    mine.stream().filter(book -> legs.of(book).isEmpty()).map(Book::toString).toList(), links(keys, head.get())));
        } catch (SQLException failure) {
            throw new IllegalStateException("The proof could not be made.", failure);
        }
    }

    /** The latest head; nothing while nothing is sealed. */
    public Optional<SignedHead> latest() {
        return signed(HeadRows::latest);
    }

    /** The first head that seals all entries of transactions before {@code tx}: always the same one, once there is one. */
    public Optional<SignedHead> covering(long tx) {
        return signed(heads -> heads.covering(tx));
    }

    private interface FindingHead {
        Optional<Head> in(HeadRows heads) throws SQLException;
    }

    private Optional<SignedHead> signed(FindingHead finding) {
        try (var connection = dataSource.getConnection()) {
            var head = finding.in(new HeadRows(connection));
            var keys = new KeyChain(new KeyRows(connection).all());
            return head.map(found -> new SignedHead(PublishedHead.of(found), publicKey(keys, found), links(keys, found)));
        } catch (SQLException failure) {
            throw new IllegalStateException("The head could not be read.", failure);
        }
    }

    /** @throws Refusal NOT_FOUND if one of the sizes has no head */
    public ConsistencyProof consistency(long firstSize, long secondSize) {
        try (var connection = dataSource.getConnection()) {
            var heads = new HeadRows(connection);
            var first = heads.of(firstSize).orElseThrow(() -> Refusal.missing("head of size", firstSize));
            var second = heads.of(secondSize).orElseThrow(() -> Refusal.missing("head of size", secondSize));
            if (firstSize > secondSize) {
                throw Refusal.invalid("from", "An earlier tree is not larger than a later one.", "Exchange from and to.");
            }
            var keys = new KeyChain(new KeyRows(connection).all());
            return new ConsistencyProof("kreislauf-consistency-1", PublishedHead.of(first), PublishedHead.of(second), publicKey(keys, first),
                    publicKey(keys, second), new MerkleTree(new SealRows(connection).nodes()).consistency(firstSize, secondSize).stream().map(HEX::formatHex).toList(),
                    Stream.concat(links(keys, first).stream(), links(keys, second).stream()).distinct().toList());
        } catch (SQLException failure) {
            throw new IllegalStateException("The proof could not be made.", failure);
        }
    }

    /** Newest first, from below a size. */
    public List<PublishedHead> heads(long belowSize, int limit) {
        try (var connection = dataSource.getConnection()) {
            return new HeadRows(connection).below(belowSize, limit).stream().map(PublishedHead::of).toList();
        } catch (SQLException failure) {
            throw new IllegalStateException("The heads could not be read.", failure);
        }
    }

    public List<PublishedKey> keys() {
        try (var connection = dataSource.getConnection()) {
            return new KeyRows(connection).all().stream().map(key -> new PublishedKey(key.keyId(), BASE64.encodeToString(key.publicKey()),
                    key.since().toString(), key.vouchedBy(), key.voucher() == null ? null : BASE64.encodeToString(key.voucher()))).toList();
        } catch (SQLException failure) {
            throw new IllegalStateException("The keys could not be read.", failure);
        }
    }

    private static String publicKey(KeyChain keys, Head head) {
        return BASE64.encodeToString(keys.key(head.keyId()).orElseThrow().publicKey());
    }

    private static List<KeyLink> links(KeyChain keys, Head head) {
        return keys.to(head.keyId()).stream().map(KeyLink::of).toList();
    }
}
