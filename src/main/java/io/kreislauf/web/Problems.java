package io.kreislauf.web;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.kreislauf.Refusal;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every failure into problem details; what we did not expect is logged under a number that the caller gets too. */
class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);

    @ServerExceptionMapper
    Response refused(Refusal refusal) {
        int status = switch (refusal.kind()) {
            case INVALID -> 422;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case MISSING -> 404;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case TOO_MANY -> 429;
            case UNAVAILABLE -> 503;
        };
        Response problem = ProblemDetails.of(status, refusal.code(), refusal.getMessage(), refusal.field(), refusal.remedy(), refusal.faults()).response();
        return refusal.retryAfterSeconds() == 0 ? problem : Response.fromResponse(problem).header(HttpHeaders.RETRY_AFTER, refusal.retryAfterSeconds()).build();
    }

    /** More specific than the framework's own mapper, which names no field. */
    @ServerExceptionMapper
    Response mismatched(MismatchedInputException failure) {
        return unreadable(failure);
    }

    @ServerExceptionMapper
    Response unreadable(JsonProcessingException failure) {
        JsonLocation at = failure.getLocation();
        String field = failure instanceof JsonMappingException mapping
                ? mapping.getPath().stream().map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName()).collect(Collectors.joining("."))
                : null;
        if (failure instanceof WithoutNul.Found) {
            return withoutNul(field);
        }
        String where = at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
        return ProblemDetails.of(400, "UNREADABLE", "The body cannot be read" + where + ": " + failure.getOriginalMessage(), field,
                "Send JSON as described at /q/openapi.", List.of()).response();
    }

    private static Response withoutNul(String field) {
        return ProblemDetails.of(422, "INVALID", "A text holds the NUL character (\\u0000), which cannot be kept.", field, "Leave it out.", List.of()).response();
    }

    /** Where no body was read as JSON (an address, a file), the database says it. */
    private static boolean isAboutNul(Throwable failure) {
        return failure instanceof SQLException refused && ("22021".equals(refused.getSQLState()) || "22P05".equals(refused.getSQLState()))
                || failure.getCause() != null && isAboutNul(failure.getCause());
    }

    @ServerExceptionMapper
    Response invalid(ConstraintViolationException failure) {
        ConstraintViolation<?> first = failure.getConstraintViolations().iterator().next();
        return ProblemDetails.of(422, "INVALID", first.getPropertyPath() + " " + first.getMessage(), String.valueOf(first.getPropertyPath()),
                "Correct the field; /q/openapi tells its form.", List.of()).response();
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthenticated() {
        return ProblemDetails.of(401, "UNAUTHENTICATED", "You are not signed in, or your session or token has expired.",
                "Sign in, or send a bearer token.").response();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException failure) {
        return ProblemDetails.of(403, "ROLE_MISSING", "Your roles do not allow this.", "Ask the operator for the role that the endpoint names.").response();
    }

    @ServerExceptionMapper
    Response other(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        if (status < 400) {
            return failure.getResponse();
        }
        if (failure.getCause() instanceof JsonProcessingException unreadable) {
            return unreadable(unreadable);
        }
        return switch (status) {
            case 404 -> ProblemDetails.of(404, "NOT_FOUND", "There is nothing at this address.", "Check the path and the ids in it.").response();
            case 405 -> ProblemDetails.of(405, "METHOD_NOT_ALLOWED", "This address does not take this method.", "See /q/openapi.").response();
            case 415 -> ProblemDetails.of(415, "MEDIA_TYPE", "This address does not take this content type.", "See /q/openapi.").response();
            default -> ProblemDetails.of(status, "REQUEST", String.valueOf(failure.getMessage()), "See /q/openapi.").response();
        };
    }

    @ServerExceptionMapper
    Response unexpected(Exception failure) {
        if (isAboutNul(failure)) {
            return withoutNul(null);
        }
        UUID incident = UUID.randomUUID();
        LOG.errorf(failure, "Incident %s", incident);
        return ProblemDetails.of(500, "INCIDENT", "Something went wrong here; nothing of this request was done. Incident " + incident + ".",
                "Try again; if it stays, tell the operator the incident's number.").response();
    }
}
