package io.kreislauf.local;

/** A server the application needs, which is either started here or found elsewhere. */
enum Part {
    POSTGRES, KAFKA, KEYCLOAK
}
