/**
 * The demo: two organisations, their people, a project that is open and a circuit that is closed, made through the same
 * use cases that everybody calls, at true times in the past. Nobody observed its hours: they are declared, source demo.
 */
package io.kreislauf.demo;
