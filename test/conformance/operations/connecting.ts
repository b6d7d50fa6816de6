// Making a client, with every way of saying where the platform is and who calls.
import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {containing} from "./matchers.js";
import type {Area} from "./operation.js";

const rejected = (status: number) => containing(`[${status}] Server rejected the request`);

export const connecting: Area = {
  title: "connecting",
  operations: [
    {
      does: "sees that the platform is there",
      python: "Ikigai(user_email=user_email, api_key=api_key, base_url=base_url).user_email == user_email",
      typescript: async ({connect}) => {
        await connect().check();
        return true;
      },
      gives: true,
      asks: ["GET /access/heartbeat", "GET /search/heartbeat"]
    },
    {
      does: "takes a base URL that ends in a slash",
      python: `
        client = Ikigai(user_email=user_email, api_key=api_key, base_url=f" {base_url}/ ")
        len(client.apps.search("no such app"))
      `,
      typescript: async ({connect, baseUrl}) => {
        const client = connect({baseUrl: ` ${baseUrl}/ `});
        return (await client.apps.search("no such app")).size;
      },
      gives: 0
    },
    {
      does: "takes each way of saying how to trust the platform",
      python: `
        def connects(ssl):
            client = Ikigai(user_email=user_email, api_key=api_key, base_url=base_url, ssl=ssl)
            return len(client.apps.search("no such app")) == 0

        for name in ("client.pem", "key.pem"):
            Path(folder, name).touch()
        [connects(ssl) for ssl in (True, False, f"{folder}/client.pem", (f"{folder}/client.pem", f"{folder}/key.pem"))]
      `,
      typescript: async ({connect, folder}) => {
        const [ca, cert, key] = ["ca.pem", "cert.pem", "private.pem"].map((name) => join(folder, name));
        for (const path of [ca, cert, key]) await writeFile(path!, "");
        const connected = [];
        for (const ssl of [undefined, false as const, {ca}, {cert, key}]) {
          connected.push((await connect({ssl}).apps.search("no such app")).size === 0);
        }
        return connected;
      },
      gives: [true, true, true, true]
    },
    {
      does: "says that a base URL leads nowhere",
      python: 'Ikigai(user_email=user_email, api_key=api_key, base_url="http://127.0.0.1:9")',
      typescript: ({connect}) => connect({baseUrl: "http://127.0.0.1:9", retry: 0}).check(),
      raises: {type: "ValidationError", message: containing("check the base_url")},
      throws: {name: "NetworkError", message: containing("Check the base URL")}
    },
    {
      does: "says that a base URL leads elsewhere",
      python: 'Ikigai(user_email=user_email, api_key=api_key, base_url=f"{base_url}/elsewhere")',
      typescript: ({connect, baseUrl}) => connect({baseUrl: `${baseUrl}/elsewhere`}).check(),
      raises: {type: "ValidationError", message: containing("Failed to connect to Ikigai AccessAPI")},
      throws: {name: "NotFoundError", message: containing("GET /access/heartbeat")}
    },
    {
      does: "is refused with a wrong key, at the first call that needs one",
      python: 'Ikigai(user_email=user_email, api_key="wrong", base_url=base_url).apps.search("app")',
      typescript: ({connect}) => connect({apiKey: "wrong"}).apps.search("app"),
      raises: {type: "RuntimeError", message: rejected(401)},
      throws: {name: "AuthenticationError", message: containing("[401]")}
    },
    {
      does: "is refused as somebody the platform doesn't know",
      python:
        'Ikigai(user_email="nobody@example.com", api_key=api_key, base_url=base_url).apps.search("app")',
      typescript: ({connect}) => connect({userEmail: "nobody@example.com"}).apps.search("app"),
      raises: {type: "RuntimeError", message: rejected(401)},
      throws: {name: "AuthenticationError", message: containing("[401]")}
    }
  ]
};
