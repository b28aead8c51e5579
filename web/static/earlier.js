// The address follows the slider, so that a copied link leads to what is seen.
"use strict";
(() => {
  const slider = () => document.getElementById("moment");
  document.addEventListener("htmx:after:swap", () => {
    const link = document.querySelector(".earlier-moment a[rel=bookmark]");
    if (link && slider()) history.replaceState(null, "", link.href);
  });
  const go = document.querySelector(".slider button");
  if (go && window.htmx) go.classList.add("visually-hidden");
})();
