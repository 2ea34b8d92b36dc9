package io.kreislauf.ledger.seal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Rows of the public keys that have signed heads. */
final class KeyRows {

    /** @param voucher the signature of the key before over this public key, or null */
    record PublicKeyRow(String keyId, byte[] publicKey, Instant since, String vouchedBy, byte[] voucher) {}

    private final Connection connection;

    KeyRows(Connection connection) {
        this.connection = connection;
    }

    /** Records a key when it is first used. */
    void know(SigningKey key, SigningKey before) throws SQLException {
        try (var insert = connection.prepareStatement("""
                insert into ledger_key (key_id, public_key, vouched_by, voucher) values (?, ?, ?, ?) on conflict (key_id) do nothing
                """)) {
            insert.setString(1, key.id());
            insert.setBytes(2, key.publicKey());
            insert.setString(3, before == null ? null : before.id());
            insert.setBytes(4, before == null ? null : before.sign(key.publicKey()));
            insert.executeUpdate();
        }
    }

    boolean knows(String keyId) throws SQLException {
        try (var select = connection.prepareStatement("select exists (select from ledger_key where key_id = ?)")) {
            select.setString(1, keyId);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    List<PublicKeyRow> all() throws SQLException {
        try (var statement = connection.createStatement();
             var row = statement.executeQuery("select key_id, public_key, since, vouched_by, voucher from ledger_key order by since, key_id")) {
            var keys = new ArrayList<PublicKeyRow>();
            while (row.next()) {
                keys.add(new PublicKeyRow(row.getString(1), row.getBytes(2), row.getObject(3, OffsetDateTime.class).toInstant(), row.getString(4),
                        row.getBytes(5)));
            }
            return keys;
        }
    }
}
