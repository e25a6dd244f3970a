package dev.threadwell.opensearch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.index.mapper.MapperExtrasModulePlugin;
import org.opensearch.index.reindex.ReindexModulePlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.node.NodeValidationException;
import org.opensearch.painless.PainlessModulePlugin;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

/**
 * The node: {@code NodeMain <directory>}. It says where it listens, and ends when nobody writes to
 * it any more.
 */
public final class NodeMain {

    private NodeMain() {}

    public static void main(String[] arguments) throws IOException, NodeValidationException {
        Path home = Files.createDirectories(Path.of(arguments[0]));
        try (Node node = new OnClassPath(home)) {
            node.start();
            int port =
                    node.injector()
                            .getInstance(HttpServerTransport.class)
                            .boundAddress()
                            .publishAddress()
                            .getPort();
            System.out.println(OpenSearchProcess.LISTENS + port);
            while (System.in.read() >= 0) {
                // whoever started us lives
            }
        }
    }

    /** A node whose plugins are on the class path, and not in directories of their own. */
    private static final class OnClassPath extends Node {

        private OnClassPath(Path home) {
            super(
                    InternalSettingsPreparer.prepareEnvironment(
                            settings(home), Map.of(), null, () -> "threadwell"),
                    List.of(
                            plugin(Netty4ModulePlugin.class.getName()),
                            plugin(MapperExtrasModulePlugin.class.getName()),
                            plugin(ReindexModulePlugin.class.getName()),
                            plugin(PainlessModulePlugin.class.getName()),
                            plugin(
                                    "org.opensearch.knn.plugin.KNNPlugin",
                                    PainlessModulePlugin.class.getName())),
                    true);
        }

        private static Settings settings(Path home) {
            return Settings.builder()
                    .put("path.home", home.toString())
                    .put("cluster.name", "threadwell-test")
                    .put("discovery.type", "single-node")
                    .put("network.host", "127.0.0.1")
                    .put("http.port", 0)
                    .put("transport.port", 0)
                    .put("transport.type", "netty4")
                    .put("http.type", "netty4")
                    .put("cluster.routing.allocation.disk.threshold_enabled", false)
                    .build();
        }

        private static PluginInfo plugin(String name, String... extended) {
            return new PluginInfo(
                    name,
                    "",
                    Version.CURRENT.toString(),
                    Version.CURRENT,
                    System.getProperty("java.specification.version"),
                    name,
                    Arrays.asList(extended),
                    false);
        }
    }
}
