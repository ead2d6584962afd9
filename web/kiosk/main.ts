// Joins the page with the program: one socket in, touches and keys out.
import { Page } from "./page";
import { readMessage, type Action } from "./protocol";

const page = new Page(document.body);
const key = new URLSearchParams(location.search).get("key") ?? "";
const socket = new WebSocket(`ws://${location.host}/screen?key=${encodeURIComponent(key)}`);

socket.addEventListener("message", ({ data }) => {
  const message = readMessage(data);
  if (message) page.show(message);
  else page.fail();
});
socket.addEventListener("close", () => page.close());

function send(action: Action): void {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(action));
}

document.addEventListener("click", ({ target }) => {
  const pressed = target instanceof Element ? target.closest<HTMLElement>("button") : null;
  if (!pressed || !page.settled) return;
  const { say, open, ask } = pressed.dataset;
  if (say !== undefined) send(JSON.parse(say) as Action);
  if (open !== undefined) {
    page.openCitiesOf(Number(open));
    send({ action: "stay" });
  }
  if (ask === "cancel") page.askCancel();
  if (ask === "go-on") page.goOn();
});

// A keyboard's or a tactile pad's digits. A digit goes out and is forgotten.
document.addEventListener("keydown", ({ key: pressed, target, repeat }) => {
  if (page.screen !== "pin" || !page.settled || repeat || document.querySelector("dialog[open]")) return;
  if (/^[0-9]$/.test(pressed)) send({ action: "digit", digit: pressed });
  else if (pressed === "Backspace") send({ action: "erase_digit" });
  else if (pressed === "Enter" && !(target instanceof HTMLButtonElement)) send({ action: "enter" });
});

// A touched digit takes no focus: the focus would show the last digit of a PIN.
document.addEventListener("mousedown", (event) => {
  if (event.target instanceof Element && event.target.closest(".pad")) event.preventDefault();
});
document.addEventListener("contextmenu", (event) => event.preventDefault());
document.addEventListener("dragstart", (event) => event.preventDefault());
