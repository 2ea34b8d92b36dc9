/**
 * What is asked for: the task's form, its items and their origin, pay and rules, funding, publishing. Depends on
 * {@code people}, {@code ledger} and {@code stream}.
 */
package io.kreislauf.project;
