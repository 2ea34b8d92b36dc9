package io.kreislauf.ledger.book;

import io.kreislauf.ledger.Book;
import java.sql.SQLException;
import java.time.LocalDate;
import javax.sql.DataSource;

/** Rows of books. */
final class BookRows {

    private final DataSource dataSource;

    BookRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void open(Book book, BookKind kind) {
        try (var connection = dataSource.getConnection();
             var insert = connection.prepareStatement("insert into ledger_book (book_id, kind) values (?, ?) on conflict (book_id) do nothing")) {
            insert.setObject(1, book.id());
            insert.setString(2, kind.stored());
            insert.executeUpdate();
        } catch (SQLException refused) {
            throw Refused.by(refused);
        }
    }

    void close(Book book, LocalDate through) {
        try (var connection = dataSource.getConnection();
             var close = connection.prepareStatement("select ledger_close_period(?, ?)")) {
            close.setObject(1, book.id());
            close.setObject(2, through);
            close.execute();
        } catch (SQLException refused) {
            throw Refused.by(refused);
        }
    }
}
