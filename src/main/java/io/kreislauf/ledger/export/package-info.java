/** Books leaving and coming in: hledger, Beancount, CSV, Parquet. */
package io.kreislauf.ledger.export;
