package io.kreislauf.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kreislauf.ledger.Cost;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.Stock;
import java.util.ArrayList;
import java.util.List;

/** What a product carries as it is kept beside it: {@code {costs: [{currency, cMinor, vMinor, outsideMinor}], labour: {observedMillis, declaredMillis}}}. */
public final class StockText {

    private static final ObjectMapper JSON = new ObjectMapper();

    private StockText() {}

    public static String write(Stock stock) {
        ObjectNode text = JSON.createObjectNode();
        var costs = text.putArray("costs");
        stock.costs().forEach(cost -> costs.addObject().put("currency", cost.currency()).put("cMinor", cost.cMinor())
                .put("vMinor", cost.vMinor()).put("outsideMinor", cost.outsideMinor()));
        text.putObject("labour").put("observedMillis", stock.labour().observedMillis()).put("declaredMillis", stock.labour().declaredMillis());
        return text.toString();
    }

    public static Stock read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            List<Cost> costs = new ArrayList<>();
            json.required("costs").forEach(cost -> costs.add(new Cost(cost.required("currency").asText(), cost.required("cMinor").asLong(),
                    cost.required("vMinor").asLong(), cost.required("outsideMinor").asLong())));
            JsonNode labour = json.required("labour");
            return new Stock(costs, new LabourMillis(labour.required("observedMillis").asLong(), labour.required("declaredMillis").asLong()));
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException("A stock that cannot be read: " + text, malformed);
        }
    }
}
