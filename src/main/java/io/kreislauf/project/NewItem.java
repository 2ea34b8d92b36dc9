package io.kreislauf.project;

/**
 * An item as it was read from a file.
 *
 * @param line         where it begins in the file, from 1
 * @param content      JSON object
 * @param gold         JSON object: the known answer; or null
 * @param labelsWanted null: as the project says
 * @param priority     higher ones are claimed first where the project orders by it; 0 if nothing is said
 */
record NewItem(long line, String key, String content, Integer labelsWanted, String gold, String source, String licence,
               String lawfulBasis, String group, int priority) {}
