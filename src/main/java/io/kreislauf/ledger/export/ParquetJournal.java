package io.kreislauf.ledger.export;

import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.model.FieldTypes;
import io.kreislauf.ledger.Leg;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Parquet: a row for each leg, flat columns, for engines. */
final class ParquetJournal implements Journal {

    record LegRow(ExportedEntry entry, int legNo, Leg leg) {}

    private final CarpetWriter<LegRow> parquet;

    ParquetJournal(OutputStream out) throws IOException {
        // The columns are named one by one: carpet finds none by reflection in a class that another loader has.
        var model = FieldTypes.writeRecordModel(LegRow.class)
                .withField("entryId", FieldTypes.STRING, row -> row.entry().entryId().toString())
                .withField("tx", FieldTypes.LONG, row -> row.entry().tx())
                .withField("seq", FieldTypes.LONG, row -> row.entry().seq())
                .withField("legNo", FieldTypes.INTEGER, LegRow::legNo)
                .withField("event", FieldTypes.STRING, row -> row.entry().event())
                .withField("effectiveAt", FieldTypes.INSTANT, row -> row.entry().effectiveAt())
                .withField("occurredAt", FieldTypes.INSTANT, row -> row.entry().occurredAt())
                .withField("postedAt", FieldTypes.INSTANT, row -> row.entry().postedAt())
                .withField("sourceKind", FieldTypes.STRING, row -> row.entry().sourceKind())
                .withField("sourceId", FieldTypes.STRING, row -> row.entry().sourceId().toString())
                .withField("reverses", FieldTypes.STRING, row -> row.entry().reverses() == null ? null : row.entry().reverses().toString())
                .withField("book", FieldTypes.STRING, row -> row.leg().book().toString())
                .withField("commodity", FieldTypes.STRING, row -> row.leg().commodity().text())
                .withField("account", FieldTypes.STRING, row -> row.leg().account().text())
                .withField("amount", FieldTypes.LONG, row -> row.leg().amount());
        parquet = new CarpetWriter.Builder<>(out, LegRow.class).withWriteRecordModel(model).withCompressionCodec(CompressionCodecName.SNAPPY).build();
    }

    @Override
    public void entry(ExportedEntry entry) throws IOException {
        var legNo = 0;
        for (var leg : entry.legs()) {
            parquet.write(new LegRow(entry, ++legNo, leg));
        }
    }

    @Override
    public void close() throws IOException {
        parquet.close();
    }
}
