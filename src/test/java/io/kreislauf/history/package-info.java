/**
 * Claims under disturbance: what many clients saw while processes died and clocks moved is written down, and a checker that
 * knows nothing of the application but its promises goes through it event by event.
 */
package io.kreislauf.history;
