package io.kreislauf.project;

/**
 * What publishing or extending a project takes, and what there is.
 *
 * @param items        imported
 * @param labels       that may be asked for in all
 * @param rewardsMinor for the labels that are not funded yet
 * @param missingMinor how much more has to be deposited first; 0 if it can be published
 */
public record Cost(long items, long labels, long rewardsMinor, long reserveMinor, long totalMinor, long cashMinor, long missingMinor,
                   String currency, long advertisedMinorPerHour) {}
