/** Sign-in, security headers, problem details, and the address of the UI. Sees use cases only; nobody depends on it. */
package io.kreislauf.web;
