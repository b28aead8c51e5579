// Says beside each exact time how long ago that was; app.css shows it, and morphing leaves it alone.
"use strict";
(() => {
  const UNITS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60]];
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  const ago = (seconds) => {
    for (const [unit, length] of UNITS) {
      if (Math.abs(seconds) >= length) return words.format(-Math.round(seconds / length), unit);
    }
    return seconds < 0 ? "in a moment" : "just now";
  };
  const mark = () => {
    for (const time of document.querySelectorAll("time[datetime]")) {
      const text = ago((Date.now() - Date.parse(time.dateTime)) / 1000);
      if (time.dataset.ago !== text) time.dataset.ago = text;
    }
  };
  mark();
  setInterval(mark, 20000);
  document.addEventListener("htmx:after:swap", mark);
})();
