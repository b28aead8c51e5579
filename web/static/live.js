// Says when the page is not live for a moment; htmx connects again by itself.
"use strict";
(() => {
  const show = (lost) => {
    for (const one of document.querySelectorAll(".lost")) one.hidden = !lost;
  };
  document.addEventListener("htmx:sse:error", () => show(true));
  document.addEventListener("htmx:sse:after:connection", () => show(false));
})();
