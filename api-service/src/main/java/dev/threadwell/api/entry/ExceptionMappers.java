package dev.threadwell.api.entry;

import dev.threadwell.api.http.BodyQuirks;
import dev.threadwell.api.http.ResponseHeaders;
import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.ApiException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps the exceptions of resources and of the framework to the API's errors. */
public class ExceptionMappers {

    /** An error that a resource has thrown on purpose. */
    @ServerExceptionMapper
    public RestResponse<Object> meant(ApiException failure, RoutingContext http) {
        return answer(http, failure.error());
    }

    /** The framework found no resource method for the request: always 404, whatever its reason. */
    @ServerExceptionMapper
    public RestResponse<Object> unmatched(WebApplicationException failure, RoutingContext http) {
        return answer(
                http,
                failure.getResponse().getStatus() < 500
                        ? ResponseHeaders.noSuchUrl(http)
                        : ResponseHeaders.error(http, failure));
    }

    /** An unexpected failure. */
    @ServerExceptionMapper
    public RestResponse<Object> unforeseen(Throwable failure, RoutingContext http) {
        return answer(http, ResponseHeaders.error(http, failure));
    }

    private static RestResponse<Object> answer(RoutingContext http, ApiError error) {
        RestResponse.ResponseBuilder<Object> answer =
                RestResponse.ResponseBuilder.<Object>create(error.status())
                        .entity(BodyQuirks.error(http, error))
                        .type(MediaType.APPLICATION_JSON);
        if (error.status() == ResponseHeaders.OVERLOADED) {
            answer.header(HttpHeaders.RETRY_AFTER, ResponseHeaders.RETRY_AFTER_SECONDS);
        }
        return answer.build();
    }
}
