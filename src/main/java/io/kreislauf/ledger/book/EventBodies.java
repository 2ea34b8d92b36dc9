package io.kreislauf.ledger.book;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.EconomicEvent;
import io.kreislauf.ledger.Settlement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** An event as JSON, the same text for the same event, and the hash by which a retry is recognised. */
final class EventBodies {

    private static final ObjectWriter JSON = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .addModule(new SimpleModule()
                    .addSerializer(Book.class, ToStringSerializer.instance)
                    .addSerializer(Commodity.class, ToStringSerializer.instance)
                    .addSerializer(Account.class, ToStringSerializer.instance)
                    .addSerializer(Settlement.class, new AccountOfSettlement()))
            .build().writer();

    private EventBodies() {}

    static String json(EconomicEvent event) {
        try {
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("An event that cannot be written: " + event, impossible);
        }
    }

    /** SHA-256 over type and body. */
    static byte[] hash(String type, String json) {
        try {
            return MessageDigest.getInstance("SHA-256").digest((type + "\n" + json).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static final class AccountOfSettlement extends JsonSerializer<Settlement> {
        @Override
        public void serialize(Settlement settlement, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(settlement.account().text());
        }
    }
}
