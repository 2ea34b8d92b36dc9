/**
 * The algebra of time: spans, their union and cuts, and to which task each moment belongs. Pure: milliseconds in,
 * milliseconds out.
 */
package io.kreislauf.work.time;
