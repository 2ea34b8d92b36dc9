import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.agroal.narayana.NarayanaTransactionIntegration;
import jakarta.transaction.TransactionManager;
import java.sql.SQLException;
import java.util.concurrent.Callable;

/** Connections and transactions as the product has them (Agroal and Narayana), or without a transaction manager for the bare run. */
final class BenchPool {

    private static final TransactionManager TRANSACTIONS = com.arjuna.ats.jta.TransactionManager.transactionManager();

    private BenchPool() {}

    static AgroalDataSource ofProduct(String url) throws SQLException {
        return pool(url, true);
    }

    static AgroalDataSource bare(String url) throws SQLException {
        return pool(url, false);
    }

    private static AgroalDataSource pool(String url, boolean transactions) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(pool -> {
            pool.maxSize(20).connectionFactoryConfiguration(factory -> factory.jdbcUrl(url)
                    .principal(new NamePrincipal("kreislauf_app")).credential(new SimplePassword("")));
            if (transactions) {
                pool.transactionIntegration(new NarayanaTransactionIntegration(TRANSACTIONS, new TransactionSynchronizationRegistryImple()));
            }
            return pool;
        }));
    }

    /** What {@code @Transactional} does. */
    static <T> T inTransaction(Callable<T> work) throws Exception {
        TRANSACTIONS.begin();
        try {
            var result = work.call();
            TRANSACTIONS.commit();
            return result;
        } catch (Exception failure) {
            if (TRANSACTIONS.getTransaction() != null) {
                TRANSACTIONS.rollback();
            }
            throw failure;
        }
    }
}
