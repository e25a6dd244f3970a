package dev.threadwell.toolworker.websearch;

import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The JSON API of a SearXNG instance, whose settings must allow the format {@code json}. It takes
 * no number of results, so pages of results are asked for until there are enough.
 */
final class SearxngEngine implements SearchEngine {

    private static final int MOST_PAGES = 3;

    /** More of them make a query that the engines behind the instance do not take. */
    private static final int MOST_DOMAINS = 5;

    private final EngineClient client;
    private final String address;

    SearxngEngine(EngineClient client, URI baseUrl) {
        this.client = client;
        this.address = baseUrl.toString().replaceAll("/+$", "") + "/search";
    }

    @Override
    public Uni<List<Hit>> search(Query query) {
        return more(query, 1, List.of());
    }

    private Uni<List<Hit>> more(Query query, int page, List<Hit> before) {
        return client.json(HttpRequest.newBuilder(url(query, page)).GET())
                .chain(
                        answer -> {
                            List<Hit> found = Hit.ofResults(answer);
                            List<Hit> all = new ArrayList<>(before);
                            all.addAll(found);
                            boolean enough =
                                    found.isEmpty()
                                            || page == MOST_PAGES
                                            || permitted(all, query) >= query.results();
                            return enough
                                    ? Uni.createFrom().item(List.copyOf(all))
                                    : more(query, page + 1, all);
                        })
                .onFailure(_ -> !before.isEmpty())
                .recoverWithItem(before);
    }

    private static long permitted(List<Hit> hits, Query query) {
        return hits.stream().map(Hit::url).distinct().filter(query.domains()::permitsUrl).count();
    }

    private URI url(Query query, int page) {
        String text = URLEncoder.encode(text(query), StandardCharsets.UTF_8);
        return URI.create(
                address + "?q=" + text + "&format=json" + (page == 1 ? "" : "&pageno=" + page));
    }

    /** The query with the operators that most engines understand; results are checked anyway. */
    private static String text(Query query) {
        List<String> allowed = query.domains().allowed();
        List<String> blocked = query.domains().blocked();
        StringBuilder text = new StringBuilder(query.text());
        if (!allowed.isEmpty() && allowed.size() <= MOST_DOMAINS) {
            text.append(' ')
                    .append(
                            allowed.stream()
                                    .map(domain -> "site:" + domain)
                                    .collect(Collectors.joining(" OR ")));
        }
        if (blocked.size() <= MOST_DOMAINS) {
            blocked.forEach(domain -> text.append(" -site:").append(domain));
        }
        return text.toString();
    }
}
