// How a field of ours is spelt on the wire: in snake case, and with the platform's old words for an app and a flow.

const oldWords: Record<string, string> = {
  app: "project",
  apps: "projects",
  flow: "pipeline",
  flows: "pipelines"
};

/** The wire's spelling of one of our field names: `appId` is `project_id` there, `createdAt` is `created_at`. */
export function wireName(ours: string): string {
  return ours
    .split(/(?=[A-Z])/)
    .map((word) => word.toLowerCase())
    .map((word) => oldWords[word] ?? word)
    .join("_");
}
