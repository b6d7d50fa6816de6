// Making a client, with every way of saying where the platform is and who calls.
import {containing} from "./matchers.js";
import type {Area} from "./operation.js";

const rejected = (status: number) => containing(`[${status}] Server rejected the request`);

export const connecting: Area = {
  title: "connecting",
  operations: [
    {
      does: "sees that the platform is there",
      python: "Ikigai(user_email=user_email, api_key=api_key, base_url=base_url).user_email == user_email",
      gives: true,
      asks: ["GET /access/heartbeat", "GET /search/heartbeat"]
    },
    {
      does: "takes a base URL that ends in a slash",
      python: `
        client = Ikigai(user_email=user_email, api_key=api_key, base_url=f" {base_url}/ ")
        len(client.apps.search("no such app"))
      `,
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
      gives: [true, true, true, true]
    },
    {
      does: "says that a base URL leads nowhere",
      python: 'Ikigai(user_email=user_email, api_key=api_key, base_url="http://127.0.0.1:9")',
      raises: {type: "ValidationError", message: containing("check the base_url")}
    },
    {
      does: "says that a base URL leads elsewhere",
      python: 'Ikigai(user_email=user_email, api_key=api_key, base_url=f"{base_url}/elsewhere")',
      raises: {type: "ValidationError", message: containing("Failed to connect to Ikigai AccessAPI")}
    },
    {
      does: "is refused with a wrong key, at the first call that needs one",
      python: 'Ikigai(user_email=user_email, api_key="wrong", base_url=base_url).apps.search("app")',
      raises: {type: "RuntimeError", message: rejected(401)}
    },
    {
      does: "is refused as somebody the platform doesn't know",
      python:
        'Ikigai(user_email="nobody@example.com", api_key=api_key, base_url=base_url).apps.search("app")',
      raises: {type: "RuntimeError", message: rejected(401)}
    }
  ]
};
