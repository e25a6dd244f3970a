/**
 * Assembles the request for a model. {@link dev.threadwell.runworker.prompt.PromptAssembly} waits
 * for {@link dev.threadwell.runworker.prompt.IndexedFiles}, lists {@link
 * dev.threadwell.runworker.prompt.McpFunctions}, reads the conversation from a {@link
 * dev.threadwell.runworker.prompt.ConversationSource}, and adds {@link
 * dev.threadwell.runworker.prompt.UploadedImages}, {@link
 * dev.threadwell.runworker.prompt.RemoteImages} and the names of {@link
 * dev.threadwell.runworker.prompt.CodeFiles}, within a {@link
 * dev.threadwell.runworker.prompt.MemoryBudget}. If a part cannot be obtained, the assembly fails
 * with {@link dev.threadwell.runworker.prompt.PromptUnavailable}.
 */
@NullMarked
package dev.threadwell.runworker.prompt;

import org.jspecify.annotations.NullMarked;
