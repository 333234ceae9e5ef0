const labels: Record<string, string> = {
  ResolveCommit: "Resolve commit",
  FetchSource: "Fetch source",
  PlanBuild: "Plan build",
  PrefetchDependencies: "Fetch dependencies",
  EvaluateExpression: "Evaluate",
  RealiseDerivation: "Build",
  PushImage: "Push image",
  FinishBuild: "Record image",
  AbandonBuild: "Clean up build",
  DiscardWorkspace: "Remove workspace",
  BeginBuilding: "Start build",
  AdoptImage: "Take image",
  Admit: "Check admission",
  CreateRevision: "Create revision",
  ReviveRevision: "Wake revision",
  AwaitHealthy: "Wait for health",
  RouteTraffic: "Move traffic",
  WatchSoak: "Watch after release",
  Prove: "Mark as proven",
  RetirePredecessors: "Retire predecessors",
  RouteBack: "Move traffic back",
  Withdraw: "Withdraw revision",
  ReleaseRevision: "Put back to sleep",
};

/** What people read for a step's name in the journal: `awaitHealthy` → “Wait for health”; unknown names are spelled out. */
export function stepLabel(name: string): string {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const words = type
    .replace(/[_-]/g, " ")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return labels[type] ?? words.charAt(0).toUpperCase() + words.slice(1);
}
