package io.kreislauf.dataset;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.model.FieldType;
import com.jerolba.carpet.model.FieldTypes;
import com.jerolba.carpet.model.WriteRecordModelType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** One table as two files written side by side, row by row: JSON Lines for people and scripts, Parquet with flat columns for engines. */
final class TableFile<T extends Record> implements AutoCloseable {

    private static final int ROW_GROUP_BYTES = 32 << 20;

    /** A Parquet column. */
    record Column<T>(String name, FieldType type, Function<T, Object> value) {

        static <T> Column<T> text(String name, Function<T, Object> value) {
            return new Column<>(name, FieldTypes.STRING, value);
        }

        static <T> Column<T> number(String name, Function<T, Object> value) {
            return new Column<>(name, FieldTypes.DOUBLE, value);
        }

        static <T> Column<T> count(String name, Function<T, Object> value) {
            return new Column<>(name, FieldTypes.INTEGER, value);
        }
    }

    private final ObjectMapper json;
    private final Function<T, ?> line;
    private final Map<String, MeasuredOutput> outputs = new LinkedHashMap<>();
    private final MeasuredOutput lines;
    private final CarpetWriter<T> parquet;
    private long rows;

    /** @param line a row as it stands in the JSON Lines file */
    TableFile(ReleasedFiles.Draft draft, String linesPath, String parquetPath, Class<T> row, List<Column<T>> columns, ObjectMapper json,
              Function<T, ?> line) throws IOException {
        this.json = json;
        this.line = line;
        this.lines = new MeasuredOutput(draft.create(linesPath));
        MeasuredOutput engines = new MeasuredOutput(draft.create(parquetPath));
        outputs.put(linesPath, lines);
        outputs.put(parquetPath, engines);
        WriteRecordModelType<T> model = FieldTypes.writeRecordModel(row);
        for (Column<T> column : columns) {
            model = model.withField(column.name(), column.type(), column.value());
        }
        this.parquet = new CarpetWriter.Builder<>(engines, row)
                .withWriteRecordModel(model)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .withRowGroupSize(ROW_GROUP_BYTES)
                .build();
    }

    void write(T row) throws IOException {
        lines.write(json.writeValueAsString(line.apply(row)).getBytes(StandardCharsets.UTF_8));
        lines.write('\n');
        parquet.write(row);
        rows++;
    }

    @Override
    public void close() throws IOException {
        parquet.close();
        lines.close();
    }

    /** Both files, once closed. */
    List<VersionRows.File> files() {
        List<VersionRows.File> files = new ArrayList<>();
        outputs.forEach((path, output) -> files.add(new VersionRows.File(path,
                path.endsWith(".parquet") ? "application/vnd.apache.parquet" : "application/x-ndjson", output.bytes(), rows, output.sha256())));
        return files;
    }
}
