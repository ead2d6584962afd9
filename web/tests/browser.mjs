// Debian's Chromium, without a window and without the network services that a browser starts by itself.
import { chromium } from "playwright-core";

export const executable = process.env.MADOGUCHI_CHROMIUM ?? "/usr/bin/chromium";

export function startBrowser() {
  return chromium.launch({
    executablePath: executable,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--autoplay-policy=no-user-gesture-required",
    ],
  });
}

export const touchScreens = {
  landscape: { width: 1280, height: 1024 },
  portrait: { width: 1080, height: 1920 },
  small: { width: 800, height: 600 },
};
