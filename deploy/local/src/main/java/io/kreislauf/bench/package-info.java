/** Benchmarks that drive a running system from outside. No part of the application. */
package io.kreislauf.bench;
