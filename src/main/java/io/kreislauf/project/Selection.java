package io.kreislauf.project;

/**
 * Which statement claims from a project need.
 *
 * @param selective they look at more than region and language, or have an order
 * @param urgent    they have an order: the most urgent slot first
 */
public record Selection(boolean selective, boolean urgent) {}
