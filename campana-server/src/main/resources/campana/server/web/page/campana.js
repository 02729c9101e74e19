"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* The server writes times; the browser only tells it where it is. */
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  if (!document.cookie.split("; ").includes("campana_zone=" + encodeURIComponent(zone))) {
    document.cookie = "campana_zone=" + encodeURIComponent(zone) + "; path=/; max-age=31536000; samesite=lax";
    if (one("time") && document.cookie.includes("campana_zone=")) location.reload();
  }

  /* Menus close by Esc and by a click elsewhere. */
  const shut = keep => all("details.menu[open]").forEach(menu => { if (!menu.contains(keep)) menu.open = false; });
  document.addEventListener("click", event => shut(event.target));
  document.addEventListener("error", event => {
    if (event.target.matches && event.target.matches(".face img")) event.target.classList.add("broken");
  }, true);

  /* Copy. Browsers have a clipboard only over https and on loopback; elsewhere the old command, and at last the
     selected field, so that Ctrl+C is all that is left to do. */
  async function copy(box) {
    const field = one("input", box), button = one("[data-copy]", box), said = one(".copy-said", box);
    field.focus();
    field.select();
    let done = false;
    try {
      if (navigator.clipboard) { await navigator.clipboard.writeText(field.value); done = true; }
    } catch { /* not allowed: the next way */ }
    if (!done) { try { done = document.execCommand("copy"); } catch { /* the field stays selected */ } }
    said.textContent = done ? button.dataset.done : button.dataset.fallback;
  }
  document.addEventListener("click", event => {
    const plain = event.target.closest("[data-copy]"), from = event.target.closest("[data-copy-from]");
    if (plain) copy(plain.closest(".copy"));
    if (from) {
      const box = document.getElementById(from.dataset.copyFrom);
      box.hidden = false;
      from.closest("details").open = false;
      copy(one(".copy", box));
    }
  });

  /* What goes on in a space comes by one stream for all tabs of this browser. */
  function listen(place, from, hear) {
    const join = port => {
      const here = () => port.postMessage({ join: place.dataset.space, at: from() });
      here();
      addEventListener("pagehide", () => port.postMessage({ leave: true }));
      addEventListener("pageshow", event => { if (event.persisted) here(); });
    };
    if (window.SharedWorker) {
      const worker = new SharedWorker(place.dataset.live);
      worker.port.onmessage = event => hear(event.data);
      join(worker.port);
      return;
    }
    const script = document.createElement("script");
    script.src = place.dataset.live;
    script.onload = () => {
      const self = { postMessage: hear };
      join({ postMessage: message => window.campanaLive(self, message) });
    };
    document.head.append(script);
  }
  function parse(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content.firstElementChild;
  }
  /* Where only the numbers change, the rest stays, and with it the focus and a screen reader's silence. */
  function rehearse(html) {
    const box = one("#rehearsal"), old = one(".what", box), fresh = html ? parse(html) : null;
    if (fresh && old && old.textContent === one(".what", fresh).textContent) {
      one(".bounds", box).textContent = one(".bounds", fresh).textContent;
      return;
    }
    box.replaceChildren(...(fresh ? [fresh] : []));
  }

  /* Apps & integrations: the form that begins a rehearsal makes way for the one that goes on. */
  const rehearsals = one("#rehearse");
  if (rehearsals) {
    listen(rehearsals, () => Number(rehearsals.dataset.position), message => {
      if (message.rehearsal === undefined) return;
      rehearse(message.rehearsal);
      one("form.begin", rehearsals).hidden = Boolean(message.rehearsal);
      const stop = one("#rehearsal button");
      if (stop) stop.value = "apps"; // where it leads back to
    });
  }

  const feed = one("#feed");
  if (!feed) return;
  const lines = one("#lines"), pill = one("#pill"), live = one("#live"), icon = one("link[rel=icon]");
  const space = feed.dataset.space, seenKey = "seen " + space, title = document.title;
  let unseen = 0, waiting = [], last = Number(feed.dataset.position);

  const atEnd = () => feed.scrollHeight - feed.scrollTop - feed.clientHeight < 60;
  const toEnd = () => { feed.scrollTop = feed.scrollHeight; };
  const seen = () => JSON.parse(localStorage.getItem(seenKey) || "null");
  function see() {
    if (document.hidden || !atEnd()) return;
    unseen = 0;
    pill.hidden = true;
    document.title = title;
    const time = all(".post .at", lines).at(-1);
    localStorage.setItem(seenKey, JSON.stringify({ at: last, time: time ? time.textContent.slice(0, 5) : "" }));
  }
  function alarm() {
    icon.href = one(".post.firing[data-open=yes]", lines) ? icon.dataset.alarm : icon.dataset.calm;
  }
  function sinceLine(before, time) {
    if (one(".since", lines) || !before || !time) return;
    const line = document.createElement("p");
    line.className = "since";
    line.textContent = feed.dataset.sinceWord.replace("{0}", time);
    before.before(line);
  }

  /* Posts of one webhook within five minutes share one header line. */
  function follow(post) {
    const before = post.previousElementSibling;
    const same = before && before.matches(".post:not(.over):not(.far)") && !before.querySelector(":scope > .updates")
      && post.dataset.webhook && before.dataset.webhook === post.dataset.webhook
      && post.dataset.epoch - before.dataset.epoch < 300000 && !one(".m-cards", post);
    const from = one(":scope > .from", post);
    post.classList.toggle("follows", Boolean(same && from));
    if (same && from) from.remove();
  }
  function put(into, post, html, fresh) {
    const element = parse(html), old = document.getElementById(element.id);
    if (fresh) element.classList.add("fresh");
    if (old && !element.matches(".far")) {
      if (old.matches(".follows")) { element.classList.add("follows"); one(":scope > .from", element)?.remove(); }
      const focused = old.contains(document.activeElement);
      old.replaceWith(element);
      if (focused) element.focus({ preventScroll: true });
      return;
    }
    old?.remove();
    const day = all(".day", into).at(-1);
    if (!day || day.dataset.day !== post.day) {
      const heading = document.createElement("h2"), text = document.createElement("span");
      heading.className = "day";
      heading.dataset.day = post.day;
      text.textContent = post.dayLabel;
      heading.append(text);
      into.append(heading);
    }
    into.append(element);
    follow(element);
  }

  /* A burst is put in at once per frame, so sixty alerts cost one layout. */
  function flush() {
    const posts = waiting, stay = atEnd(), away = document.hidden || !stay, mark = seen();
    waiting = [];
    one("#empty")?.remove();
    const end = lines.lastElementChild;
    for (const post of posts) {
      if (post.root && document.getElementById("t-" + post.thread)) put(lines, post, post.root, false);
      put(lines, post, post.html, true);
      last = post.position;
      const panel = one("#panel");
      if (panel && panel.dataset.thread === String(post.thread) && post.reply) {
        const list = one(".panel-feed", panel), low = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
        put(list, post, post.reply, true);
        if (low) list.scrollTop = list.scrollHeight;
      }
    }
    if (away) {
      unseen += posts.length;
      document.title = "(" + unseen + ") " + title;
      if (mark) sinceLine(end ? end.nextElementSibling : lines.firstElementChild, mark.time);
    }
    if (stay) toEnd();
    else {
      pill.hidden = false;
      one("span", pill).textContent = (unseen === 1 ? feed.dataset.newOne : feed.dataset.newOther).replace("{0}", unseen);
    }
    alarm();
    see();
  }
  function arrived(message) {
    if (message.post) {
      if (message.post.position <= last && waiting.length === 0) return;
      waiting.push(message.post);
      // A tab in the background draws no frames, but counts in its title all the same.
      if (waiting.length === 1) document.hidden ? setTimeout(flush) : requestAnimationFrame(flush);
    } else if (message.change) {
      const element = parse(message.change.html);
      if (document.getElementById(element.id)) put(lines, message.change, message.change.html, false);
      if (one("#" + parse(message.change.reply).id)) put(one(".panel-feed"), message.change, message.change.reply, false);
    } else if (message.rehearsal !== undefined) {
      const stay = atEnd();
      rehearse(message.rehearsal);
      if (stay) toEnd();
    } else if (message.reload) {
      location.reload();
    } else if (message.live) {
      const time = all(".post .at", lines).at(-1);
      live.className = message.live === "on" ? "live" : message.live === "gone" ? "live off" : "live again";
      one("span", live).textContent = message.live === "on" ? live.dataset.live
        : message.live === "gone" ? live.dataset.off : live.dataset.again.replace("{0}", time ? time.textContent : "–");
    }
  }
  listen(feed, () => last, arrived);

  /* Where the reader left off. */
  const mark = seen(), first = mark && all(".post", lines).find(post => Number(post.dataset.position) > mark.at);
  if (first) sinceLine(first, mark.time);
  if (location.hash && one(location.hash)) one(location.hash).scrollIntoView({ block: "center" });
  else if (first && first.offsetTop < feed.scrollHeight - feed.clientHeight) one(".since", lines).scrollIntoView({ block: "start" });
  else toEnd();
  alarm();
  see();
  feed.addEventListener("scroll", see, { passive: true });
  document.addEventListener("visibilitychange", see);
  pill.addEventListener("click", () => { toEnd(); feed.focus(); });
  setInterval(() => all("[data-since]").forEach(span => {
    const minutes = Math.floor((Date.now() - span.dataset.since) / 60000), hours = Math.floor(minutes / 60);
    if (minutes < 1) return;
    span.textContent = span.dataset.say.replace("{0}", minutes < 60 ? minutes + " min"
      : hours < 24 ? hours + " h" + (minutes % 60 ? " " + minutes % 60 + " min" : "")
        : Math.floor(hours / 24) + " d" + (hours % 24 ? " " + hours % 24 + " h" : ""));
  }), 20000);

  /* A thread opens beside the feed; its address is a page of its own, so it can be sent to others. */
  async function fetchPart(href) {
    const answer = await fetch(href, { headers: { "X-Campana-Part": "yes" } });
    if (!answer.ok || answer.redirected) { location.href = href; return ""; }
    return answer.text();
  }
  let opener = null;
  function close() {
    one("#panel")?.remove();
    document.body.classList.remove("with-panel");
    opener?.focus();
    opener = null;
  }
  async function openPanel(href) {
    const html = await fetchPart(href);
    if (!html) return;
    one("#panel")?.remove();
    one("#main").append(parse(html));
    document.body.classList.add("with-panel");
    const list = one(".panel-feed");
    list.scrollTop = list.scrollHeight;
    one("[data-close]").focus();
  }
  /* What stands before comes when the reader gets near it, and moves nothing that is read. */
  async function older(link) {
    if (link.dataset.asked) return;
    link.dataset.asked = "yes";
    const html = await fetchPart(link.href).catch(() => "");
    if (!html) { delete link.dataset.asked; return; }
    const template = document.createElement("template"), page = template.content, day = one(".day", lines);
    template.innerHTML = html;
    const focused = document.activeElement === link, height = feed.scrollHeight, top = feed.scrollTop;
    link.closest(".older").remove();
    all(".far", page).forEach(line => { if (document.getElementById(line.id)) line.remove(); }); // its newer line stands
    if (day && all(".day", page).at(-1)?.dataset.day === day.dataset.day) day.remove();
    const newest = all(".post", page).at(-1);
    lines.prepend(page);
    feed.scrollTop = top + feed.scrollHeight - height;
    if (focused) newest?.focus({ preventScroll: true });
    watchOlder();
  }
  const near = new IntersectionObserver(seen => seen.forEach(entry => { if (entry.isIntersecting) older(entry.target); }),
    { root: feed, rootMargin: "800px 0px 0px" });
  function watchOlder() {
    near.disconnect();
    const link = one("[data-older]", lines);
    if (link) near.observe(link);
  }
  watchOlder();
  document.addEventListener("click", event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const open = event.target.closest("[data-panel]"), shutPanel = event.target.closest("[data-close]");
    const more = event.target.closest("[data-older]");
    if (!open && !shutPanel && !more) return;
    event.preventDefault();
    if (more) older(more);
    else if (open) { opener = open; history.pushState({ panel: open.href }, "", open.href); openPanel(open.href); }
    else { history.pushState({}, "", shutPanel.href); close(); }
  });
  addEventListener("popstate", event => event.state && event.state.panel ? openPanel(event.state.panel) : close());

  /* j and k walk, o opens, Esc closes, ? tells. */
  const keys = one("#keys");
  document.addEventListener("click", event => { if (event.target.closest("[data-keys]")) { shut(); keys.showModal(); } });
  function walk(down) {
    const posts = all(".post", lines), here = posts.indexOf(document.activeElement.closest(".post"));
    const top = feed.getBoundingClientRect().top; // who has not begun begins at what is in sight
    const next = here >= 0 ? here + (down ? 1 : -1)
      : down ? posts.findIndex(post => post.getBoundingClientRect().top >= top) : posts.length - 1;
    posts[Math.max(0, Math.min(posts.length - 1, next))]?.focus();
  }
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open || event.target.matches("input, select, textarea")) return;
    if (event.key === "Escape") {
      const menu = one("details.menu[open]"), panel = one("#panel");
      if (menu) { menu.open = false; one("summary", menu).focus(); } else if (panel) one("[data-close]", panel).click();
    } else if (event.key === "j" || event.key === "k") walk(event.key === "j");
    else if (event.key === "o") one("[data-panel]", document.activeElement.closest(".post") || document.createElement("i"))?.click();
    else if (event.key === "?") keys.showModal();
  });
})();
