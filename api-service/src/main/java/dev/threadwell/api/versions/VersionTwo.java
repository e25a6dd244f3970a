package dev.threadwell.api.versions;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.http.WireVersion;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/** The current version of the API, which needs no translation. */
final class VersionTwo implements WireVersion {

    private static final Events AS_THEY_ARE = event -> event;

    @Override
    public String beta() {
        return "assistants=v2";
    }

    @Override
    public Uni<Buffer> upgrade(ApiRequest request) {
        return Uni.createFrom().item(request.body());
    }

    @Override
    public Uni<Object> downgrade(ApiRequest request, Object answer) {
        return Uni.createFrom().item(answer);
    }

    @Override
    public Uni<Events> events(ApiRequest request, String runId) {
        return Uni.createFrom().item(AS_THEY_ARE);
    }

    @Override
    public boolean runsOnEmptyThreads() {
        return false;
    }
}
