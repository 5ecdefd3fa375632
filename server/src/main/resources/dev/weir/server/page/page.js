"use strict";
(() => {
  const POLL_MILLIS = 2000;
  const WINDOW_MILLIS = 12000;
  const POINTS = 90;
  const at = (id) => document.getElementById(id);
  const whole = (n) => Math.round(n).toLocaleString("en-US");
  const put = (id, text) => { if (at(id).textContent !== text) at(id).textContent = text; };
  const seen = [];
  const rates = [];

  const bytes = (n) => {
    const units = ["B", "KiB", "MiB", "GiB", "TiB"];
    let i = 0;
    while (n >= 1024 && i < units.length - 1) { n /= 1024; i++; }
    return (i === 0 || n >= 100 ? Math.round(n) : n.toFixed(1)) + " " + units[i];
  };
  const time = (millis) => {
    const s = Math.floor(millis / 1000);
    const d = Math.floor(s / 86400), h = Math.floor(s / 3600) % 24, m = Math.floor(s / 60) % 60;
    if (d > 0) return d + " d " + h + " h";
    if (h > 0) return h + " h " + m + " min";
    return m > 0 ? m + " min " + (s % 60) + " s" : s + " s";
  };

  // The server's own clock and counts: a restart begins a new row of them.
  const rate = (now) => {
    if (seen.length > 0 && seen[seen.length - 1].uptimeMillis > now.uptimeMillis) seen.length = 0;
    seen.push(now);
    while (seen.length > 2 && now.uptimeMillis - seen[0].uptimeMillis > WINDOW_MILLIS) seen.shift();
    const first = seen[0];
    const millis = now.uptimeMillis - first.uptimeMillis;
    return millis > 0 ? (now.samplesStored - first.samplesStored) * 1000 / millis : now.samplesPerSecond;
  };

  const draw = () => {
    const top = Math.max(1, ...rates) * 1.15;
    if (rates.length < 2) return;
    const points = rates.map((r, i) => [i * 600 / (rates.length - 1), 118 - r / top * 110]);
    const edge = "M" + points.map((p) => p[0].toFixed(1) + " " + p[1].toFixed(1)).join("L");
    at("edge").setAttribute("d", edge);
    at("area").setAttribute("d", edge + "L600 120L0 120Z");
  };

  const show = (now) => {
    const r = rate(now);
    rates.push(r);
    if (rates.length > POINTS) rates.shift();
    put("stored", whole(now.samplesStored));
    put("rate", whole(r));
    put("series", whole(now.series));
    at("seriesTile").hidden = now.series === 0;
    put("size", bytes(now.storeBytes));
    put("requests", whole(now.requests));
    put("refused", whole(now.samplesRejected));
    put("uptime", time(now.uptimeMillis));
    put("state", now.ready ? "Ready" : "Not ready: " + now.message);
    at("state").className = now.ready ? "state" : "state bad";
    draw();
  };

  const poll = async () => {
    try {
      if (!document.hidden) {
        const answer = await fetch("/api/v1/weir/overview", { cache: "no-store" });
        if (!answer.ok) throw new Error("status " + answer.status);
        show(await answer.json());
      }
    } catch {
      put("state", "No answer from Weir");
      at("state").className = "state bad";
    }
    setTimeout(poll, POLL_MILLIS);
  };
  poll();

  const copy = at("copy");
  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(at("yaml").textContent);
      copy.textContent = "Copied";
      setTimeout(() => { copy.textContent = "Copy"; }, 1500);
    });
  }
})();
