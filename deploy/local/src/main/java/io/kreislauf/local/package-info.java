/**
 * PostgreSQL, Kafka and Keycloak on one machine, from Maven artifacts and without a container engine, for {@code deploy/run} and the tests.
 *
 * <p>Nothing of the application is here and the application knows nothing of this: it is given addresses and passwords.
 */
package io.kreislauf.local;
