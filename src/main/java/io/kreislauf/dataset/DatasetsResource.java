package io.kreislauf.dataset;

import io.kreislauf.Page;
import io.kreislauf.people.Caller;
import io.kreislauf.people.CurrentCaller;
import io.kreislauf.people.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;

/** The market's shelf: released versions, what each publishes of its labour, and the files for those who may have them. */
@Path("/api/datasets")
@RunOnVirtualThread
class DatasetsResource {

    private final CurrentCaller caller;
    private final Datasets datasets;
    private final Licensees licensees;

    DatasetsResource(CurrentCaller caller, Datasets datasets, Licensees licensees) {
        this.caller = caller;
        this.datasets = datasets;
        this.licensees = licensees;
    }

    @GET
    @RolesAllowed({Roles.REQUESTER, Roles.RESEARCHER, Roles.OPERATOR})
    public Page<VersionView> page(@QueryParam("after") String after, @QueryParam("limit") Integer limit) {
        Caller who = caller.get();
        Page<DatasetVersion> page = datasets.page(who, after, Page.limit(limit));
        var sold = licensees.sold(page.items().stream().map(DatasetVersion::versionId).toList());
        return page.map(v -> VersionView.of(v, sold.get(v.versionId()), List.of(), datasets.mayDownload(who, v), reads(who, v)));
    }

    @GET
    @Path("/{versionId}")
    @RolesAllowed({Roles.REQUESTER, Roles.RESEARCHER, Roles.OPERATOR})
    public VersionView version(@PathParam("versionId") UUID versionId) {
        Caller who = caller.get();
        DatasetVersion version = datasets.version(who, versionId);
        return VersionView.of(version, licensees.sold(List.of(versionId)).get(versionId), datasets.files(versionId), datasets.mayDownload(who, version),
                reads(who, version));
    }

    /** A researcher reads figures in the circuit, where small cells are suppressed. */
    private static boolean reads(Caller who, DatasetVersion version) {
        return !who.is(Roles.RESEARCHER) || who.is(Roles.OPERATOR) || version.organisationId().equals(who.organisationId());
    }

    /** A file as released; a part of it for a {@code Range}, nothing for an {@code If-None-Match} that still holds. */
    @GET
    @Path("/{versionId}/files/{path: .+}")
    @RolesAllowed(Roles.REQUESTER)
    public Response file(@PathParam("versionId") UUID versionId, @PathParam("path") String path, @HeaderParam("Range") String range,
                         @HeaderParam("If-None-Match") String seen) {
        VersionRows.File file = datasets.file(caller.get(), versionId, path);
        String tag = '"' + file.sha256() + '"';
        if (seen != null && seen.contains(tag)) {
            return Response.notModified(file.sha256()).build();
        }
        ByteRange part = ByteRange.of(range, file.bytes());
        if (part == null) {
            return Response.status(416).header("Content-Range", "bytes */" + file.bytes()).build();
        }
        StreamingOutput body = out -> {
            try (InputStream in = datasets.open(versionId, file, part.first())) {
                copy(in, out, part.length());
            }
        };
        Response.ResponseBuilder answer = Response.status(part.whole() ? 200 : 206).entity(body).type(file.mediaType())
                .header("ETag", tag).header("Accept-Ranges", "bytes").header("Content-Length", part.length())
                .header("Content-Disposition", "attachment; filename=\"" + path.substring(path.lastIndexOf('/') + 1) + '"');
        return part.whole() ? answer.build()
                : answer.header("Content-Range", "bytes %d-%d/%d".formatted(part.first(), part.last(), file.bytes())).build();
    }

    private static void copy(InputStream in, java.io.OutputStream out, long bytes) throws java.io.IOException {
        byte[] buffer = new byte[1 << 16];
        for (long left = bytes; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new java.io.EOFException("The file is shorter than when it was released.");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }
}
