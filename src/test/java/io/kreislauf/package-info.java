/** Architecture tests and journeys that cross features; a feature's own tests live in its package. */
package io.kreislauf;
