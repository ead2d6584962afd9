// A test fixture: serves the built page and speaks the program's side of its socket, one scripted message at a time.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { WebSocketServer } from "ws";

const dist = new URL("../kiosk/dist/", import.meta.url);
const served = {
  "/": ["index.html", "text/html; charset=utf-8"],
  "/kiosk.js": ["kiosk.js", "text/javascript; charset=utf-8"],
  "/kiosk.css": ["kiosk.css", "text/css; charset=utf-8"],
};
export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export class ScriptedProgram {
  static key = "0123456789abcdef0123456789abcdef";
  /** Every message that the page sent, in order, as text. */
  heard = [];
  /** The path and query of every HTTP request. */
  asked = [];
  #socket = null;
  #waiting = [];
  #server = createServer((request, response) => this.#serve(request, response));
  #sockets = new WebSocketServer({ server: this.#server, path: "/screen", maxPayload: 1024 });

  static async start() {
    const program = new ScriptedProgram();
    program.#sockets.on("connection", (socket, request) => program.#join(socket, request));
    program.#server.listen(0, "127.0.0.1");
    await once(program.#server, "listening");
    return program;
  }

  get address() {
    return `http://127.0.0.1:${this.#server.address().port}/?key=${ScriptedProgram.key}`;
  }

  /** Resolves when a page has joined. */
  async joined() {
    if (!this.#socket) await once(this.#sockets, "connection");
  }

  say(message) {
    this.#socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  /** The page's next message that was not taken yet. */
  async hear() {
    if (this.#waiting.length === 0) await once(this.#sockets, "heard");
    return this.#waiting.shift();
  }

  /** The messages that the page sent and nobody took. */
  takeUnheard() {
    return this.#waiting.splice(0);
  }

  hangUp() {
    this.#socket?.close();
    this.#socket = null;
  }

  async stop() {
    for (const client of this.#sockets.clients) client.terminate();
    this.#sockets.close();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  #join(socket, request) {
    const key = new URL(request.url, "http://page").searchParams.get("key");
    if (key !== ScriptedProgram.key) return socket.close();
    this.#socket = socket;
    socket.on("message", (data) => {
      const text = data.toString();
      this.heard.push(text);
      this.#waiting.push(JSON.parse(text));
      this.#sockets.emit("heard");
    });
  }

  async #serve(request, response) {
    this.asked.push(request.url);
    const file = served[new URL(request.url, "http://page").pathname];
    if (!file) return response.writeHead(404).end();
    const body = await readFile(new URL(file[0], dist));
    response
      .writeHead(200, { "content-type": file[1], "content-security-policy": policy, "cache-control": "no-store" })
      .end(body);
  }
}
