/**
 * {@code deploy/replay}: takes a log of real crowd work through a running Kreislauf over HTTP, from project to released data
 * set, and measures what came out where it lies. Knows the application by its API only.
 */
package io.kreislauf.replay;
