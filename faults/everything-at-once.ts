// What the page of the matrix says of `npm run chaos`, which is run apart.
export const everythingAtOnce = `## Everything at once

\`npm run chaos\` serves the same project for ten minutes to fifty viewers, who hold the stream of events open, look at the page with all its files,
start a flow, and save and delete flows. Meanwhile, at moments drawn from a seed, the gateway, the platform and publications are killed, the disks
of both are filled and freed, their clock is set back, and the network between them is cut, slow or torn. The gateway's schedule publishes each minute.
When all goes well again, it checks that

- every run that was accepted is in the history, the journal and the audit, with its end; every flow that was saved is listed and on the
  platform, and none that was deleted;
- no press was run twice, and none that was refused was run;
- no run, flow or publication is stuck, and the next press and the next publication go well;
- each file that a page named was there, with the content that its name has the hash of; and at the end the site is whole, with the newest data;
- the gateway's memory is flat: in the last part of the time it isn't killed any more, and may then grow by 64 MB at the median.

It prints its seed and what happened how often. \`--minutes 3\` and \`--seed 7\` set both, and \`--short\` takes a minute or two. Disks are filled only
where this user may mount some, which it says. Each check is itself tested with records that are wrong (\`test/faults\`).
`;
