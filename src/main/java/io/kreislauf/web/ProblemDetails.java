package io.kreislauf.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kreislauf.Refusal;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;

/**
 * An error as every endpoint tells it: RFC 9457, with the field at fault and the remedy.
 *
 * @param code   a stable name that a program can act on
 * @param errors the faulty rows of a file, at most the first hundred
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ProblemDetails(String type, String title, int status, String detail, String code, String field, String remedy,
                      List<Refusal.Fault> errors) {

    static final String MEDIA_TYPE = "application/problem+json";

    static ProblemDetails of(int status, String code, String detail, String field, String remedy, List<Refusal.Fault> errors) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return new ProblemDetails("urn:kreislauf:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-'),
                known == null ? "Error" : known.getReasonPhrase(), status, detail, code, field, remedy, errors);
    }

    static ProblemDetails of(int status, String code, String detail, String remedy) {
        return of(status, code, detail, null, remedy, List.of());
    }

    Response response() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }
}
