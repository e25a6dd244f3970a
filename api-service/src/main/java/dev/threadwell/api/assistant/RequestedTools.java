package dev.threadwell.api.assistant;

import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ValidationErrors;
import dev.threadwell.assistant.Binding;
import dev.threadwell.assistant.Tool;
import dev.threadwell.persistence.tool.ToolSecret;
import dev.threadwell.run.Ids;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tools of a request, merged with the ones before. Clients of the original send back the tools
 * that they were shown, which must not delete what they were not shown: a function keeps its
 * binding unless the request mentions it.
 *
 * <p>A stored secret is kept only as long as the URL stays the same. This is for security:
 * otherwise a client could have a secret that it cannot read sent to a server of its own.
 */
public final class RequestedTools {

    private final List<Given> all = new ArrayList<>();
    private final Map<String, ToolSecret> secrets = new LinkedHashMap<>();

    /**
     * A tool of the request.
     *
     * @param silent whether the request has no binding and does not mean to remove one
     * @param keepsSecret whether the request does not mention the secret, so that the stored one is
     *     kept
     */
    private record Given(Tool tool, boolean silent, boolean keepsSecret) {}

    private RequestedTools() {}

    /**
     * The tools of a valid request.
     *
     * @param knowsBindings whether the client is shown bindings, so that leaving one out removes it
     */
    static RequestedTools of(Body body, boolean knowsBindings) {
        RequestedTools given = new RequestedTools();
        Set<String> labels = new HashSet<>();
        List<Body> tools = body.objects("tools");
        for (int i = 0; i < tools.size(); i++) {
            Tool tool = given.add("tools[%d]".formatted(i), tools.get(i), knowsBindings);
            if (tool instanceof Tool.Mcp mcp && !labels.add(mcp.serverLabel())) {
                throw ValidationErrors.taken(
                        "tools[%d].server_label".formatted(i), mcp.serverLabel());
            }
        }
        return given;
    }

    private Tool add(String path, Body given, boolean knowsBindings) {
        Tool plain = ToolRules.tool(given);
        switch (plain) {
            case Tool.CodeInterpreter _, Tool.FileSearch _, Tool.Generic _ ->
                    add(plain, true, true);
            case Tool.Mcp mcp -> {
                ToolSecret secret = ExtensionRules.secretOfMcp(given);
                add(mcp.withSecret(kept(secret)), true, secret == null);
            }
            case Tool.Function(var definition, var _) -> {
                Body bound = given.object(ExtensionRules.BINDING);
                boolean silent = !knowsBindings && !given.gives(ExtensionRules.BINDING);
                if (bound == null) {
                    add(plain, silent, true);
                } else {
                    Binding binding =
                            ExtensionRules.binding(path + "." + ExtensionRules.BINDING, bound);
                    ToolSecret secret = ExtensionRules.secret(bound);
                    add(
                            new Tool.Function(definition, binding.withSecret(kept(secret))),
                            false,
                            secret == null);
                }
            }
        }
        return plain;
    }

    private void add(Tool tool, boolean silent, boolean keepsSecret) {
        all.add(new Given(tool, silent, keepsSecret));
    }

    private @Nullable String kept(@Nullable ToolSecret secret) {
        if (secret == null || secret.nothing()) {
            return null;
        }
        String id = Ids.secret();
        secrets.put(id, secret);
        return id;
    }

    /** The new secrets of the request, by their new ids. */
    Map<String, ToolSecret> secrets() {
        return secrets;
    }

    /** The topics of bound functions, by their paths in the request. */
    Map<String, String> topics() {
        Map<String, String> topics = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).tool() instanceof Tool.Function(var _, var binding)
                    && binding != null
                    && binding.topic() != null) {
                topics.put("tools[%d].threadwell.topic".formatted(i), binding.topic());
            }
        }
        return topics;
    }

    /** The requested tools, with bindings and secrets kept from the tools that they replace. */
    public List<Tool> over(List<Tool> before) {
        return all.stream().map(one -> over(one, before)).toList();
    }

    private static Tool over(Given one, List<Tool> before) {
        return switch (one.tool()) {
            case Tool.CodeInterpreter _, Tool.FileSearch _, Tool.Generic _ -> one.tool();
            case Tool.Mcp mcp -> one.keepsSecret() ? mcp.withSecret(secret(mcp, before)) : mcp;
            case Tool.Function(var definition, var binding) ->
                    new Tool.Function(
                            definition, over(one, binding, bindingOf(definition.name(), before)));
        };
    }

    private static @Nullable Binding over(
            Given one, @Nullable Binding now, @Nullable Binding before) {
        if (now == null) {
            return one.silent() ? before : null;
        }
        return one.keepsSecret()
                        && before != null
                        && now.url() != null
                        && now.url().equals(before.url())
                ? now.withSecret(before.secretId())
                : now;
    }

    private static @Nullable Binding bindingOf(String name, List<Tool> before) {
        for (Tool tool : before) {
            if (tool instanceof Tool.Function(var f, var binding) && f.name().equals(name)) {
                return binding;
            }
        }
        return null;
    }

    private static @Nullable String secret(Tool.Mcp now, List<Tool> before) {
        for (Tool tool : before) {
            if (tool instanceof Tool.Mcp mcp
                    && mcp.serverLabel().equals(now.serverLabel())
                    && mcp.serverUrl().equals(now.serverUrl())) {
                return mcp.secretId();
            }
        }
        return null;
    }
}
