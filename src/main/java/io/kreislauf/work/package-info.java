/**
 * What is done: claims and leases, observed time, submissions, review and appeals, wages and payslips. May depend on
 * project, people, ledger and stream.
 */
package io.kreislauf.work;
