-- The cancelled runs that no worker executes, of which there are hardly ever any: the sweep that ends them read all
-- active runs to find them. The version before does without this index.
create index cancelled_runs_that_nobody_holds on runs (id) where status = 'cancelling' and worker is null;
