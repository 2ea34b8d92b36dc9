/** Makes the OpenAPI document say what the annotations alone do not; runs only while the application is built. */
package io.kreislauf.web.openapi;
