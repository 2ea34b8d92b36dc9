/**
 * Licences change hands between organisations; models are trained under them and sold as a service. May depend on
 * dataset and everything below it.
 */
package io.kreislauf.market;
