/* One stream for all tabs of this browser. Runs as a shared worker; where there is none, each tab loads it as a
   plain script and has a stream of its own.

   A tab joins with a space and the last position it has; it gets each later message of that space once, in order.
   The stream's event ids hold the position of every space in it, so a reconnect goes on without a gap. */
"use strict";

const tabs = new Map(); // port → {space, at}
let source = null;
let again = 0;

function open() {
  if (source) source.close();
  source = null;
  clearTimeout(again);
  const at = new Map();
  for (const tab of tabs.values()) at.set(tab.space, Math.min(tab.at, at.get(tab.space) ?? Infinity));
  if (at.size === 0) return;
  const wish = [...at].map(([space, position]) => space + "." + position).join(",");
  const mine = source = new EventSource("/live?at=" + wish);
  mine.onopen = () => tell({ live: "on" });
  mine.onerror = () => {
    tell({ live: "again" });
    if (mine === source && mine.readyState === EventSource.CLOSED) { // refused: the browser itself gives up
      again = setTimeout(open, 3000);
    }
  };
  mine.addEventListener("post", event => {
    const post = JSON.parse(event.data);
    for (const [port, tab] of tabs) {
      if (tab.space !== post.space || post.position <= tab.at) continue;
      tab.at = post.position;
      port.postMessage({ post });
    }
  });
  mine.addEventListener("change", event => {
    const change = JSON.parse(event.data);
    for (const [port, tab] of tabs) if (tab.space === change.space) port.postMessage({ change });
  });
  mine.addEventListener("rehearsal", event => {
    const told = JSON.parse(event.data);
    for (const [port, tab] of tabs) if (tab.space === told.space) port.postMessage({ rehearsal: told.html });
  });
  mine.addEventListener("lost", event => { // this space alone: the others go on
    const lost = JSON.parse(event.data);
    for (const [port, tab] of tabs) {
      if (tab.space !== lost.space) continue;
      tabs.delete(port);
      port.postMessage({ live: "gone" });
    }
  });
  mine.addEventListener("reload", () => tell({ reload: true }));
  mine.addEventListener("gone", () => { mine.close(); tell({ live: "gone" }); });
}

function tell(message) {
  for (const port of tabs.keys()) port.postMessage(message);
}

function hear(port, message) {
  if (message.join) tabs.set(port, { space: message.join, at: message.at });
  else tabs.delete(port);
  open();
}

if (typeof SharedWorkerGlobalScope !== "undefined") {
  self.onconnect = event => {
    const port = event.ports[0];
    port.onmessage = heard => hear(port, heard.data);
  };
} else {
  self.campanaLive = hear;
}
