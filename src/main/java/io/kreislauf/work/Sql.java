package io.kreislauf.work;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * One round trip to the database on the connection of the transaction at hand. Columns become the components of a record
 * in their order, those of a record within it at its place. A text may hold several statements, each but the last ended by a semicolon at the end of its line; the
 * last one's rows are the answer.
 */
final class Sql {

    private static final String SEPARATOR = ";\n";

    private Sql() {}

    static <T> List<T> list(DataSource dataSource, Class<T> row, String sql, Object... values) {
        try (var connection = dataSource.getConnection(); var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            statement.execute();
            for (int before = sql.split(SEPARATOR, -1).length - 1; before > 0; before--) {
                statement.getMoreResults();
            }
            List<T> read = new ArrayList<>();
            try (var result = statement.getResultSet()) {
                while (result.next()) {
                    read.add(read(result, row));
                }
            }
            return read;
        } catch (SQLException failure) {
            throw new IllegalStateException("The database did not answer: " + failure.getMessage(), failure);
        }
    }

    static <T> Optional<T> one(DataSource dataSource, Class<T> row, String sql, Object... values) {
        List<T> rows = list(dataSource, row, sql, values);
        if (rows.size() > 1) {
            throw new IllegalStateException("One row was expected, not " + rows.size());
        }
        return rows.stream().findFirst();
    }

    /** How many rows were changed. */
    static int run(DataSource dataSource, String sql, Object... values) {
        try (var connection = dataSource.getConnection(); var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("The database did not answer: " + failure.getMessage(), failure);
        }
    }

    private static void bind(PreparedStatement statement, Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case null -> statement.setNull(i + 1, Types.NULL);
                case Instant at -> statement.setObject(i + 1, at.atOffset(ZoneOffset.UTC));
                case UUID[] ids -> statement.setArray(i + 1, statement.getConnection().createArrayOf("uuid", ids));
                case String[] texts -> statement.setArray(i + 1, statement.getConnection().createArrayOf("text", texts));
                case Long[] numbers -> statement.setArray(i + 1, statement.getConnection().createArrayOf("bigint", numbers));
                case Boolean[] truths -> statement.setArray(i + 1, statement.getConnection().createArrayOf("boolean", truths));
                case Instant[] times -> statement.setArray(i + 1, statement.getConnection().createArrayOf("text", texts(times)));
                case Object value -> statement.setObject(i + 1, value);
            }
        }
    }

    private static String[] texts(Instant[] times) {
        String[] texts = new String[times.length];
        for (int i = 0; i < times.length; i++) {
            texts[i] = times[i] == null ? null : times[i].toString();
        }
        return texts;
    }

    private record Shape(Constructor<?> constructor, Class<?>[] types) {}

    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            for (int i = 0; i < types.length; i++) {
                types[i] = components[i].getType();
            }
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                return new Shape(constructor, types);
            } catch (NoSuchMethodException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    };

    private static <T> T read(ResultSet row, Class<T> type) throws SQLException {
        if (!type.isRecord()) {
            return type.cast(value(row, 1, type));
        }
        return type.cast(read(row, SHAPES.get(type), new int[1]));
    }

    /** @param columns how many were read already */
    private static Object read(ResultSet row, Shape shape, int[] columns) throws SQLException {
        Object[] values = new Object[shape.types.length];
        for (int i = 0; i < values.length; i++) {
            Class<?> type = shape.types[i];
            values[i] = type.isRecord() ? read(row, SHAPES.get(type), columns) : value(row, ++columns[0], type);
        }
        try {
            return shape.constructor.newInstance(values);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException("A row that is no " + shape.constructor.getDeclaringClass().getSimpleName(), failure);
        }
    }

    private static Object value(ResultSet row, int column, Class<?> type) throws SQLException {
        if (type == Instant.class) {
            OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
            return at == null ? null : at.toInstant();
        }
        if (type == long.class) {
            return row.getLong(column);
        }
        if (type == int.class) {
            return row.getInt(column);
        }
        if (type == boolean.class) {
            return row.getBoolean(column);
        }
        if (type == String.class) {
            return row.getString(column);
        }
        if (type == UUID[].class) {
            Array ids = row.getArray(column);
            return ids == null ? null : ids.getArray();
        }
        if (type == LocalDate.class || type == UUID.class || type == Long.class || type == Integer.class || type == Boolean.class
                || type == BigDecimal.class) {
            return row.getObject(column, type);
        }
        throw new IllegalArgumentException("No column becomes a " + type);
    }
}
