/**
 * Executes one turn of a run. {@link dev.threadwell.runworker.execution.RunExecutions} admits the
 * run, whose model call a {@link dev.threadwell.runworker.execution.SpeculativeSampling} may have
 * started already, and starts a {@link dev.threadwell.runworker.execution.RunExecution} with a
 * {@link dev.threadwell.runworker.execution.StartReason}. After a failover, {@link
 * dev.threadwell.runworker.execution.LeftoverTurn} first ends what {@link
 * dev.threadwell.runworker.execution.StreamRecovery} finds open on the stream. {@link
 * dev.threadwell.runworker.execution.ExecutionLifecycle} is the state machine. The turn ends with a
 * {@link dev.threadwell.runworker.execution.TurnCommit}, and all rows are written through the
 * {@link dev.threadwell.runworker.execution.ExecutionStore}.
 */
@NullMarked
package dev.threadwell.runworker.execution;

import org.jspecify.annotations.NullMarked;
