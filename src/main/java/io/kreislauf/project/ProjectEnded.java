package io.kreislauf.project;

import java.util.UUID;

/** Told within the transaction that closes or cancels a project, after its unclaimed slots were closed. */
public record ProjectEnded(UUID projectId) {}
