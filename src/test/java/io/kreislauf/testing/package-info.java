/** What integration tests stand on: the running stack, a database and a realm of their own, people with tokens, a clock to move. */
package io.kreislauf.testing;
