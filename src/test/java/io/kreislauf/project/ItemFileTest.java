package io.kreislauf.project;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.Refusal.Fault;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemFileTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ItemFields FIELDS = new ItemFields(FormTest.sentiment(), JSON);

    private final List<NewItem> items = new ArrayList<>();
    private final Faults faults = new Faults();

    private void csv(String text) {
        csv(text.getBytes(StandardCharsets.UTF_8));
    }

    private void csv(byte[] bytes) {
        assertDoesNotThrow(() -> new CsvItemFile(FIELDS).read(new ByteArrayInputStream(bytes), items::add, faults));
    }

    private void jsonLines(String text) {
        InputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        assertDoesNotThrow(() -> new JsonLinesItemFile(FIELDS, JSON).read(bytes, items::add, faults));
    }

    private Fault onlyFault() {
        assertEquals(1, faults.all().size(), () -> faults.all().toString());
        return faults.all().getFirst();
    }

    @Test
    void readsColumnsWithAMeaningAndKeepsTheRestAsContent() {
        csv("""
                key,text,lang,labelsWanted,gold,source,licence,lawfulBasis,group
                a,"Good, really",en,3,"{""sentiment"": ""pos""}",own,CC0-1.0,authored,g1
                b,Bad,en,,,,,,
                """);
        assertTrue(faults.isEmpty(), () -> faults.all().toString());
        assertEquals(new NewItem(2, "a", "{\"text\":\"Good, really\",\"lang\":\"en\"}", 3, "{\"sentiment\":\"pos\"}", "own", "CC0-1.0", "authored", "g1", 0),
                items.get(0));
        assertEquals(new NewItem(3, "b", "{\"text\":\"Bad\",\"lang\":\"en\"}", null, null, null, null, null, null, 0), items.get(1));
    }

    @Test
    void makesAKeyOfTheContentWhereThereIsNone() {
        csv("text\nGood\nBad\n");
        assertEquals(64, items.get(0).key().length());
        assertNotEquals(items.get(0).key(), items.get(1).key());
    }

    @Test
    void takesAByteOrderMarkAndLinesThatEndInEitherWay() {
        csv("\uFEFFkey,text\r\n1,Grüße\r\n\r\n2,\"two\r\nlines\"\r\n3,last");
        assertTrue(faults.isEmpty(), () -> faults.all().toString());
        assertEquals(List.of("1", "2", "3"), items.stream().map(NewItem::key).toList());
        assertEquals(List.of(2L, 4L, 6L), items.stream().map(NewItem::line).toList());
        assertEquals("{\"text\":\"Grüße\"}", items.getFirst().content());
    }

    @Test
    void namesLineAndColumnOfEachFault() {
        csv("""
                key,text,labelsWanted
                a,fine,2
                b,"over
                two lines",none
                c,too few
                ,no key,1
                """);
        assertEquals(List.of(3L, 5L, 6L), faults.all().stream().map(Fault::line).toList());
        assertEquals(List.of("labelsWanted", "labelsWanted", "key"), faults.all().stream().map(Fault::column).toList());
    }

    @Test
    void refusesARowThatIsTooLong() {
        csv("key,text\na,b,c\n");
        assertEquals(new Fault(2, "column 3", "The row has 3 columns, the header has 2."), onlyFault());
    }

    @Test
    void refusesAnUnclosedQuotation() {
        csv("key,text\na,\"never closed\nb,c\n");
        assertEquals(2, onlyFault().line());
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        csv("key,text\na,Gr\u00fc\u00dfe\n".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(onlyFault().message().contains("UTF-8"));
    }

    @Test
    void refusesAHeaderWithoutContentOrWithTheSameNameTwice() {
        csv("key,gold\na,pos\n");
        assertEquals(1, onlyFault().line());
        faults.all();
        Faults second = new Faults();
        assertDoesNotThrow(() -> new CsvItemFile(FIELDS).read(new ByteArrayInputStream("text,text\na,b\n".getBytes(StandardCharsets.UTF_8)), items::add, second));
        assertEquals("text", second.all().getFirst().column());
    }

    @Test
    void refusesAnEmptyFileAndEmptyContent() {
        csv("");
        assertEquals(1, onlyFault().line());
        Faults second = new Faults();
        assertDoesNotThrow(() -> new CsvItemFile(FIELDS).read(new ByteArrayInputStream("key,text\na, \n".getBytes(StandardCharsets.UTF_8)), items::add, second));
        assertEquals(2, second.all().getFirst().line());
    }

    @Test
    void refusesGoldThatDoesNotFitTheForm() {
        csv("key,text,gold\na,x,\"{\"\"sentiment\"\": \"\"maybe\"\"}\"\n");
        assertEquals("gold", onlyFault().column());
    }

    @Test
    void takesGoldAsAPlainValueWhereTheFormHasOneQuestion() {
        Form one = new Form(List.of(FormTest.sentiment().questions().getFirst()));
        assertDoesNotThrow(() -> new CsvItemFile(new ItemFields(one, JSON))
                .read(new ByteArrayInputStream("key,text,gold\na,x,pos\n".getBytes(StandardCharsets.UTF_8)), items::add, faults));
        assertEquals("{\"sentiment\":\"pos\"}", items.getFirst().gold());
    }

    @Test
    void stopsAtAHundredFaults() {
        csv("key,text\n" + ",x\n".repeat(5000));
        assertEquals(100, faults.all().size());
        assertTrue(items.isEmpty());
    }

    @Test
    void readsJsonLinesFlatOrWithAContent() {
        jsonLines("""
                {"key": "a", "text": "Good", "gold": {"sentiment": "pos"}, "labelsWanted": 5}

                {"key": "b", "content": {"premise": "p", "n": 1}, "source": "own"}
                """);
        assertTrue(faults.isEmpty(), () -> faults.all().toString());
        assertEquals(new NewItem(1, "a", "{\"text\":\"Good\"}", 5, "{\"sentiment\":\"pos\"}", null, null, null, null, 0), items.get(0));
        assertEquals(3, items.get(1).line());
        assertEquals("{\"premise\":\"p\",\"n\":1}", items.get(1).content());
        assertEquals("own", items.get(1).source());
        assertNull(items.get(1).gold());
    }

    @Test
    void namesTheLineThatIsNotJson() {
        jsonLines("{\"text\": \"a\"}\n{\"text\": \n[1]\n");
        assertEquals(List.of(2L, 3L), faults.all().stream().map(Fault::line).toList());
        assertTrue(faults.all().getFirst().column().startsWith("column "));
    }
}
