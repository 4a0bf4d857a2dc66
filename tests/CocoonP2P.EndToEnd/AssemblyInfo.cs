// Each network is four processes: one at a time keeps a small machine honest.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
