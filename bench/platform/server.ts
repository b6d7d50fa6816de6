// The platform in a process of its own, with so many users: FOLDER USERS [SEED], the last one a JSON of seed apps.
import {startPlatform, type SeedApp} from "../../lib/platform/index.js";
import {tellParent} from "./parent.js";

export interface StartedPlatform {
  baseUrl: string;
  users: {userEmail: string; apiKey: string}[];
}

const [data, users, seed = "[]"] = process.argv.slice(2);
const platform = await startPlatform({data: data!, seed: JSON.parse(seed) as SeedApp[]});
const started: StartedPlatform = {baseUrl: platform.baseUrl, users: [platform]};
for (let n = 1; n < Number(users); n++) {
  started.users.push(await platform.addUser(`user-${n}@example.com`));
}
tellParent(
  {baseUrl: started.baseUrl, users: started.users.map(({userEmail, apiKey}) => ({userEmail, apiKey}))},
  platform.close
);
