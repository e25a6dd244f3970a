/**
 * Executes one turn of a run. {@link dev.threadwell.runworker.execution.RunExecutions} admits the
 * run, whose {@link dev.threadwell.runworker.execution.SpeculativeSampling} has perhaps asked the
 * model already, and starts a {@link dev.threadwell.runworker.execution.RunExecution} for a {@link
 * dev.threadwell.runworker.execution.StartReason}. After a failover {@link
 * dev.threadwell.runworker.execution.LeftoverTurn} ends first what a {@link
 * dev.threadwell.runworker.execution.StreamRecovery} finds. {@link
 * dev.threadwell.runworker.execution.ExecutionLifecycle} decides what follows on each event, the
 * turn ends with a {@link dev.threadwell.runworker.execution.TurnCommit}, and everything is written
 * through the {@link dev.threadwell.runworker.execution.ExecutionStore}.
 */
@NullMarked
package dev.threadwell.runworker.execution;

import org.jspecify.annotations.NullMarked;
