/**
 * The few words that every feature shares: how something is refused and how a list is paged. Imports {@code java.*}
 * only; the features are the packages below.
 */
package io.kreislauf;
