// What the page of the matrix says of `npm run chaos`, which is run apart.
export const everythingAtOnce = `## Everything at once

\`npm run chaos\` serves the same project for ten minutes to fifty viewers. They hold the stream of events open, load the page with all its files, start a flow,
and save and delete flows. Meanwhile, at times drawn from a seed, the gateway, the platform and publications are killed, the disks of both are filled and
freed, their clock is set back, and the network between them is cut or slow, or its answers break off. The gateway's schedule publishes each minute. When
the faults have ended, it checks that

- every accepted run is in the history, the journal and the audit log, with its end; every saved flow is listed and on the platform, and no deleted flow is;
- no click was run twice, and no refused click was run;
- no run, flow or publication is stuck, and the next click and the next publication succeed;
- each file that a page named existed, with the content that the hash in its name says; and at the end the site is complete, with the newest data;
- the gateway's memory doesn't grow: in the last part of the time, when the gateway is no longer killed, its median may grow by 64 MB at most.

It prints its seed, and how often each fault happened. \`--minutes 3\` and \`--seed 7\` set both, and \`--short\` takes a minute or two. It fills disks only if this
user may mount them, and says so. Each check is itself tested with wrong records (\`test/faults\`).
`;
