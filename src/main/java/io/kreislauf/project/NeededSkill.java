package io.kreislauf.project;

/**
 * What an annotator has to hold.
 *
 * @param skill its name, as the organisation defined it
 * @param level at least this one of its levels; null: the lowest
 */
public record NeededSkill(String skill, String level) {}
