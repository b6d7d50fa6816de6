// A client for a command that somebody waits for: a wrong address is told in seconds. The usual one waits more than a minute for a
// platform that restarts.
import {Ikigai} from "./ikigai.js";
import type {IkigaiOptions} from "./options.js";

/** How often a call is sent again, which takes some three seconds. */
export const quickRetry = 3;

export const quickClient = ({
  userEmail,
  apiKey,
  baseUrl
}: Pick<IkigaiOptions, "userEmail" | "apiKey" | "baseUrl">): Ikigai =>
  new Ikigai({userEmail, apiKey, baseUrl, retry: quickRetry});
