// Certificates that can't be checked, that can, and that the client shows; and the proxy that a network may require.
import {execFile} from "node:child_process";
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {createServer as createHttpServer} from "node:http";
import {createServer, type ServerOptions} from "node:https";
import {connect, type AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {promisify} from "node:util";
import {afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi} from "vitest";
import {Ikigai, NetworkError, type IkigaiOptions} from "../../lib/client/index.js";
import {json, scriptedServer} from "./scripted-server.js";

const apps = json({projects: [], limit_warning: ""});
const user = {userEmail: "bob@example.com", apiKey: "a-key"};

describe("a platform with a certificate of its own", () => {
  let folder: string;
  let cert: string;
  let key: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ikigai-kit-test-"));
    [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
    const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    const name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"];
    await promisify(execFile)("openssl", [...request, ...name, "-keyout", key, "-out", cert]);
  });
  afterAll(() => rm(folder, {recursive: true}));

  async function clientOf(ssl: IkigaiOptions["ssl"], options: ServerOptions = {}) {
    const server = createServer({cert: await readFile(cert), key: await readFile(key), ...options}, apps);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    const {port} = server.address() as AddressInfo;
    return new Ikigai({...user, baseUrl: `https://127.0.0.1:${port}`, ssl, retry: 1});
  }

  it("is refused, with what to check, and isn't asked again", async () => {
    const random = vi.spyOn(Math, "random");
    const error: unknown = await (await clientOf(undefined)).apps.list().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NetworkError);
    expect((error as Error).message).toMatch(/self-signed certificate.*SSL configuration/);
    expect(random).not.toHaveBeenCalled();
  });

  it("is taken when its certificate is given, or none is asked for", async () => {
    expect((await (await clientOf({ca: cert})).apps.list()).size).toBe(0);
    expect((await (await clientOf(false)).apps.list()).size).toBe(0);
  });

  it("can ask for the client's", async () => {
    const mutual = {requestCert: true, rejectUnauthorized: true, ca: await readFile(cert)};
    expect((await (await clientOf({ca: cert, cert, key}, mutual)).apps.list()).size).toBe(0);
    const without = (await clientOf({ca: cert}, mutual)).apps.list();
    await expect(without).rejects.toBeInstanceOf(NetworkError);
  });
});

describe("a proxy that the environment names", () => {
  afterEach(() => void vi.unstubAllEnvs());

  it("is gone through", async () => {
    const {baseUrl, asked} = await scriptedServer(apps);
    let tunnels = 0;
    const proxy = createHttpServer().on("connect", (request, socket) => {
      tunnels++;
      const [host, port] = request.url!.split(":");
      const upstream = connect(Number(port), host, () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        upstream.pipe(socket).pipe(upstream);
      });
      for (const end of [socket, upstream]) end.on("error", () => {});
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void proxy.close());
    vi.stubEnv("http_proxy", `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    vi.stubEnv("no_proxy", "");
    const client = new Ikigai({...user, baseUrl});
    await client.apps.list();
    await client.close();
    expect(tunnels).toBe(1);
    expect(asked).toHaveLength(1);
  });
});
